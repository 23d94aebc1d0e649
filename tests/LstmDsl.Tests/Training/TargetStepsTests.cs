namespace LstmDsl.Tests;

[Input(8, 2), Lstm(4), Dense(6)]
internal sealed partial class SixAhead;

[Input(8, 2), Lstm(4), RepeatVector(3), Lstm(4, ReturnSequences = true), Dense(2)]
internal sealed partial class ThreeOfTwoAsSequence;

[Input(8, 2), Lstm(4), Dense(4, Activation = Activation.Softmax)]
internal sealed partial class NextKind;

[Input(8, 1), Lstm(4), Dense(1)]
internal sealed partial class OneFromOne;

/// <summary>Several steps at once, columns by name, weights by time, and the window behind which nothing is known.</summary>
public sealed class TargetStepsTests
{
    private static readonly DateTime Start = new(2021, 1, 1);

    private static readonly TimeSeries Series = TimeSeries.FromArrays(Values(), ["power", "wind", "kind"], Start, TimeSpan.FromHours(1), unit: "kW");

    private static SplitSeries Scaled => Series.Split(0.6, 0.2).Scale(Scaling.Standard, new() { ["power"] = Scaling.Log, ["kind"] = Scaling.None });

    [Fact]
    public void A_vector_forecasts_the_steps_at_the_horizon_and_after_it()
    {
        var sets = Scaled.Windows(8, horizon: 2, batchSize: 16, inputs: ["wind", "power"], targets: ["power"], targetSteps: 6);
        Assert.Equal([6, 1], sets.Training.TargetShape);
        var pipeline = sets.Training.Pipeline!;
        var (inputs, targets) = sets.Validation.Batches().First();
        int first = sets.Validation.Source.Starts[0];
        Assert.Equal(Series.Split(0.6, 0.2).TrainingRows.End.Value, first + 8 - 1 + 2);
        Assert.Equal(5, sets.Validation.Straddling);
        Assert.Equal([(float)pipeline.Scale(0, Series[first, 1]), (float)pipeline.Scale(1, Series[first, 0])], inputs.Values[..2].ToArray());
        Assert.Equal([.. Enumerable.Range(first + 9, 6).Select(row => (float)pipeline.ScaleTarget(0, Series[row, 0]))], targets!.Value.Values[..6].ToArray());

        var model = new SixAhead(seed: 1);
        var trainer = new SixAhead.Trainer(model) { Optimizer = new Adam(0.01), Loss = Loss.MeanSquaredError };
        var history = trainer.Fit(sets.Training, sets.Validation, epochs: 6, verbose: 0);
        Assert.True(history[Monitored.Loss][^1] < history[Monitored.Loss][0]);

        var points = model.Predict(sets.Test);
        double absolute = 0, naive = 0;
        for (int window = 0; window < sets.Test.Count; window++)
        {
            int start = sets.Test.Source.Starts[window];
            Assert.Equal(6, points[window].Steps.Count);
            Assert.Equal((points[window].Time, points[window].Value), (points[window].Steps[0].Time, points[window].Steps[0].Value));
            for (int step = 0; step < 6; step++)
            {
                Assert.Equal(Start.AddHours(start + 9 + step), points[window].Steps[step].Time);
                absolute += Math.Abs(points[window].Steps[step].Value - Series[start + 9 + step, 0]);
                naive += Math.Abs(Series[start + 7, 0] - Series[start + 9 + step, 0]);
            }
        }
        var errors = trainer.Evaluate(sets.Test).InUnits!;
        Assert.Equal(absolute / (6 * sets.Test.Count), errors.MeanAbsoluteError, 1e-9);
        Assert.Equal(naive / (6 * sets.Test.Count), errors.NaiveMeanAbsoluteError, 1e-9);
        Assert.All(points, point => Assert.All(point.Steps, step => Assert.True(step.Value > 0)));
    }

    [Fact]
    public void A_forecast_gives_the_dated_steps_of_one_prediction_and_latest_the_same()
    {
        using var folder = new TemporaryFolder();
        var sets = Scaled.Windows(8, horizon: 2, batchSize: 16, inputs: ["wind", "power"], targets: ["power"], targetSteps: 6);
        var model = new SixAhead(seed: 1);
        new SixAhead.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(sets.Training, verbose: 0);
        var steps = Ahead(model, Series);
        Assert.Equal(Enumerable.Range(1, 6).Select(step => (DateTimeOffset?)new DateTimeOffset(Start.AddHours(Series.Count + step), TimeSpan.Zero)), steps.Select(step => step.Time));

        // By hand: the last window scaled, predicted, unscaled.
        var window = new float[16];
        for (int i = 0; i < 16; i++) window[i] = (float)model.Pipeline!.Scale(i % 2, Series[Series.Count - 8 + (i / 2), 1 - (i % 2)]);
        var output = new float[6];
        model.Predict(window, output);
        Assert.Equal(output.Select(value => model.Pipeline!.UnscaleTarget(0, value)), steps.Select(step => step.Value));

        var latest = sets.Test.Latest();
        Assert.Equal((1, null), (latest.Count, latest.TargetShape));
        Assert.Equal(steps, Assert.Single(model.Predict(latest)).Steps.Select((step, i) => step with { Values = steps[i].Values, Steps = steps[i].Steps }));
        Assert.Equal(steps.Select(step => step.Value), model.Predict(sets.Training.Latest())[0].Steps.Select(step => step.Value));
        Assert.Contains("latest: 1 window", latest.ToString(), StringComparison.Ordinal);
        Assert.Contains("has no targets", Assert.Throws<ArgumentException>(() => new SixAhead.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(latest, verbose: 0)).Message, StringComparison.Ordinal);

        // A file needs nothing else, and a series of more columns in another order fits; without the targets, too.
        model.Save(folder.File("six.keras"));
        var loaded = SixAhead.Load(folder.File("six.keras"));
        Assert.Equal(steps.Select(step => step.Value), Ahead(loaded, Series).Select(step => step.Value));
        Assert.Contains(
            "the columns are 'wind', 'power', the other's 'wind'",
            Assert.Throws<ArgumentException>(() => Ahead(loaded, TimeSeries.FromArrays(new double[30, 1], ["wind"], Start, TimeSpan.FromHours(1)))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_is_no_input_need_not_be_known_to_forecast()
    {
        var sets = Scaled.Windows(8, batchSize: 16, inputs: ["wind"], targets: ["power"]);
        Assert.Equal(["wind", "power"], sets.Training.Pipeline!.Columns.Select(column => column.Name));
        Assert.Contains("power: ", sets.Training.ToString(), StringComparison.Ordinal);
        Assert.Contains(", target only; logarithm standardised", sets.Training.ToString(), StringComparison.Ordinal);
        var model = new OneFromOne(seed: 1);
        new OneFromOne.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(sets.Training, verbose: 0);
        var known = TimeSeries.FromArrays(Column(1), ["wind"], Start, TimeSpan.FromHours(1));
        Assert.Equal(Ahead(model, Series).Select(point => point.Value), Ahead(model, known).Select(point => point.Value));
        Assert.Contains("feeding back needs a forecast of every column", Assert.Throws<InvalidOperationException>(() => Forecasting.Forecast(StateOf(model), Series, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_of_as_many_timesteps_forecasts_them_too()
    {
        var sets = Scaled.Windows(8, batchSize: 16, samplingRate: 2, inputs: ["power", "wind"], targetSteps: 3);
        var model = new ThreeOfTwoAsSequence(seed: 1);
        var trainer = new ThreeOfTwoAsSequence.Trainer(model) { Loss = Loss.MeanSquaredError };
        trainer.Fit(sets.Training, sets.Validation, verbose: 0);
        var sequences = Sequences(model, sets.Test);
        int last = sets.Test.Source.Starts[^1] + (7 * 2);
        Assert.Equal([Start.AddHours(last + 2), Start.AddHours(last + 4), Start.AddHours(last + 6)], sequences[^1].Select(step => step.Time!.Value));
        var targets = sets.Test.Batches().Last().Targets!.Value.Values[^6..].ToArray();
        Assert.Equal([.. from step in new[] { 1, 2, 3 } from column in new[] { 0, 1 } select (float)model.Pipeline!.Scale(column, Series[last + (2 * step), column])], targets);
        Assert.Equal(Start.AddHours(Series.Count + 1), Ahead(model, Series)[0].Time);
        Assert.Equal(3, Ahead(model, Series).Count);
        Assert.NotNull(trainer.Evaluate(sets.Test).InUnits);
    }

    [Fact]
    public void Quantiles_of_several_steps_are_dated_and_in_units()
    {
        var sets = Scaled.Windows(8, batchSize: 16, inputs: ["power", "wind"], targets: ["power"], targetSteps: 2);
        var model = new SixAhead(seed: 1);
        new SixAhead.Trainer(model) { Loss = Loss.Quantiles(0.1, 0.5, 0.9) }.Fit(sets.Training, verbose: 0);
        var steps = Ahead(model, Series);
        Assert.Equal([3, 3], steps.Select(step => step.Values.Count));
        var output = new float[6];
        model.Predict(SeriesWindows.Last(Series, model.Pipeline!), output);
        Assert.Equal(output.Select(value => model.Pipeline!.UnscaleTarget(0, value)), steps.SelectMany(step => step.Values));
    }

    [Fact]
    public void Classes_are_forecast_as_probabilities_with_their_time()
    {
        var sets = Scaled.Windows(8, batchSize: 16, inputs: ["power", "wind"], targets: ["kind"]);
        var model = new NextKind(seed: 1);
        new NextKind.Trainer(model) { Loss = Loss.SparseCategoricalCrossentropy() }.Fit(sets.Training, verbose: 0);
        var next = Assert.Single(Ahead(model, Series));
        Assert.Equal(Start.AddHours(Series.Count), next.Time);
        Assert.Equal(1, next.Values.Sum(), 1e-5);
    }

    [Fact]
    public void What_was_trained_at_a_horizon_forecasts_that_step()
    {
        var sets = Series.Split(0.6, 0.2).Standardize().Windows(8, horizon: 5, batchSize: 16, inputs: ["wind"]);
        var model = new OneFromOne(seed: 1);
        new OneFromOne.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(sets.Training, verbose: 0);
        Assert.Equal(Start.AddHours(Series.Count + 4), Assert.Single(Ahead(model, Series)).Time);
    }

    [Fact]
    public void Windows_moved_by_the_horizon_forecast_what_lies_behind_the_series()
    {
        var sets = Scaled.Windows(6, horizon: 2, batchSize: 16, inputs: ["power", "wind"], sequenceTargets: true);
        var model = new TwoColumnSequence(seed: 1);
        new TwoColumnSequence.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(sets.Training, verbose: 0);
        var steps = Ahead(model, Series);
        Assert.Equal([Start.AddHours(Series.Count), Start.AddHours(Series.Count + 1)], steps.Select(step => step.Time!.Value));
        Assert.Equal(Sequences(model, sets.Test.Latest())[0].TakeLast(2).Select(step => step.Value), steps.Select(step => step.Value));
    }

    [Fact]
    public void Heads_that_do_not_fit_the_steps_are_refused_with_what_to_write()
    {
        var four = Scaled.Windows(8, batchSize: 16, inputs: ["power", "wind"], targets: ["power"], targetSteps: 4);
        var refusal = Assert.Throws<ArgumentException>(() => new SixAhead.Trainer(new SixAhead(seed: 1)) { Loss = Loss.MeanSquaredError }.Fit(four.Training, verbose: 0));
        Assert.Contains("the targets of training have 4 steps. Give the head 4 units for each target", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<ArgumentException>(() => new ThreeOfTwoAsSequence.Trainer(new ThreeOfTwoAsSequence(seed: 1)) { Loss = Loss.MeanSquaredError }.Fit(four.Training, verbose: 0));
        Assert.Contains("or make the windows with targetSteps: 3", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<ArgumentException>(() => Scaled.Windows(8, sequenceTargets: true, targetSteps: 4));
        Assert.Contains("choose one", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("The input 'pwr' is no column; the columns are 'power', 'wind', 'kind'", Assert.Throws<ArgumentException>(() => Scaled.Windows(8, inputs: ["pwr"])).Message, StringComparison.Ordinal);
        Assert.Contains("The target 'power' is named twice", Assert.Throws<ArgumentException>(() => Scaled.Windows(8, targets: ["power", "power"])).Message, StringComparison.Ordinal);
        Assert.Contains("at least one input", Assert.Throws<ArgumentException>(() => Scaled.Windows(8, inputs: [])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaled.Windows(8, targetSteps: 0));
        Assert.Contains("needs 246 rows; the series has 240", Assert.Throws<ArgumentException>(() => Scaled.Windows(8, targetSteps: 238)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => WindowedDataset.FromArrays(new float[10], null, 2).Latest());
    }

    [Fact]
    public void Recent_windows_weigh_more_and_all_together_their_number()
    {
        var sets = Scaled.Windows(8, batchSize: 16, inputs: ["power", "wind"], halfLife: 20);
        double[] weights = sets.Training.Source.Weights!;
        Assert.Equal(sets.Training.Count, weights.Sum(), 1e-9);
        Assert.Equal(0.5, weights[^21] / weights[^1], 1e-12);
        Assert.Null(sets.Validation.Source.Weights);
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaled.Windows(8, halfLife: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaled.Windows(8, halfLife: double.NaN));

        // The loss of a fit is the weighted one: the same as with these weights given by hand.
        var one = Scaled.Windows(8, batchSize: 16, inputs: ["wind"], shuffle: false, halfLife: 20).Training;
        var plain = Scaled.Windows(8, batchSize: one.Count, inputs: ["wind"], shuffle: false).Training;
        var (x, y) = plain.Batches().Single();
        double expected = Trainer(1).Fit(x, y!.Value, batchSize: 16, shuffle: false, sampleWeight: one.Source.Weights!, verbose: 0)[Monitored.Loss][0];
        Assert.Equal(expected, Trainer(1).Fit(one, verbose: 0)[Monitored.Loss][0], 1e-6);
        Assert.NotEqual(expected, Trainer(1).Fit(x, y.Value, batchSize: 16, shuffle: false, verbose: 0)[Monitored.Loss][0], 1e-6);

        static OneFromOne.Trainer Trainer(int seed) => new(new OneFromOne(seed)) { Loss = Loss.MeanSquaredError };
    }

    [Fact]
    public void A_hole_in_a_column_that_no_window_holds_is_none()
    {
        double[,] values = Values();
        values[100, 2] = double.NaN;
        var holed = TimeSeries.FromArrays(values, ["power", "wind", "kind"], missing: Missing.Hole).Split(0.6, 0.2);
        Assert.Equal(Scaled.Windows(8, inputs: ["wind"]).Training.Count, holed.Windows(8, inputs: ["wind"]).Training.Count);
        Assert.True(holed.Windows(8, inputs: ["wind"], targets: ["kind"]).Training.Count < holed.Windows(8, inputs: ["wind"]).Training.Count);
    }

    // In code for any model, as a formatter sees it that has not run the generator.
    private static IReadOnlyList<ForecastPoint> Ahead<TModel>(TModel model, TimeSeries series) where TModel : class, IRecurrentModel<TModel> =>
        model.Forecast(series);

    private static CompilerServices.ModelState<TModel> StateOf<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel> => model.State;

    private static IReadOnlyList<IReadOnlyList<ForecastPoint>> Sequences<TModel>(TModel model, WindowedDataset data) where TModel : class, IRecurrentModel<TModel> =>
        DatasetPredictions.Sequences(model.State, data);

    private static double[,] Column(int column)
    {
        var values = Values();
        var result = new double[values.GetLength(0), 1];
        for (int row = 0; row < values.GetLength(0); row++) result[row, 0] = values[row, column];
        return result;
    }

    private static double[,] Values()
    {
        var values = new double[240, 3];
        for (int hour = 0; hour < 240; hour++)
            (values[hour, 0], values[hour, 1], values[hour, 2]) = (250 + (80 * Math.Sin(hour / 9.0)), 5 + (3 * Math.Cos(hour / 5.0)), hour * 7 % 4);
        return values;
    }
}
