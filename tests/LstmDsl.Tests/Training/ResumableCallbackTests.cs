using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>A user's callback that remembers something resumes as the library's own do, which keep their place in the files.</summary>
public sealed class ResumableCallbackTests : IDisposable
{
    private static readonly (Samples X, Samples Y) Data = RandomSamples.For(Wandering.Shape, samples: 44);

    private static readonly ModelPlan Plan = PlanOf<Wandering>();

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(".safetensors", 1)]
    [InlineData(".keras", 4)]
    public void Every_moment_of_a_run_with_a_users_callbacks_leads_to_the_same_end(string extension, int every)
    {
        var saver = new SaveAtEachMoment(folder, extension);
        var whole = Trainer(extension, saver);
        var end = End(whole, Fit(whole), extension);
        Assert.True(saver.Paths.Count > 40, "The run was to have more moments.");
        Assert.True(whole.LearningRate < 0.05 * 0.9 * 0.9 * 0.9, "The callbacks were to lower the rate more often.");
        foreach (var path in saver.Paths.Where((_, index) => index % every == 0))
        {
            var again = Trainer(extension, new SaveAtEachMoment(folder, extension, isSilent: true));
            again.Resume(path);
            Assert.Equal(end, End(again, Fit(again), extension));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(21)]
    public void A_run_that_is_cancelled_goes_on_by_its_backup(int batches)
    {
        var undisturbed = Trainer(".keras", new LambdaCallback());
        var end = End(undisturbed, Fit(undisturbed), ".keras");
        using var cancellation = new CancellationTokenSource();
        var cancelled = Trainer(".keras", new LambdaCallback(onBatchEnd: _ =>
        {
            if (--batches == 0)
                cancellation.Cancel();
        }));
        cancelled.Callbacks.Add(new BackupAndRestore(folder.File("backup.safetensors")));
        Assert.StartsWith("cancelled", Fit(cancelled, cancellation.Token).StoppedBy, StringComparison.Ordinal);

        var resumed = Trainer(".keras", new LambdaCallback());
        resumed.Callbacks.Add(new BackupAndRestore(folder.File("backup.safetensors")));
        var history = Fit(resumed);
        // Its last file knows of one callback more, so only the others are compared.
        Assert.Equal(end.Where(IsNotTheLastFile), End(resumed, history, ".keras").Where(IsNotTheLastFile));

        static bool IsNotTheLastFile(string line) => !line.StartsWith("last", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".keras")]
    public void A_state_reads_back_as_it_was_given(string extension)
    {
        var numbers = new Dictionary<string, double>
        {
            ["third"] = 1.0 / 3,
            ["least"] = double.Epsilon,
            ["most"] = double.MaxValue,
            ["minus nothing"] = -0.0,
            ["no number"] = double.NaN,
            ["∞"] = double.PositiveInfinity,
            ["-∞"] = double.NegativeInfinity,
            [""] = 1L << 53,
        };
        var texts = new Dictionary<string, string>
        {
            [""] = "",
            ["lines"] = "a\r\n\t\"b\" \\ \u0000 \u2028 <é>",
            ["beyond"] = "\U0001F600",
        };
        var path = folder.File("kept" + extension);
        float[] weights = [];
        var first = Plain(new Remembering(
            "all", run => new() { Numbers = numbers, Texts = texts, Weights = weights = Odd(run.CopyWeights()) }));
        first.Fit(Data.X, Data.Y, verbose: 0);
        first.Save(path);

        var kept = new Remembering("all");
        var second = Plain(kept);
        second.Resume(path);
        second.Fit(Data.X, Data.Y, epochs: 2, verbose: 0);
        Assert.Equal(numbers.Keys, kept.Restored!.Numbers.Keys);
        Assert.Equal(
            numbers.Values.Select(BitConverter.DoubleToInt64Bits), kept.Restored.Numbers.Values.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(texts, kept.Restored.Texts);
        Assert.Equal(weights.Select(BitConverter.SingleToInt32Bits), kept.Restored.Weights!.Select(BitConverter.SingleToInt32Bits));
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".keras")]
    public void Names_that_are_alike_and_names_that_begin_alike_are_kept_apart(string extension)
    {
        string[] names = ["average", "average.slow", "average", "average#2", "average.slow", "early_stopping"];
        string[] inTheFile =
            ["average", "average.slow", "average#2", "average#2#2", "average.slow#2", "early_stopping", "early_stopping.loss"];
        var path = folder.File("kept" + extension);
        var first = Plain([.. names.Select((name, index) => new Remembering(name, run => Filled(run, index))), Stopping()]);
        first.Fit(Data.X, Data.Y, verbose: 0);
        first.Save(path);
        Assert.Equal(inTheFile, Described(path).GetProperty("callbacks").EnumerateObject().Select(one => one.Name));

        Remembering[] kept = [.. names.Select(name => new Remembering(name))];
        var second = Plain([.. kept, Stopping()]);
        second.Resume(path);
        second.Fit(Data.X, Data.Y, epochs: 2, verbose: 0);
        for (var index = 0; index < kept.Length; index++)
        {
            Assert.Equal(index, kept[index].Restored!.Count("index"));
            Assert.All(Plan.Tensors, tensor => Assert.Equal(index, kept[index].Restored!.Weights![tensor.Offset]));
        }

        static EarlyStopping Stopping() => new(Monitored.Loss, restoreBestWeights: true);

        static CallbackState Filled(TrainingContext run, int index)
        {
            var weights = run.CopyWeights();
            Array.Fill(weights, index);
            return new() { Numbers = new Dictionary<string, double> { ["index"] = index }, Weights = weights };
        }
    }

    [Fact]
    public void A_callback_that_the_file_does_not_have_starts_afresh()
    {
        var path = folder.File("kept.safetensors");
        var first = Plain(new Remembering("one"), new LambdaCallback());
        first.Fit(Data.X, Data.Y, verbose: 0);
        first.Save(path);
        var (one, other) = (new Remembering("one"), new Remembering("other"));
        var second = Plain(other, one);
        second.Resume(path);
        second.Fit(Data.X, Data.Y, epochs: 2, verbose: 0);
        Assert.Null(other.Restored);
        Assert.Empty(one.Restored!.Numbers);
        Assert.Empty(one.Restored.Texts);
        Assert.Null(one.Restored.Weights);
    }

    [Fact]
    public void The_librarys_own_callbacks_keep_the_names_that_files_have_had()
    {
        var path = folder.File("own.safetensors");
        var trainer = Plain(
            new CsvLogger(folder.File("log.csv")),
            new BackupAndRestore(folder.File("backup.keras")),
            new ModelCheckpoint(folder.File("best.keras"), Monitored.Loss, saveBestOnly: true),
            new ModelCheckpoint(folder.File("last.keras")),
            new EarlyStopping(Monitored.Loss, restoreBestWeights: true),
            new EarlyStopping(Monitored.Loss),
            new ReduceLROnPlateau(Monitored.Loss),
            new TerminateOnNaN());
        trainer.Fit(Data.X, Data.Y, verbose: 0);
        trainer.Save(path);
        Assert.Equal(
            [
                "csv_logger: length",
                "backup_and_restore: batches",
                "model_checkpoint.loss: batches best",
                "model_checkpoint: batches",
                "early_stopping.loss: wait best_epoch best",
                "early_stopping.loss#2: wait best_epoch best",
                "reduce_lr_on_plateau.loss: wait cooldown best",
                "terminate_on_nan: rolled_back",
            ],
            Members(Described(path).GetProperty("callbacks")));
        Assert.Equal(["model_checkpoint.loss: path", "model_checkpoint: path"], Members(Described(path).GetProperty("callback_texts")));
        var tensors = CheckpointFormat.For(path).Read(path, Plan).Tensors.Select(tensor => tensor.Name);
        Assert.Equal(
            Plan.Tensors.Select(tensor => "callback.early_stopping.loss." + tensor.Name),
            tensors.Where(name => name.StartsWith("callback.", StringComparison.Ordinal)));

        static IEnumerable<string> Members(JsonElement callbacks) => callbacks.EnumerateObject()
            .Select(one => $"{one.Name}: {string.Join(' ', one.Value.EnumerateObject().Select(member => member.Name))}");
    }

    private static ModelPlan PlanOf<TModel>() where TModel : class, IRecurrentModel<TModel> => TModel.Plan;

    private static JsonElement Described(string path) =>
        JsonDocument.Parse(CheckpointFormat.For(path).Read(path, Plan).Metadata!).RootElement.GetProperty("training");

    // Bits that arithmetic would not keep.
    private static float[] Odd(float[] weights)
    {
        float[] odd = [-0f, float.Epsilon, float.NaN, float.NegativeInfinity, 1f / 3];
        foreach (var tensor in Plan.Tensors)
        {
            for (var index = 0; index < tensor.Length; index++)
                weights[tensor.Offset + index] = odd[index % odd.Length];
        }

        return weights;
    }

    private static Wandering.Trainer Plain(params IEnumerable<Callback> callbacks)
    {
        var trainer = new Wandering.Trainer(new Wandering(seed: 3)) { Optimizer = new Adam(0.01), Loss = Loss.MeanSquaredError };
        foreach (var callback in callbacks)
            trainer.Callbacks.Add(callback);
        return trainer;
    }

    /// <summary>Two of a user's callbacks, of one name, around one of the test and one of the library.</summary>
    private Wandering.Trainer Trainer(string extension, Callback between) => new(new Wandering(seed: 3))
    {
        Optimizer = new Adam(0.05) { GradientAccumulationSteps = 2 },
        Loss = Loss.MeanSquaredError,
        Callbacks =
        {
            new AveragedWeights(0.8, lowerAfter: 4, folder.File("fast.txt")),
            between,
            new ModelCheckpoint(folder.File("last" + extension), saveFrequency: 5),
            new AveragedWeights(0.95, lowerAfter: 7, folder.File("slow.txt")),
        },
    };

    // Batches of 8: five an epoch, of which three are a step's; the order of one pass goes on in the next epoch.
    private static History Fit(Wandering.Trainer trainer, CancellationToken cancellation = default) => trainer.Fit(
        Data.X, Data.Y, batchSize: 8, epochs: 9, validationSplit: 0.1, stepsPerEpoch: 3, verbose: 0, seed: 11, cancellation: cancellation);

    private string[] End(Wandering.Trainer trainer, History history, string extension) =>
    [
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(ModelWeights.Of(trainer.Model)))),
        .. history.Names.Select(name => $"{name}: {string.Join(' ', history[new(name)])} at {string.Join(' ', history.EpochsOf(new(name)))}"),
        $"{history.StoppedBy} {trainer.Iteration} {trainer.NextEpoch} {trainer.LearningRate:R}",
        .. File.ReadLines(folder.File("fast.txt")),
        .. File.ReadLines(folder.File("slow.txt")),
        "last " + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(folder.File("last" + extension)))),
    ];
}
