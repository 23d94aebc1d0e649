using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>
/// Keras's own files are read into a model, or a trainer where the model was compiled, and written again: everything must be as Keras
/// wrote it, but for what is named here.
/// </summary>
public sealed class KerasEqualityTests
{
    /// <summary>Keys of config.json whose values may differ.</summary>
    private static readonly Dictionary<string, string> MayDiffer = new()
    {
        ["shared_object_id"] = "an address in the memory of the Python process that wrote the file; Keras reads files without it",
        ["loss"] = "what compile was told, 'mse'; this library gives the loss's full name, which Keras takes for the same",
    };

    [Fact]
    public void RMSprop() => Trained<JenaLstmFile>("jena_lstm", new RmsProp());

    [Fact]
    public void SGD() => Trained<DampedRnnFile>("damped_rnn", new Sgd());

    [Fact]
    public void Adam() => Trained<DampedLstmFile>("damped_lstm", new Adam());

    [Fact]
    public void Momentum_and_layers_of_one_kind() => Trained<NamedTwiceFile>("named_twice", new Sgd(momentum: 0.9));

    [Fact]
    public void Stack_that_was_not_compiled() => Loaded<GruStackFile>("gru_stack");

    [Fact]
    public void Both_directions() => Loaded<BidirectionalFile>("bidirectional");

    [Fact]
    public void Weights_alone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("own.weights.h5");
        BidirectionalFile.Load(FullPath("bidirectional.weights.h5")).Save(path);
        Assert.Equal(Members(File.ReadAllBytes(FullPath("bidirectional.weights.h5"))), Members(File.ReadAllBytes(path)));
    }

    [Fact]
    public void Weights_and_optimizer()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("own.weights.h5");
        Trainer<JenaLstmFile>("jena_lstm.keras", new RmsProp()).Save(path);
        Assert.Equal(Members(File.ReadAllBytes(FullPath("jena_lstm.weights.h5"))), Members(File.ReadAllBytes(path)));
    }

    private static void Trained<TModel>(string name, Optimizer optimizer) where TModel : class, IRecurrentModel<TModel>
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("own.keras");
        Trainer<TModel>($"{name}.keras", optimizer).Save(path);
        Compare(name, path);
    }

    private static void Loaded<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("own.keras");
        TModel.Load(FullPath($"{name}.keras")).Save(path);
        Compare(name, path);
    }

    private static Trainer<TModel> Trainer<TModel>(string file, Optimizer optimizer) where TModel : class, IRecurrentModel<TModel>
    {
        var trainer = new Trainer<TModel>(TModel.Create(1)) { Optimizer = optimizer, Loss = Loss.MeanSquaredError };
        trainer.Load(FullPath(file));
        return trainer;
    }

    private static void Compare(string name, string path)
    {
        var expected = Archive(FullPath($"{name}.keras"));
        var actual = Archive(path);
        Assert.Equal(["metadata.json", "config.json", "model.weights.h5", "lstmdsl.json"], actual.Keys);
        Assert.Equal(Members(expected["model.weights.h5"]), Members(actual["model.weights.h5"]));

        using var own = JsonDocument.Parse(actual["config.json"]);
        using var keras = JsonDocument.Parse(expected["config.json"]);
        Compare(keras.RootElement, own.RootElement, "config.json");

        // The date is when the file was written; ours is always the same, so that the same model is the same bytes.
        using var ownMetadata = JsonDocument.Parse(actual["metadata.json"]);
        using var metadata = JsonDocument.Parse(expected["metadata.json"]);
        Assert.Equal(
            metadata.RootElement.EnumerateObject().Select(member => member.Name),
            ownMetadata.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            metadata.RootElement.GetProperty("keras_version").GetString(), ownMetadata.RootElement.GetProperty("keras_version").GetString());
    }

    private static void Compare(JsonElement expected, JsonElement actual, string place)
    {
        if (!IsNumber(expected) || !IsNumber(actual))
            Assert.True(expected.ValueKind == actual.ValueKind, $"{place}: {expected} expected, {actual} found");
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(Keys(expected), Keys(actual));
                foreach (var key in Keys(expected))
                {
                    if (key != "loss" || place != "config.json/compile_config")
                        Compare(expected.GetProperty(key), actual.GetProperty(key), $"{place}/{key}");
                    else
                        Assert.Equal(("mse", "mean_squared_error"), (expected.GetProperty(key).GetString(), actual.GetProperty(key).GetString()));
                }

                break;
            case JsonValueKind.Array:
                Assert.True(expected.GetArrayLength() == actual.GetArrayLength(), place);
                for (var i = 0; i < expected.GetArrayLength(); i++)
                    Compare(expected[i], actual[i], $"{place}/{i}");
                break;
            default:
                // A number is a float or a whole one in Python, which its text tells.
                Assert.True(IsFloat(expected) == IsFloat(actual), $"{place}: {expected.GetRawText()} expected, {actual.GetRawText()} found");
                var isSame = IsNumber(expected) ? expected.GetDouble() == actual.GetDouble() : expected.ToString() == actual.ToString();
                Assert.True(isSame, $"{place}: {expected} expected, {actual} found");
                break;
        }
    }

    /// <summary>Keys in order of the alphabet: Keras looks them up.</summary>
    private static string[] Keys(JsonElement element) =>
    [
        .. element.EnumerateObject().Select(member => member.Name).Where(name => name == "loss" || !MayDiffer.ContainsKey(name))
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsNumber(JsonElement element) => element.ValueKind == JsonValueKind.Number;

    private static bool IsFloat(JsonElement element) => IsNumber(element) && element.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');

    private static Dictionary<string, byte[]> Archive(string path) =>
        KerasArchive.Read(File.ReadAllBytes(path), path, ["metadata.json", "config.json", "model.weights.h5", "lstmdsl.json", "lstmdsl.h5"]);

    /// <summary>Every group with its attributes, every data set with type, shape and values.</summary>
    private static string[] Members(byte[] weights) =>
        [.. Groups(Hdf5File.Read(weights, "file").Root).SelectMany(Described).Order(StringComparer.Ordinal)];

    private static IEnumerable<Hdf5Group> Groups(Hdf5Group group) => [group, .. group.Groups.Values.SelectMany(Groups)];

    private static IEnumerable<string> Described(Hdf5Group group)
    {
        yield return $"group {group.Path}{string.Concat(group.Attributes.Select(pair => Described(pair.Key, pair.Value.Read())))}";
        foreach (var (name, dataset) in group.Datasets)
            yield return $"data {group.Path}/{name}{Described("", dataset.Read())}, {dataset.Attributes.Count} attributes";
    }

    private static string Described(string name, Hdf5Value value)
    {
        object[] values = [.. value.Values.Cast<object>()];
        return FormattableString.Invariant(
            $" {name} {value.Values.GetType().Name} ({string.Join(", ", value.Shape)}) {string.Join(", ", values.Select(item => FormattableString.Invariant($"{item}")))}");
    }

    private static string FullPath(string file) => Path.Combine(ParityIndex.Folder, $"files/{file}");
}
