using System.Text;
using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>
/// Models that Keras compiled and never trained: their optimizer has an iteration and a rate, and nothing for the weights. Who wants weights
/// alone has nothing to do with the optimizer's part.
/// </summary>
public sealed class KerasCompiledTests
{
    // Keras computed these predictions in float32 and records no error; as for the other files of Keras, sums run in another order.
    private const double Tolerance = 2e-6;

    private static readonly Dictionary<string, Action<string>> Models = new()
    {
        ["K01"] = Compare<CompiledK01>,
        ["K01.built"] = Compare<CompiledK01>,
        ["K02"] = Compare<CompiledK02>,
        ["K03"] = Compare<CompiledK03>,
        ["K04"] = Compare<CompiledK04>,
        ["K05"] = Compare<CompiledK05>,
        ["K06"] = Compare<CompiledK06>,
        ["K07"] = Compare<CompiledK07>,
        ["K07.built"] = Compare<CompiledK07>,
        ["K09"] = Compare<CompiledK09>,
        ["K10"] = Compare<CompiledK10>,
        ["K11"] = Compare<CompiledK11>,
        ["K12"] = Compare<CompiledK12>,
    };

    /// <summary>Names of the cases.</summary>
    public static TheoryData<string> Cases => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Weights_are_read_and_predictions_are_those_of_Keras(string name) => Models[name](name);

    [Fact]
    public void A_layer_that_is_not_here_is_refused_by_its_name()
    {
        Assert.Contains("> SpatialDropout1D", Refused<CompiledK13>("K13"), StringComparison.Ordinal);
        Assert.Contains("> Reshape", Refused<CompiledK17>("K17"), StringComparison.Ordinal);

        static string Refused<TModel>(string name) where TModel : class, IRecurrentModel<TModel> =>
            Assert.Throws<InvalidDataException>(() => TModel.Load(FullPath(name))).Message;
    }

    [Fact]
    public void A_trainer_reads_the_weights_and_starts_its_optimizer_afresh_with_a_warning()
    {
        var trainer = new Trainer<CompiledK01>(CompiledK01.Create(1)) { Optimizer = new Adam(0.002), Loss = Loss.MeanSquaredError };
        trainer.Load(FullPath("K01"));
        Assert.Equal(Predictions(CompiledK01.Load(FullPath("K01")), "K01"), Predictions(trainer.Model, "K01"));
        Assert.Equal((0, 0.002), (trainer.Iteration, trainer.ToCheckpoint().LearningRate));

        var history = Fit(trainer);
        Assert.Equal(
            $"'{FullPath("K01")}' holds no state of the optimizer Adam, as Keras leaves a model that was compiled and not trained: weights are "
            + "loaded, this trainer's own optimizer starts afresh, at its own learning rate (the file's is 0.01).",
            Assert.Single(history.Warnings));
        Assert.Empty(Fit(trainer).Warnings);
    }

    [Fact]
    public void It_is_the_state_of_a_trainer_that_never_read_a_file()
    {
        var loaded = new Trainer<CompiledK01>(CompiledK01.Create(1)) { Optimizer = new Adam(), Loss = Loss.MeanSquaredError };
        loaded.Load(FullPath("K01"));
        var made = new Trainer<CompiledK01>(CompiledK01.Load(FullPath("K01"))) { Optimizer = new Adam(), Loss = Loss.MeanSquaredError };
        Fit(loaded);
        Fit(made);
        Assert.Equal(made.State.Parameters.Span.ToArray(), loaded.State.Parameters.Span.ToArray());
    }

    /// <summary>Its optimizer is not that of the file, but has nothing to take from it either.</summary>
    [Fact]
    public void Another_optimizer_starts_afresh_too()
    {
        var trainer = new Trainer<CompiledK01>(CompiledK01.Create(1)) { Optimizer = new RmsProp(), Loss = Loss.MeanSquaredError };
        trainer.Load(FullPath("K01"));
        Assert.Contains("the optimizer Adam", Assert.Single(Fit(trainer).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_optimizer_that_is_built_is_read_without_a_warning()
    {
        var trainer = new Trainer<CompiledK01>(CompiledK01.Create(1)) { Optimizer = new Adam(), Loss = Loss.MeanSquaredError };
        trainer.Load(FullPath("K01.built"));
        Assert.Equal((double)0.01f, trainer.ToCheckpoint().LearningRate);
        Assert.DoesNotContain(Fit(trainer).Warnings, warning => warning.Contains("optimizer", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Prodigy", "the optimizer Prodigy, whose state is not read here")]
    [InlineData("Package>Mine", "the optimizer Package>Mine, whose state is not read here")]
    public void An_optimizer_that_is_not_known_starts_afresh_with_a_warning(string optimizer, string warning)
    {
        using var folder = new TemporaryFolder();
        var path = Compiled(folder, "3.15.1", optimizer, root => Scalars(root, 7, 0.01f, 1));
        HardLstm3.Load(path);
        var trainer = new Trainer<HardLstm3>(HardLstm3.Create(1)) { Loss = Loss.MeanSquaredError };
        trainer.Load(path);
        var history = trainer.Fit(new float[2, 1, 1], new float[2, 1], verbose: 0);
        Assert.Contains(warning, Assert.Single(history.Warnings), StringComparison.Ordinal);
    }

    /// <summary>The files of Keras 2 hold no rate; before 2.11 their variables stand in another order.</summary>
    [Theory]
    [InlineData("\"is_legacy_optimizer\":false,", "holds no state of the optimizer Adam")]
    [InlineData("", "the optimizer Adam, whose state is not read here")]
    public void So_it_is_in_Keras_2(string option, string warning)
    {
        using var folder = new TemporaryFolder();
        var path = Compiled(folder, "2.15.0", "Adam", root => Scalars(root, 0), option);
        var trainer = new Trainer<HardLstm2>(HardLstm2.Create(1)) { Optimizer = new Adam(), Loss = Loss.MeanSquaredError };
        trainer.Load(path);
        var history = trainer.Fit(new float[2, 1, 1], new float[2, 1], verbose: 0);
        Assert.Contains(warning, Assert.Single(history.Warnings), StringComparison.Ordinal);
    }

    /// <summary>An iteration, then momentum and velocity of each weight.</summary>
    [Fact]
    public void The_state_of_an_optimizer_of_Keras_2_is_read()
    {
        using var folder = new TemporaryFolder();
        var path = Compiled(folder, "2.15.0", "Adam", root => root.Add("optimizer", Slots()), "\"is_legacy_optimizer\":false,", iteration: 3);
        var trainer = new Trainer<HardLstm2>(HardLstm2.Create(1)) { Optimizer = new Adam(), Loss = Loss.MeanSquaredError };
        trainer.Load(path);
        Assert.Equal((3, 0.01), (trainer.Iteration, trainer.ToCheckpoint().LearningRate));
        var slots = trainer.ToCheckpoint().Slots;
        Assert.Equal([0.5f, 0.25f], slots.Names.Select((_, slot) => slots.Block(slot)[0]));

        static (float, int[])[] Slots() =>
            [(0, []), (0.5f, [1, 4]), (0.25f, [1, 4]), (0.5f, [1, 4]), (0.25f, [1, 4]), (0.5f, [4]), (0.25f, [4])];
    }

    /// <summary>What is wrong with the optimizer's part is the trainer's concern alone.</summary>
    [Theory]
    [InlineData(7, 1, "the optimizer 'adam' keeps 8 variables for HardLstm3, the file has 2.")]
    [InlineData(0, 2, "the optimizer 'adam' keeps 8 variables for HardLstm3, the file has 3.")]
    [InlineData(0, 7, "variable 2 of the optimizer 'adam' must be F32 (1, 4) for HardLstm3; it is F32 ().")]
    [InlineData(-1, 7, "the optimizer's variables do not begin with its iteration.")]
    public void A_model_is_read_whose_optimizer_s_part_is_refused(long iteration, int floats, string message)
    {
        using var folder = new TemporaryFolder();
        var path = Compiled(folder, "3.15.1", "Adam", root => Scalars(root, iteration, Enumerable.Repeat(0.01f, floats).ToArray()));
        Assert.Equal(0.3121161, RawKeras.Predict(HardLstm3.Load(path), [1], 1)[0], 1e-6);
        var trainer = new Trainer<HardLstm3>(HardLstm3.Create(1)) { Optimizer = new Adam(), Loss = Loss.MeanSquaredError };
        var before = trainer.State.Parameters.Span.ToArray();
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => trainer.Load(path)).Message, StringComparison.Ordinal);
        Assert.Equal(before, trainer.State.Parameters.Span.ToArray());
    }

    [Fact]
    public void A_whole_model_in_h5_is_read_whose_training_configuration_is_damaged()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("damaged.h5");
        var bytes = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(ParityIndex.Folder, "files/keras2_gru_adam.h5")));
        Assert.Contains("{\"loss\"", bytes, StringComparison.Ordinal);
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(bytes.Replace("{\"loss\"", "[\"loss\"", StringComparison.Ordinal)));
        Keras2GruFile.Load(path);
        var trainer = new Trainer<Keras2GruFile>(Keras2GruFile.Create(1)) { Optimizer = new Adam(), Loss = Loss.MeanSquaredError };
        Assert.Contains(
            "training_config is not valid JSON", Assert.Throws<InvalidDataException>(() => trainer.Load(path)).Message, StringComparison.Ordinal);
    }

    private static void Compare<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
    {
        var json = name.Split('.')[0];
        var predictions = Predictions(TModel.Load(FullPath(name)), json);
        Close.Relative(Numbers(json, "pred"), Array.ConvertAll(predictions, value => (double)value), Tolerance, name);
    }

    private static float[] Predictions<TModel>(TModel model, string json) where TModel : class, IRecurrentModel<TModel> =>
        RawKeras.Predict(model, [.. Numbers(json, "x").Select(value => (float)value)], Numbers(json, "pred").Length);

    private static double[] Numbers(string name, string member)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(ParityIndex.Folder, $"compiled/{name}.json")));
        return Flat(json.RootElement.GetProperty(member)).ToArray();
    }

    private static IEnumerable<double> Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flat) : [element.GetDouble()];

    private static History Fit(Trainer<CompiledK01> trainer)
    {
        var x = new float[6, 8, 2];
        Buffer.BlockCopy(Array.ConvertAll(Numbers("K01", "x"), value => (float)value), 0, x, 0, x.Length * sizeof(float));
        return trainer.Fit(x, new float[6, 3], batchSize: 3, seed: 1, verbose: 0);
    }

    private static string Compiled(
        TemporaryFolder folder, string version, string optimizer, Action<Hdf5NewGroup> fill, string option = "", long? iteration = null)
    {
        var path = folder.File("model.keras");
        var compiled = "{\"optimizer\":{\"class_name\":\"" + optimizer + "\",\"config\":{" + option + "\"learning_rate\":0.01}}}";
        const string Layers =
            """[{"class_name":"LSTM","config":{"name":"lstm","units":1,"recurrent_activation":"hard_sigmoid"}}]""";
        RawKeras.Write(
            path,
            version,
            Layers,
            root =>
            {
                root.Add("layers/lstm/cell", (1, [1, 4]), (0, [1, 4]), (0, [4]));
                fill(root);
                if (iteration is { } count)
                    root.At("optimizer/vars").Datasets["0"] = new([], new[] { count });
            },
            compiled);
        return path;
    }

    private static void Scalars(Hdf5NewGroup root, long iteration, params float[] others)
    {
        var group = root.At("optimizer/vars");
        group.Datasets["0"] = new([], new[] { iteration });
        for (var i = 0; i < others.Length; i++)
            group.Datasets[$"{i + 1}"] = new([], new[] { others[i] });
    }

    private static string FullPath(string name) => Path.Combine(ParityIndex.Folder, $"compiled/{name}.keras");
}
