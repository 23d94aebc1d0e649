namespace LstmDsl.Tests;

[Input(4, 2), Lstm(3, Name = "Encoder", ReturnSequences = true), Kernel(L2 = 0.1), Dense(3, Activation = Activation.Tanh), LayerNormalization]
[Gru(3, Name = "LastState"), Dense(1)]
internal sealed partial class ThawedModel;

[Input(4, 2), Lstm(3, Name = "Encoder", ReturnSequences = true, Trainable = false), Kernel(L2 = 0.1), Dense(3, Activation = Activation.Tanh)]
[LayerNormalization, Gru(3, Name = "LastState"), Dense(1)]
internal sealed partial class FrozenModel;

#pragma warning disable LSTM032 // what it warns of is what is tested
[Input(4, 2), Dense(3, Trainable = false), Lstm(1, Trainable = false)]
internal sealed partial class FrozenWhole;
#pragma warning restore LSTM032

[Input(4, 2), Lstm(3), BatchNormalization(Name = "Batch"), Dropout(0.1), Dense(1)]
internal sealed partial class NormalizedModel;

/// <summary>Layers that are not trained: declared so, or taken from training for a while.</summary>
public sealed class FrozenLayersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Optimizers => ["adam", "clipped", "averaged", "accumulated"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void FreezingALayerChangesNoOthersFirstWeights()
    {
        var (thawed, frozen) = (new ThawedModel(seed: 3), new FrozenModel(seed: 3));
        foreach (var tensor in StateOf(frozen).Plan.Tensors)
            Assert.Equal(Values(StateOf(thawed), tensor.Name), Values(StateOf(frozen), tensor.Name));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void WhatIsFrozenForAWhileIsTrainedAsWhatIsDeclaredSo(string optimizer)
    {
        var (thawed, frozen) = (new ThawedModel(seed: 3), new FrozenModel(seed: 3));
        var (one, other) = (Trainer(thawed, optimizer), Trainer(frozen, optimizer));
        one.Freeze("Encoder");
        Assert.Equal(["encoder"], one.Frozen);
        var (expected, found) = (Fit(other), Fit(one));
        Assert.Equal(expected["loss"], found["loss"]);
        foreach (var tensor in StateOf(frozen).Plan.Tensors)
            Assert.Equal(Values(StateOf(frozen), tensor.Name), Values(StateOf(thawed), tensor.Name));
        Assert.Equal(Values(StateOf(new ThawedModel(seed: 3)), "encoder.kernel"), Values(StateOf(thawed), "encoder.kernel"));
        Assert.NotEqual(Values(StateOf(new ThawedModel(seed: 3)), "last_state.kernel"), Values(StateOf(thawed), "last_state.kernel"));
    }

    [Fact]
    public void WhatIsThawedIsTrainedAgain()
    {
        var model = new ThawedModel(seed: 3);
        var trainer = Trainer(model, "adam");
        trainer.Freeze("encoder");
        trainer.Freeze("LastState");
        Fit(trainer);
        trainer.Unfreeze("Encoder");
        Assert.Equal(["last_state"], trainer.Frozen);
        var (encoder, last) = (Values(StateOf(model), "encoder.kernel"), Values(StateOf(model), "last_state.kernel"));
        Fit(trainer);
        Assert.NotEqual(encoder, Values(StateOf(model), "encoder.kernel"));
        Assert.Equal(last, Values(StateOf(model), "last_state.kernel"));
    }

    [Fact]
    public void ACheckpointHoldsWhatIsFrozen()
    {
        var path = folder.File("run.safetensors");
        var (whole, first, second) = (new ThawedModel(seed: 3), new ThawedModel(seed: 3), new ThawedModel(seed: 9));
        var (straight, before, after) = (Trainer(whole, "adam"), Trainer(first, "adam"), Trainer(second, "adam"));
        straight.Freeze("Encoder");
        Fit(straight, epochs: 4);
        before.Freeze("Encoder");
        Fit(before, epochs: 2);
        before.Save(path);
        after.Resume(path);
        Assert.Equal(["encoder"], after.Frozen);
        Fit(after, epochs: 4);
        foreach (var tensor in StateOf(whole).Plan.Tensors)
            Assert.Equal(Values(StateOf(whole), tensor.Name), Values(StateOf(second), tensor.Name));
    }

    [Fact]
    public void AModelInWhichNothingIsTrainedStaysAsItIs()
    {
        var model = new FrozenWhole(seed: 3);
        var before = StateOf(model).CopyParameters();
        var trainer = new Trainer<FrozenWhole>(model) { Loss = Loss.MeanSquaredError, Optimizer = new Adam(0.01) };
        Assert.Equal(2, trainer.Fit(Inputs(), Targets(), epochs: 2, verbose: 0)["loss"].Count);
        Assert.Equal(before, StateOf(model).CopyParameters());
    }

    [Fact]
    public void WhatCannotBeFrozenIsRefusedWithTheReason()
    {
        var trainer = new Trainer<NormalizedModel>(new NormalizedModel()) { Loss = Loss.MeanSquaredError };
        Assert.StartsWith(
            "NormalizedModel has no layer 'Decoder'; it has lstm, batch, dropout, dense.",
            Assert.Throws<ArgumentException>(() => trainer.Freeze("Decoder")).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "'dropout' of NormalizedModel has no weights that are trained.",
            Assert.Throws<ArgumentException>(() => trainer.Freeze("Dropout")).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "'batch' of NormalizedModel normalises over a batch; whether it does is declared: [BatchNormalization(Trainable = false)].",
            Assert.Throws<ArgumentException>(() => trainer.Freeze("Batch")).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "'lstm' of NormalizedModel is not frozen.",
            Assert.Throws<ArgumentException>(() => trainer.Unfreeze("Lstm")).Message, StringComparison.Ordinal);
        Assert.Empty(trainer.Frozen);
    }

    [Fact]
    public void WhatIsDeclaredSoIsNeitherFrozenNorThawed()
    {
        const string Expected = "'encoder' of FrozenModel is declared with Trainable = false, so no fit trains it. "
            + "Where the trainer is to freeze and unfreeze it, leave that out of its declaration.";
        var trainer = Trainer(new FrozenModel(seed: 3), "adam");
        Assert.StartsWith(Expected, Assert.Throws<ArgumentException>(() => trainer.Unfreeze("Encoder")).Message, StringComparison.Ordinal);
        Assert.StartsWith(Expected, Assert.Throws<ArgumentException>(() => trainer.Freeze("Encoder")).Message, StringComparison.Ordinal);
    }

    // Encoder 72 weights, dense 12, normalisation 6, last_state 72, dense_1 4.
    [Fact]
    public void TheSummaryCountsWhatIsFrozenNow()
    {
        var trainer = Trainer(new ThawedModel(seed: 3), "adam");
        Assert.Equal(["Trainable params: 166", "Non-trainable params: 0", "Optimizer params: 334"], Totals(trainer.Summary));
        trainer.Freeze("Encoder");
        trainer.Freeze("LayerNormalization");
        Assert.Equal(["Trainable params: 88", "Non-trainable params: 78", "Optimizer params: 334"], Totals(trainer.Summary));
        trainer.Unfreeze("Encoder");
        Assert.Equal(["Trainable params: 160", "Non-trainable params: 6", "Optimizer params: 334"], Totals(trainer.Summary));
        Assert.Equal(["Trainable params: 166", "Non-trainable params: 0"], Totals(ThawedModel.Summary));
    }

    // As in Keras, whose optimizer makes variables for trainable weights alone: two for each of 94, the iteration and the learning rate.
    [Fact]
    public void TheSummarysOptimizerRemembersNothingOfWhatIsDeclaredSo() => Assert.Equal(
        ["Trainable params: 94", "Non-trainable params: 72", "Optimizer params: 190"],
        Totals(Trainer(new FrozenModel(seed: 3), "adam").Summary));

    [Fact]
    public void AFitThatTrainsNothingSaysSo()
    {
        var trainer = Trainer(new ThawedModel(seed: 3), "adam");
        foreach (var layer in new[] { "Encoder", "Dense", "LayerNormalization", "LastState" })
            trainer.Freeze(layer);
        Assert.Empty(Fit(trainer).Warnings);
        trainer.Freeze("Dense1");
        var before = ModelWeights.Of(trainer.Model);
        Assert.Equal(
            [
                "This fit trains no weight of ThawedModel: 'dense' is frozen, 'dense_1' is frozen, 'encoder' is frozen, 'last_state' is frozen, "
                    + "'layer_normalization' is frozen. trainer.Unfreeze(\"dense\") gives a layer back to training.",
            ],
            Fit(trainer).Warnings);
        Assert.Equal(before, ModelWeights.Of(trainer.Model));
        trainer.Unfreeze("Dense");
        Assert.Empty(Fit(trainer).Warnings);

        var half = Trainer(new FrozenModel(seed: 3), "adam");
        foreach (var layer in new[] { "Dense", "LayerNormalization", "LastState", "Dense1" })
            half.Freeze(layer);
        Assert.Contains("'last_state' is frozen, 'layer_normalization' is frozen, 'encoder' is declared with Trainable = false. trainer.Unfreeze(",
            Assert.Single(Fit(half).Warnings), StringComparison.Ordinal);
        Assert.Equal(
            ["This fit trains no weight of FrozenWhole: 'dense' is declared with Trainable = false, 'lstm' is declared with Trainable = false."],
            Fit(Trainer(new FrozenWhole(seed: 3), "adam")).Warnings);
    }

    private static string[] Totals(string summary) =>
        [.. summary.Split('\n').Where(line => line.Contains("params: ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line[..line.IndexOf('(', StringComparison.Ordinal)].Trim())];

    private static CompilerServices.ModelState<TModel> StateOf<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel> => model.State;

    private static float[] Values(CompilerServices.ModelState state, string tensor) => state.Read(state.Plan.Tensors.Single(one => one.Name == tensor));

    private static Trainer<TModel> Trainer<TModel>(TModel model, string optimizer) where TModel : class, IRecurrentModel<TModel> => new(model)
    {
        Loss = Loss.MeanSquaredError,
        Optimizer = optimizer switch
        {
            "clipped" => new Sgd(0.5, momentum: 0.9) { GlobalClipNorm = 0.05 },
            "averaged" => new Adam(0.05) { UseEma = true, EmaMomentum = 0.5 },
            "accumulated" => new Adam(0.05) { GradientAccumulationSteps = 2 },
            _ => new Adam(0.05) { WeightDecay = 0.01 },
        },
    };

    private static History Fit<TModel>(Trainer<TModel> trainer, int epochs = 2) where TModel : class, IRecurrentModel<TModel> =>
        trainer.Fit(Inputs(), Targets(), batchSize: 4, epochs: epochs, initialEpoch: trainer.NextEpoch < epochs ? trainer.NextEpoch : 0, verbose: 0);

    private static float[,,] Inputs()
    {
        var values = new float[13, 4, 2];
        for (var place = 0; place < values.Length; place++)
            values[place / 8, place / 2 % 4, place % 2] = MathF.Sin(place * 0.7f);
        return values;
    }

    private static float[,] Targets()
    {
        var values = new float[13, 1];
        for (var place = 0; place < 13; place++)
            values[place, 0] = MathF.Cos(place * 0.9f);
        return values;
    }
}
