namespace LstmDsl.Tests;

[Input(3, 2), Lstm(2, ReturnSequences = true), Bidirectional, Lstm(2, ReturnSequences = true), Dropout(0.1), Lstm(2), Dense(3), Dense(1)]
internal sealed partial class StackOfOneKind;

/// <summary>Where Keras 2.13 wrote the weights of layers, on Unix and on Windows, counting a layer with weights once or twice.</summary>
public sealed class KerasLayerPathTests
{
    private const string Old = "_layer_checkpoint_dependencies/";

    [Theory]
    [InlineData(".keras", "layers/", 1, '/')]
    [InlineData(".keras", Old, 1, '/')]
    [InlineData(".keras", Old, 2, '/')]
    [InlineData(".keras", Old, 2, '\\')]
    [InlineData(".keras", "layers/", 1, '\\')]
    [InlineData(".weights.h5", "layers/", 1, '\\')]
    [InlineData(".weights.h5", Old, 1, '/')]
    [InlineData(".weights.h5", Old, 2, '/')]
    [InlineData(".weights.h5", Old, 2, '\\')]
    public void Weights_are_found(string extension, string root, int step, char separator)
    {
        using var folder = new TemporaryFolder();
        var model = StackOfOneKind.Create(3);
        var path = folder.File($"model{extension}");
        Write(path, model, name => Renamed(name, root, step, separator));
        float[] x = [0.5f, -1, 2, 0.25f, -0.75f, 1.5f];
        Assert.Equal(RawKeras.Predict(model, x, 1), RawKeras.Predict(StackOfOneKind.Load(path), x, 1));
    }

    [Fact]
    public void A_weight_that_is_no_layer_s_is_named_as_it_stands_in_the_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.weights.h5");
        var model = StackOfOneKind.Create(3);
        Write(path, model, name => Renamed(name, Old, 1, '/'), more: $"{Old}gru/cell");
        Assert.Contains(
            "'/_layer_checkpoint_dependencies/gru/cell/vars/0': only the file has it",
            Assert.Throws<InvalidDataException>(() => StackOfOneKind.Load(path)).Message,
            StringComparison.Ordinal);
    }

    private static void Write(string path, StackOfOneKind model, Func<string, string> renamed, string? more = null)
    {
        var plan = Plan<StackOfOneKind>();
        var weights = new Hdf5NewGroup();
        var values = new Trainer<StackOfOneKind>(model).State.Parameters;
        foreach (var (name, slot) in KerasVariables.Weights(plan, KerasGraph.Order(plan)))
        {
            var cut = name.LastIndexOf("/vars/", StringComparison.Ordinal);
            weights.At(renamed(name[..cut]) + "/vars").Datasets[name[(cut + 6)..]] =
                new(slot.Shape, values.Span.Slice(slot.Offset, slot.Length).ToArray());
        }

        // Layers without weights have groups too.
        weights.At(renamed("layers/dropout") + "/vars");
        if (more is not null)
            weights.Add(more, (1, [2]));
        if (path.EndsWith(".weights.h5", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, Hdf5Writer.Write(weights));
            return;
        }

        using var stream = File.Create(path);
        KerasArchive.Write(
            stream,
            [
                ("metadata.json", """{"keras_version":"2.13.1"}"""u8.ToArray()),
                ("config.json", KerasConfiguration.Write(new() { Tensors = [] }, plan)),
                ("model.weights.h5", Hdf5Writer.Write(weights)),
            ]);
    }

    /// <summary>The name that Keras 2.13 gave: the second LSTM is <c>lstm_2</c> where layers with weights count twice.</summary>
    private static string Renamed(string name, string root, int step, char separator)
    {
        var parts = name["layers/".Length..].Split('/');
        var cut = parts[0].LastIndexOf('_');
        if (cut > 0 && int.TryParse(parts[0][(cut + 1)..], out var number))
            parts[0] = $"{parts[0][..cut]}_{number * step}";
        return (root + string.Join('/', parts)).Replace('/', separator);
    }

    private static CompilerServices.ModelPlan Plan<TModel>() where TModel : class, IRecurrentModel<TModel> => TModel.Plan;
}
