namespace LstmDsl.Tests;

/// <summary>Models of several inputs, as users give them their data.</summary>
public sealed class SeveralInputsTests
{
    private static readonly float[,,] History = Numbers3(7, 4, 3);
    private static readonly float[,,] Plan = Numbers3(7, 2, 5);
    private static readonly float[,] Targets = new float[7, 2];

    [Fact]
    public void AListIsWhatLiesOneAfterTheOther()
    {
        var model = new TwoInputs(seed: 1);
        float[,] expected = model.Predict(Packed());
        Assert.Equal(expected, model.Predict([History, Plan]));
        Assert.Equal(expected, model.Predict(Samples.Of(Packed().Cast<float>().ToArray(), 7, 1, 22)));

        var named = new float[14];
        model.Predict(new TwoInputs.Inputs { History = Flat(History), Plan = Flat(Plan) }, named);
        Assert.Equal(expected.Cast<float>(), named);
    }

    [Fact]
    public void FitAndEvaluateTakeAList()
    {
        var (listed, packed) = (new TwoInputs(seed: 1), new TwoInputs(seed: 1));
        var one = Trainer(listed).Fit([History, Plan], Targets, epochs: 3, validation: ([History, Plan], Targets), verbose: 0);
        var other = Trainer(packed).Fit(Packed(), Targets, epochs: 3, validation: (Packed(), Targets), verbose: 0);
        Assert.Equal(other["loss"], one["loss"]);
        Assert.Equal(other["val_loss"], one["val_loss"]);
        Assert.True(one["loss"][2] < one["loss"][0]);
        Assert.Equal(Trainer(packed).Evaluate(Packed(), Targets).Loss, Trainer(listed).Evaluate([History, Plan], Targets).Loss);
    }

    [Fact]
    public void AnotherShapeIsRefusedWithWhatEachInputTakes()
    {
        var model = new TwoInputs(seed: 1);
        const string Expected = "TwoInputs takes [History (samples, 4, 3), Plan (samples, 2, 5)], or (samples, 22) with a sample's inputs one after the other; ";
        Assert.Equal(Expected + "found [(7, 2, 5), (7, 4, 3)].", Assert.Throws<ArgumentException>(() => model.Predict([Plan, History])).Message);
        Assert.Equal(Expected + "found (7, 4, 3).", Assert.Throws<ArgumentException>(() => model.Predict(History)).Message);
        Assert.StartsWith(
            Expected + "x has the shape (7, 4, 3).",
            Assert.Throws<ArgumentException>(() => Trainer(model).Fit(History, Targets, verbose: 0)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Input 1 has the shape (6, 2, 5), input 0 has (7, 4, 3); expected as many samples of each",
            Assert.Throws<ArgumentException>(() => model.Predict([History, Numbers3(6, 2, 5)])).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Input 1 has the shape (7, 2, 5), input 0 has (0, 4, 3); expected as many samples of each",
            Assert.Throws<ArgumentException>(() => model.Predict([new float[0, 4, 3], Plan])).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "There are no samples: the inputs have the shapes (0, 4, 3), (0, 2, 5).",
            Assert.Throws<ArgumentException>(() => model.Predict([new float[0, 4, 3], new float[0, 2, 5]])).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Plan of TwoInputs has 2 × 5 = 10 values a sample; found 9, for 7 samples of History.",
            Assert.Throws<ArgumentException>(() => model.Predict(
                new TwoInputs.Inputs { History = Flat(History), Plan = new float[9] }, new float[14])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WindowsOfASeriesAreRefusedSinceTheyAreOneInput()
    {
        var series = TimeSeries.FromArrays(new double[60]);
        var windows = series.Split(0.6, 0.2).Windows(4, batchSize: 8).Training;
        var message = Assert.Throws<ArgumentException>(() => Trainer(new TwoInputs()).Fit(windows, verbose: 0)).Message;
        Assert.Contains("holds windows of a series, which are one input. Give it arrays: [history, plan].", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AListForAModelOfOneInputIsRefused()
    {
        var message = Assert.Throws<ArgumentException>(() => new ResidualStack().Predict([History, Plan])).Message;
        Assert.Equal("ResidualStack takes (samples, 5, 2); found [(7, 4, 3), (7, 2, 5)].", message);
    }

    [Fact]
    public void ANumberWithoutAVectorIsFoundInItsInput()
    {
        var model = new WordsAndNumbers(seed: 1);
        var words = new float[2, 6, 1];
        var numbers = new float[2, 2, 2];
        (words[1, 4, 0], numbers[0, 0, 0]) = (5, 99.5f);
        var message = Assert.Throws<ArgumentException>(
            () => new Trainer<WordsAndNumbers>(model) { Loss = Loss.MeanSquaredError, Optimizer = new Sgd() }
                .Fit([words, numbers], new float[2, 2], verbose: 0)).Message;
        Assert.StartsWith("x, sample 1, timestep 4: 5; ", message, StringComparison.Ordinal);
        words[1, 4, 0] = 4;
        Assert.Equal(4, model.Predict([words, numbers]).Length);
    }

    [Fact]
    public void WhatIsNotFiniteIsFoundInItsInput()
    {
        var plan = Numbers3(7, 2, 5);
        plan[3, 1, 4] = float.NaN;
        const string Expected = "[1][3, 1, 4] is NaN; expected finite numbers.";
        Assert.StartsWith(
            "x" + Expected, Assert.Throws<ArgumentException>(() => Trainer(new TwoInputs()).Fit([History, plan], Targets, verbose: 0)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "windows" + Expected, Assert.Throws<ArgumentException>(() => new TwoInputs().Predict([History, plan])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASampleTooShortIsRefusedWithWhatItIsMadeOf() => Assert.Equal(
        "TwoInputs takes a sample's inputs one after the other, History 4 × 3 + Plan 2 × 5 = 22 values; found 21 values.",
        Assert.Throws<ArgumentException>(() => new TwoInputs().Predict(new float[21], new float[2])).Message);

    private static Trainer<TwoInputs> Trainer(TwoInputs model) => new(model) { Loss = Loss.MeanSquaredError, Optimizer = new Adam(0.01) };

    private static float[] Flat(float[,,] values) => [.. values.Cast<float>()];

    private static float[,] Packed()
    {
        var packed = new float[7, 22];
        for (var sample = 0; sample < 7; sample++)
        {
            for (var place = 0; place < 22; place++)
                packed[sample, place] = place < 12 ? History[sample, place / 3, place % 3] : Plan[sample, (place - 12) / 5, (place - 12) % 5];
        }

        return packed;
    }

    private static float[,,] Numbers3(int samples, int timesteps, int features)
    {
        var random = new Random(samples + timesteps);
        var values = new float[samples, timesteps, features];
        for (var sample = 0; sample < samples; sample++)
        {
            for (var t = 0; t < timesteps; t++)
            {
                for (var feature = 0; feature < features; feature++)
                    values[sample, t, feature] = (float)(random.NextDouble() - 0.5);
            }
        }

        return values;
    }
}
