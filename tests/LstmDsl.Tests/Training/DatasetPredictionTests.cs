using System.Globalization;

namespace LstmDsl.Tests;

[Input(6, 2), Lstm(4), Dense(3)]
internal sealed partial class ThreeQuantiles;

[Input(6, 2), Lstm(4), Dense(6)]
internal sealed partial class ThreeQuantilesOfTwo;

[Input(6, 2), Lstm(4), Dense(4, Activation = Activation.Softmax)]
internal sealed partial class FourKinds;

[Input(6, 2), Lstm(4), Dense(4)]
internal sealed partial class FourKindsOfLogits;

/// <summary>What models say of a data set's windows, in the user's units, whatever their outputs are.</summary>
public sealed class DatasetPredictionTests
{
    private static readonly DateTime Start = new(2021, 1, 1);

    private static readonly TimeSeries Series = TimeSeries.FromArrays(Values(), ["power", "kind"], Start, TimeSpan.FromDays(1), unit: "kW");

    [Fact]
    public void QuantilesOfATargetAreInItsUnit()
    {
        var (training, _, test) = Series.Split(0.6, 0.2).Standardize().Windows(timesteps: 6, batchSize: 16, targets: ["power"]);
        var model = new ThreeQuantiles(seed: 1);
        new ThreeQuantiles.Trainer(model) { Loss = Loss.Quantiles(0.1, 0.5, 0.9) }.Fit(training, verbose: 0);
        var points = model.Predict(test);
        var outputs = Outputs(test, windows => model.Predict(windows));
        Assert.Equal(test.Count, points.Count);
        for (var window = 0; window < points.Count; window++)
        {
            Assert.Equal(outputs[window].Select(value => model.Pipeline!.UnscaleTarget(0, value)), points[window].Values);
            Assert.Equal(test.TargetTime(window), points[window].Time);
        }
    }

    [Fact]
    public void QuantilesOfSeveralTargetsLieTargetByTarget()
    {
        var (training, _, test) = Series.Split(0.6, 0.2).Standardize().Windows(timesteps: 6, batchSize: 16);
        var model = new ThreeQuantilesOfTwo(seed: 1);
        new ThreeQuantilesOfTwo.Trainer(model) { Loss = Loss.Quantiles(0.1, 0.5, 0.9) }.Fit(training, verbose: 0);
        var (point, output) = (model.Predict(test)[0], Outputs(test, windows => model.Predict(windows))[0]);
        Assert.Equal(output.Select((value, index) => model.Pipeline!.UnscaleTarget(index / 3, value)), point.Values);
    }

    [Fact]
    public void ProbabilitiesOfClassesAreAsTheyAre()
    {
        var (training, _, test) = Series.Split(0.6, 0.2).Standardize(except: ["kind"]).Windows(timesteps: 6, batchSize: 16, targets: ["kind"]);
        var model = new FourKinds(seed: 1);
        new FourKinds.Trainer(model) { Loss = Loss.SparseCategoricalCrossentropy() }.Fit(training, verbose: 0);
        var outputs = Outputs(test, windows => model.Predict(windows));
        Assert.All(model.Predict(test).Zip(outputs), pair => Assert.Equal(pair.Second.Select(value => (double)value), pair.First.Values));
        Assert.All(model.Predict(test), point => Assert.Equal(1, point.Values.Sum(), 1e-5));

        var logits = new FourKindsOfLogits(seed: 1);
        new FourKindsOfLogits.Trainer(logits) { Loss = Loss.SparseCategoricalCrossentropy(fromLogits: true) }.Fit(training, verbose: 0);
        Assert.Equal(Outputs(test, windows => logits.Predict(windows))[0].Select(value => (double)value), logits.Predict(test)[0].Values);
    }

    [Fact]
    public void AClassColumnThatWasScaledIsToBeLeftAsItIs()
    {
        var scaled = Series.Split(0.6, 0.2).Standardize().Windows(timesteps: 6, batchSize: 16, targets: ["kind"]).Training;
        var trainer = new FourKinds.Trainer(new FourKinds(seed: 1)) { Loss = Loss.SparseCategoricalCrossentropy() };
        var refusal = Assert.Throws<ArgumentException>(() => trainer.Fit(scaled, verbose: 0));
        Assert.Contains("takes whole class indices from 0 to 3. The column 'kind' was scaled; leave it as it is: Standardize(except: [\"kind\"]).", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("was scaled", Assert.Throws<ArgumentException>(() => trainer.Fit(new float[1, 6, 2], new float[] { 9 }, verbose: 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelOfSequencesGivesAPointForEachTimestep()
    {
        var (training, _, test) = Series.Split(0.6, 0.2).Standardize().Windows(timesteps: 6, batchSize: 16, samplingRate: 2, sequenceTargets: true);
        var model = new TwoColumnSequence(seed: 1);
        new TwoColumnSequence.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(training, verbose: 0);
        var sequences = model.Predict(test);
        Assert.Equal(test.Count, sequences.Count);
        var window = 0;
        foreach (var (inputs, _) in test.Batches())
        {
            var outputs = model.Predict(inputs);
            for (var sample = 0; sample < inputs.Count; sample++, window++)
            {
                Assert.Equal(6, sequences[window].Count);
                for (var t = 0; t < 6; t++)
                {
                    var point = sequences[window][t];
                    Assert.Equal(Start.AddDays(test.Source.Starts[window] + (2 * (t + 1))), point.Time?.DateTime);
                    Assert.Equal([model.Pipeline!.UnscaleTarget(0, outputs[sample, t, 0]), model.Pipeline.UnscaleTarget(1, outputs[sample, t, 1])], point.Values);
                }
            }
        }
    }

    [Fact]
    public void ErrorsOfColumnsAreMeasuredEachOnItsOwn()
    {
        var (training, _, test) = Series.Split(0.6, 0.2).Standardize().Windows(timesteps: 6, batchSize: 16, samplingRate: 2, sequenceTargets: true);
        var model = new TwoColumnSequence(seed: 1);
        var trainer = new TwoColumnSequence.Trainer(model) { Loss = Loss.MeanSquaredError };
        trainer.Fit(training, verbose: 0);
        var evaluation = trainer.Evaluate(test);
        Assert.Equal(["power", "kind"], evaluation.InUnitsByColumn.Keys);
        for (var column = 0; column < 2; column++)
        {
            var errors = model.Predict(test).Select((sequence, window) => sequence[^1].Values[column] - test.RawTarget(window, column)).ToArray();
            var own = evaluation.InUnitsByColumn[Series.Columns[column]];
            Assert.Equal(errors.Average(Math.Abs), own.MeanAbsoluteError, 1e-9);
            Assert.Equal(Math.Sqrt(errors.Average(error => error * error)), own.RootMeanSquaredError, 1e-9);
        }

        var lines = evaluation.ToString().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("power: MAE ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("kind: MAE ", lines[2], StringComparison.Ordinal);
        Assert.Equal(evaluation.InUnits!.MeanAbsoluteError, evaluation.InUnitsByColumn.Values.Average(own => own.MeanAbsoluteError), 1e-9);
    }

    [Fact]
    public void AUnitThatIsNotKnownFitsAnyAndOneThatDiffersNone()
    {
        var model = new ThreeQuantiles(seed: 1);
        var trainer = new ThreeQuantiles.Trainer(model) { Loss = Loss.Quantiles(0.1, 0.5, 0.9) };
        trainer.Fit(Training(Series), verbose: 0);

        Assert.Single(trainer.Fit(Training(In(null)), verbose: 0).Epochs);
        Assert.Equal("kW", model.Pipeline!.Unit);
        Assert.Equal(model.Pipeline.Columns, Training(In(null)).Pipeline!.Columns.Select(column => column with { Unit = "kW" }));
        var refusal = Assert.Throws<ArgumentException>(() => trainer.Fit(Training(In("MW")), verbose: 0));
        Assert.StartsWith(
            "ThreeQuantiles was trained on data of another pipeline: the unit is kW, the other's MW. Convert the values, or give the series no unit where it is the same by another name.",
            refusal.Message, StringComparison.Ordinal);
        Assert.Contains("the unit is kW, the other's MW", Assert.Throws<ArgumentException>(() => SeriesWindows.Last(In("MW"), model.Pipeline)).Message, StringComparison.Ordinal);
        Assert.Equal(SeriesWindows.Last(Series, model.Pipeline), SeriesWindows.Last(In(null), model.Pipeline));

        var first = new ThreeQuantiles(seed: 1);
        var unknown = new ThreeQuantiles.Trainer(first) { Loss = Loss.Quantiles(0.1, 0.5, 0.9) };
        unknown.Fit(Training(In(null)), verbose: 0);
        unknown.Fit(Training(Series), verbose: 0);
        Assert.Equal("kW", first.Pipeline!.Unit);
    }

    [Fact]
    public void AMismatchIsOneSentenceWithOneFullStop()
    {
        var model = new ThreeQuantiles(seed: 1);
        var trainer = new ThreeQuantiles.Trainer(model) { Loss = Loss.Quantiles(0.1, 0.5, 0.9) };
        trainer.Fit(Training(Series), verbose: 0);
        var undated = TimeSeries.FromArrays(Values(), ["power", "kind"], unit: "kW");
        var refusal = Assert.Throws<ArgumentException>(() => trainer.Fit(Training(undated), verbose: 0));
        Assert.Equal("ThreeQuantiles was trained on data of another pipeline: the time step is 1 day, the other's is not known. (Parameter 'data')", refusal.Message);
        refusal = Assert.Throws<ArgumentException>(() => trainer.Fit(Training(Series), Training(undated), verbose: 0));
        Assert.Contains("pipeline than the training data: the time step is 1 day, the other's is not known. (", refusal.Message, StringComparison.Ordinal);
        var plain = WindowedDataset.FromArrays(new float[20, 2], new float[20], sequenceLength: 6);
        refusal = Assert.Throws<ArgumentException>(() => trainer.Fit(plain, verbose: 0));
        Assert.Contains("one has a pipeline, the other is of plain arrays. (", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ArraysOfNumbersThatAreNoneAreRefusedAndSpansPassThemOn(float value)
    {
        var model = new TwoColumnSequence(seed: 1);
        var windows = new float[2, 6, 2];
        windows[1, 3, 0] = value;
        Assert.Contains($"windows[1, 3, 0] is {FormattableString.Invariant($"{value}")}; expected finite numbers", Assert.Throws<ArgumentException>(() => model.Predict(windows)).Message, StringComparison.Ordinal);
        Assert.Contains("windows[1, 3, 0]", Assert.Throws<ArgumentException>(() => new ThreeQuantiles(seed: 1).Predict(windows)).Message, StringComparison.Ordinal);

        var flat = new float[12];
        flat[6] = float.NaN;
        var output = new float[12];
        model.Predict(flat, output);
        Assert.True(float.IsNaN(output[^1]));
        Assert.False(float.IsNaN(output[0]));
    }

    [Fact]
    public void WeightsOfBothSignsAreRefusedWhereAMeanDividesByTheirSum()
    {
        var (x, y) = (new float[2, 6, 2], new float[2, 4]);
        var weights = new float[] { 0.5f, -0.5f };
        var trainer = new FourKindsOfLogits.Trainer(new FourKindsOfLogits(seed: 1)) { Loss = Loss.MeanSquaredError };
        Assert.Single(trainer.Fit(x, y, sampleWeight: weights, verbose: 0).Epochs);

        trainer = new(new FourKindsOfLogits(seed: 1)) { Loss = Loss.MeanSquaredError with { Reduction = Reduction.MeanWithSampleWeight } };
        Assert.Contains("sampleWeight, value 1: -0.5; the loss 'mean_squared_error' with the reduction MeanWithSampleWeight divides by the sum of the weights, so that none may be negative.", Assert.Throws<ArgumentException>(() => trainer.Evaluate(x, y, sampleWeight: weights)).Message, StringComparison.Ordinal);
        trainer = new(new FourKindsOfLogits(seed: 1)) { Loss = Loss.MeanSquaredError, WeightedMetrics = { Metric.MeanAbsoluteError } };
        Assert.Contains("the weighted metric 'mean_absolute_error' divides", Assert.Throws<ArgumentException>(() => trainer.Fit(x, y, sampleWeight: weights, verbose: 0)).Message, StringComparison.Ordinal);
        Assert.Contains("Class 2 weighs -1; the weighted metric", Assert.Throws<ArgumentException>(() => trainer.Fit(x, y, classWeight: new Dictionary<int, double> { [2] = -1 }, verbose: 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APointReadsAsItsTimeAndValuesWhateverTheCulture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            german.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = german;
            Assert.Equal("2016-01-01: 9.84", new ForecastPoint(new DateTimeOffset(2016, 1, 1, 0, 0, 0, TimeSpan.Zero), 9.84).ToString());
            Assert.Equal("2016-01-01 06:00: (9.84, 1013.25)", new ForecastPoint(new DateTimeOffset(2016, 1, 1, 6, 0, 0, TimeSpan.Zero), 9.84) { Values = [9.84, 1013.25] }.ToString());
            Assert.Equal("-0.5", new ForecastPoint(null, -0.5).ToString());
            Assert.Equal("0", default(ForecastPoint).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static WindowedDataset Training(TimeSeries series) =>
        series.Split(0.6, 0.2).Standardize().Windows(timesteps: 6, batchSize: 16, targets: ["power"]).Training;

    private static TimeSeries In(string? unit) => TimeSeries.FromArrays(Values(), ["power", "kind"], Start, TimeSpan.FromDays(1), unit: unit);

    private static List<float[]> Outputs(WindowedDataset data, Func<Samples, float[,]> predict)
    {
        var rows = new List<float[]>();
        foreach (var (inputs, _) in data.Batches())
        {
            var outputs = predict(inputs);
            for (var row = 0; row < outputs.GetLength(0); row++)
                rows.Add([.. Enumerable.Range(0, outputs.GetLength(1)).Select(column => outputs[row, column])]);
        }

        return rows;
    }

    private static double[,] Values()
    {
        var values = new double[120, 2];
        for (var day = 0; day < 120; day++)
            (values[day, 0], values[day, 1]) = (250 + (80 * Math.Sin(day / 9.0)), day * 7 % 4);
        return values;
    }
}
