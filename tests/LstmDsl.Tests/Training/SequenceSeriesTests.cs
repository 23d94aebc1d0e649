namespace LstmDsl.Tests;

[Input(6, 2), SimpleRnn(5, ReturnSequences = true), Lstm(4, ReturnSequences = true), Dense(2)]
internal sealed partial class TwoColumnSequence;

/// <summary>Models that give sequences, trained on a series' windows, and what they say in the user's units.</summary>
public sealed class SequenceSeriesTests
{
    private const int SamplingRate = 2;

    private static readonly DateTime Start = new(2021, 1, 1);

    private static readonly TimeSeries Series = TimeSeries.FromArrays(Values(), ["warm", "wet"], Start, TimeSpan.FromHours(1), unit: "°C");

    [Fact]
    public void TrainingOnSequencesLearns()
    {
        var (_, _, _, history) = Trained();
        Assert.True(history[Monitored.Loss][^1] < 0.8 * history[Monitored.Loss][0]);
    }

    [Fact]
    public void AForecastFeedsTheLastTimestepBackAndSpeaksUnitsAndDates()
    {
        var (model, _, _, _) = Trained();
        var forecast = model.Forecast(Series, steps: 4);
        Assert.Equal(
            Enumerable.Range(1, 4).Select(step => Start.AddHours(Series.Count - 1 + (step * SamplingRate))),
            forecast.Select(point => point.Time!.Value.DateTime));

        // By hand: the last window scaled, predicted, its last timestep unscaled and fed back.
        var pipeline = model.Pipeline!;
        var window = new float[6 * 2];
        for (var t = 0; t < 6; t++)
        {
            var row = Series.Count - 1 - ((5 - t) * SamplingRate);
            for (var column = 0; column < 2; column++)
                window[(t * 2) + column] = (float)pipeline.Scale(column, Series[row, column]);
        }

        foreach (var point in forecast)
        {
            var output = new float[window.Length];
            model.Predict(window, output);
            Assert.Equal([pipeline.UnscaleTarget(0, output[^2]), pipeline.UnscaleTarget(1, output[^1])], point.Values);
            window = [.. window[2..], .. output[^2..]];
        }
    }

    [Fact]
    public void AForecastIntoADestinationIsTheSame()
    {
        var (model, _, _, _) = Trained();
        var steps = new float[4 * 2];
        model.Forecast(SeriesWindows.Last(Series, model.Pipeline!), steps);
        var expected = model.Forecast(Series, steps: 4).SelectMany(point => point.Values);
        Assert.Equal(expected, steps.Select((value, index) => model.Pipeline!.UnscaleTarget(index % 2, value)));

        var window = new float[12];
        Assert.Throws<ArgumentException>(() => model.Forecast(window, new float[3]));
        Assert.Throws<ArgumentException>(() => model.Forecast(window.AsSpan(1), new float[2]));
        model.Forecast(window, []);
        Assert.All(window, value => Assert.Equal(0, value));
    }

    [Fact]
    public void ErrorsInUnitsAreThoseOfTheLastTimestep()
    {
        var (model, trainer, test, _) = Trained();
        double absolute = 0, naive = 0;
        var count = 0;
        foreach (var (inputs, _) in test.Batches())
        {
            var outputs = model.Predict(inputs);
            for (var sample = 0; sample < inputs.Count; sample++, count++)
            {
                for (var column = 0; column < 2; column++)
                {
                    var last = test.Source.Starts[count] + (5 * SamplingRate);
                    var actual = Series[last + SamplingRate, column];
                    absolute += Math.Abs(model.Pipeline!.UnscaleTarget(column, outputs[sample, 5, column]) - actual);
                    naive += Math.Abs(Series[last, column] - actual);
                }
            }
        }

        var evaluation = trainer.Evaluate(test);
        Assert.Equal(test.Count, count);
        Assert.Equal(absolute / (2 * count), evaluation.InUnits!.MeanAbsoluteError, 1e-9);
        Assert.Equal(naive / (2 * count), evaluation.InUnits.NaiveMeanAbsoluteError, 1e-9);
    }

    [Fact]
    public void TargetsOfTheOtherKindAreRefusedWithTheArgumentThatMendsThem()
    {
        var split = Series.Split(0.6, 0.2);
        var rows = split.Windows(6).Training;
        var refusal = Assert.Throws<ArgumentException>(() => Trainer(new TwoColumnSequence(seed: 1)).Fit(rows, verbose: 0));
        Assert.Contains("targets of training are single rows. Make the windows with sequenceTargets: true.", refusal.Message, StringComparison.Ordinal);

        var sequences = TimeSeries.FromArrays([.. Enumerable.Range(0, 200).Select(row => (double)row)]).Split(0.6, 0.2).Windows(20, sequenceTargets: true).Training;
        refusal = Assert.Throws<ArgumentException>(
            () => new WeatherLstm20.Trainer(new WeatherLstm20(seed: 1)) { Loss = Loss.MeanSquaredError }.Fit(sequences, verbose: 0));
        Assert.Contains("targets of training are sequences. Make the windows with sequenceTargets: false.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileCarriesThatTargetsAreSequences()
    {
        using var folder = new TemporaryFolder();
        var (model, _, test, _) = Trained();
        model.Save(folder.File("model.safetensors"));
        var loaded = TwoColumnSequence.Load(folder.File("model.safetensors"));
        Assert.True(loaded.Pipeline!.SequenceTargets);
        Assert.Equal(model.Pipeline, loaded.Pipeline);
        Assert.NotNull(Trainer(loaded).Evaluate(test).InUnits);
    }

    private static TwoColumnSequence.Trainer Trainer(TwoColumnSequence model) => new(model) { Optimizer = new Adam(0.01), Loss = Loss.MeanSquaredError };

    private static (TwoColumnSequence Model, TwoColumnSequence.Trainer Trainer, WindowedDataset Test, History History) Trained()
    {
        var (training, validation, test) = Series.Split(0.6, 0.2).Standardize()
            .Windows(timesteps: 6, batchSize: 16, samplingRate: SamplingRate, sequenceTargets: true);
        var model = new TwoColumnSequence(seed: 2);
        var trainer = Trainer(model);
        var history = trainer.Fit(training, validation, epochs: 5, verbose: 0);
        return (model, trainer, test, history);
    }

    private static double[,] Values()
    {
        var values = new double[201, 2];
        for (var hour = 0; hour < 201; hour++)
            (values[hour, 0], values[hour, 1]) = (12 + (8 * Math.Sin(hour / 9.0)), 50 + (30 * Math.Cos(hour / 5.0)));
        return values;
    }
}
