namespace LstmDsl.Tests;

/// <summary>Tensors of one shape are of many models: a file of this library's says of which, and is refused by the others.</summary>
public sealed class OtherArchitectureTests
{
    private static readonly Action<string> PlainLoad = path => PlainLayers.Load(path);

    public static TheoryData<string, Action<string>, Action<string>, string> Pairs => new()
    {
        { "an activation", Save<PlainLayers>, path => ReluLayers.Load(path), "is 'LSTM units=5' there, 'LSTM units=5 activation=relu' here" },
        { "a direction", Save<BackwardLayers>, PlainLoad, "is 'LSTM units=5 go_backwards=true' there, 'LSTM units=5' here" },
        { "the head's activation", Save<SigmoidHead>, PlainLoad, "is 'Dense units=1 activation=sigmoid' there, 'Dense units=1' here" },
        { "timesteps", Save<LongerWindow>, PlainLoad, "is 'InputLayer 7 x 2' there, 'InputLayer 6 x 2' here" },
        { "a mask", Save<MaskedLayers>, PlainLoad, "is 'Masking' there, 'LSTM units=5' here" },
        { "the merge of two directions", Save<SummedDirections>, path => AveragedDirections.Load(path), "merge_mode=sum of LSTM units=5' there" },
        { "the order of two branches", Save<OneLessOther>, path => OtherLessOne.Load(path), "is 'LSTM units=5 of 1' there, 'GRU units=5 of 1' here" },
        { "the activation of a layer that Keras does not have", Save<MinimalGates>, path => MinimalTanh.Load(path), "'MinGRU of MinGRU 5 Linear Sigmoid True False False' there" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_file_of_another_architecture_with_the_same_tensors_is_refused(string what, Action<string> save, Action<string> load, string difference)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.safetensors");
        save(path);
        var refused = Assert.Throws<InvalidDataException>(() => load(path)).Message;
        Assert.StartsWith($"'{path}' holds another model than ", refused, StringComparison.Ordinal);
        Assert.True(refused.Contains(difference, StringComparison.Ordinal), $"{what}: {refused}");
        Assert.EndsWith("Declare what was saved, or save weights alone, .weights.h5.", refused, StringComparison.Ordinal);

        // Weights alone say nothing of what they are for.
        if (what == "the activation of a layer that Keras does not have")
            return;
        save(folder.File("model.weights.h5"));
        load(folder.File("model.weights.h5"));
    }

    [Fact]
    public void What_matters_to_training_alone_may_differ()
    {
        using var folder = new TemporaryFolder();
        Save<PlainLayers>(folder.File("model.safetensors"));
        var window = new float[12];
        Assert.Equal(PlainLayers.Load(folder.File("model.safetensors")).Predict(window), DroppingLayers.Load(folder.File("model.safetensors")).Predict(window));
    }

    [Fact]
    public void Equal_declarations_have_one_fingerprint_and_one_that_is_no_number_is_refused()
    {
        Assert.NotEqual(0UL, Fingerprint<PlainLayers>());
        Assert.NotEqual(Fingerprint<PlainLayers>(), Fingerprint<DroppingLayers>());
        Assert.Contains(
            "'fingerprint' in the metadata must be a text of hexadecimal digits",
            Assert.Throws<InvalidDataException>(() => CheckpointMetadata.FromJson(
                """{"format":1,"library_version":"x","model":"x","fingerprint":"12 34"}""", "f")).Message, StringComparison.Ordinal);
    }

    private static ulong Fingerprint<TModel>() where TModel : class, IRecurrentModel<TModel> => TModel.Create(1).State.Plan.Fingerprint;

    private static void Save<TModel>(string path) where TModel : class, IRecurrentModel<TModel> => TModel.Create(3).Save(path);
}

[Input(6, 2), Lstm(5), Dense(1)]
internal sealed partial class PlainLayers;

[Input(6, 2), Lstm(5, Activation = Activation.Relu), Dense(1)]
internal sealed partial class ReluLayers;

[Input(6, 2), Lstm(5, GoBackwards = true), Dense(1)]
internal sealed partial class BackwardLayers;

[Input(6, 2), Lstm(5, Dropout = 0.5), Dense(1)]
internal sealed partial class DroppingLayers;

[Input(6, 2), Lstm(5), Dense(1, Activation = Activation.Sigmoid)]
internal sealed partial class SigmoidHead;

[Input(7, 2), Lstm(5), Dense(1)]
internal sealed partial class LongerWindow;

[Input(6, 2), Masking, Lstm(5), Dense(1)]
internal sealed partial class MaskedLayers;

[Input(6, 2), Bidirectional(Merge.Sum), Lstm(5), Dense(1)]
internal sealed partial class SummedDirections;

[Input(6, 2), Bidirectional(Merge.Ave), Lstm(5), Dense(1)]
internal sealed partial class AveragedDirections;

[Input(6, 2, Name = "In"), Lstm(5, Name = "One"), From("In"), Gru(5, Name = "Other"), Subtract("One", "Other"), Dense(1)]
internal sealed partial class OneLessOther;

[Input(6, 2, Name = "In"), Lstm(5, Name = "One"), From("In"), Gru(5, Name = "Other"), Subtract("Other", "One"), Dense(1)]
internal sealed partial class OtherLessOne;

[Input(6, 2), MinGru(5), Dense(1)]
internal sealed partial class MinimalGates;

[Input(6, 2), MinGru(5, Activation = Activation.Tanh), Dense(1)]
internal sealed partial class MinimalTanh;
