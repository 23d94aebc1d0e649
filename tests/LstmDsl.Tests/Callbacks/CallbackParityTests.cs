using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>EarlyStopping, ModelCheckpoint and ReduceLROnPlateau do after every epoch what Keras did with the same logs.</summary>
public class CallbackParityTests
{
    private static readonly JsonDocument Index =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "parity", "callbacks.json")));

    // All that the cases use; one that is not here would be passed over.
    private static readonly string[] Arguments =
    [
        "type", "monitor", "mode", "patience", "min_delta", "baseline", "restore_best_weights", "start_from_epoch",
        "filepath", "save_best_only", "save_freq", "initial_value_threshold", "factor", "cooldown", "min_lr",
    ];

    public static TheoryData<string> CaseNames =>
        [.. Cases.Select(one => one.GetProperty("name").GetString()!)];

    private static IEnumerable<JsonElement> Cases => Index.RootElement.GetProperty("cases").EnumerateArray();

    [Fact]
    public void All_cases_are_found() => Assert.Equal(13 + 8 + 6, CaseNames.Count);

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Acts_as_Keras_did(string name)
    {
        var one = Cases.Single(each => each.GetProperty("name").GetString() == name);
        using var folder = new TemporaryFolder();
        var callback = Create(one.GetProperty("callback"), folder);
        var logs = one.GetProperty("logs").EnumerateArray()
            .Select(epoch => epoch.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetDouble())).ToArray();
        var expected = one.GetProperty("after_epoch").EnumerateArray().ToArray();
        var training = new FakeTraining([.. logs[0].Keys]) { BatchesInEpoch = one.GetProperty("batches").GetInt32() };

        var parity = ParityCase.OnHost("callbacks", name);
        callback.OnTrainBegin(training);
        for (var epoch = 0; epoch < expected.Length; epoch++)
        {
            training.Saved.Clear();
            training.RunEpoch(callback, epoch, logs[epoch]);
            Assert.Equal(expected[epoch].GetProperty("stop").GetBoolean(), training.StopRequested);
            var written = expected[epoch].GetProperty("written").EnumerateArray().Select(file => file.GetString());
            Assert.Equal(written, training.Saved.Select(Path.GetFileName));
            // Keras keeps the rate in float32.
            parity.AssertClose([expected[epoch].GetProperty("learning_rate").GetDouble()], [training.LearningRate], "rate");
        }

        callback.OnTrainEnd(training);
        Assert.Equal(one.GetProperty("weights_of_epoch_at_end").GetDouble(), training.Weight);
        if (expected.Length < logs.Length) Assert.True(training.StopRequested);
    }

    private static Callback Create(JsonElement description, TemporaryFolder folder)
    {
        Assert.All(description.EnumerateObject(), argument => Assert.Contains(argument.Name, Arguments));
        Monitored monitor = description.GetProperty("monitor").GetString()!;
        var mode = Get("mode")?.GetString() == "max" ? Mode.Max : Mode.Auto;
        if (Type(description) == "EarlyStopping")
        {
            return new EarlyStopping(
                monitor,
                Get("min_delta")?.GetDouble() ?? 0,
                Get("patience")?.GetInt32() ?? 0,
                mode: mode,
                baseline: Get("baseline")?.GetDouble(),
                restoreBestWeights: Get("restore_best_weights")?.GetBoolean() ?? false,
                startFromEpoch: Get("start_from_epoch")?.GetInt32() ?? 0);
        }

        if (Type(description) == "ReduceLROnPlateau")
        {
            return new ReduceLROnPlateau(
                monitor,
                Get("factor")?.GetDouble() ?? 0.1,
                Get("patience")?.GetInt32() ?? 10,
                mode: mode,
                minDelta: Get("min_delta")?.GetDouble() ?? 1e-4,
                cooldown: Get("cooldown")?.GetInt32() ?? 0,
                minLearningRate: Get("min_lr")?.GetDouble() ?? 0);
        }

        return new ModelCheckpoint(
            folder.File(Get("filepath")!.Value.GetString()!),
            monitor,
            mode: mode,
            saveBestOnly: Get("save_best_only")?.GetBoolean() ?? false,
            saveFrequency: Get("save_freq") is { } batches ? batches.GetInt32() : SaveFrequency.Epoch,
            initialValueThreshold: Get("initial_value_threshold")?.GetDouble());

        JsonElement? Get(string argument) => description.TryGetProperty(argument, out var value) ? value : null;
    }

    private static string Type(JsonElement element) =>
        (element.TryGetProperty("callback", out var callback) ? callback : element).GetProperty("type").GetString()!;
}
