namespace LstmDsl.Tests;

/// <summary>What can be wrong with a series' windows, and with the data that a model is trained on or forecasts from.</summary>
internal static class WindowMessages
{
    private static readonly DateTime Start = new(2021, 1, 1);

    private static readonly TimeSeries Series = Hourly(200);

    public static IEnumerable<MessageCase> Of() => [.. OfWindows(), .. OfTraining(), .. OfForecasts()];

    private static IEnumerable<MessageCase> OfWindows()
    {
        yield return new("a series shorter than a window", () => Hourly(10).Split(0.6, 0.2).Windows(20));
        yield return new("a part without a window", () => Hourly(60).Split(0.2, 0.2).Windows(20));
        yield return new("a training part of no share", () => Series.Split(0, 0.2));
        yield return new("parts of more than the whole", () => Series.Split(0.7, 0.5));
        yield return new("no target", () => Series.Split(0.6, 0.2).Windows(20, targets: []));
        yield return new("a column to leave unscaled that there is not", () => Series.Split(0.6, 0.2).Standardize(except: ["temperature"]));
        yield return new("a model of another pipeline", () => PipelineTravelTests.StandardizedLike(
            Trained(Series.Split(0.6, 0.2).Standardize().Windows(6, sequenceTargets: true).Training), Hourly(200, "warm", "dry")));
        yield return new("a target that is no column", () => Series.Split(0.6, 0.2).Windows(20, targets: ["temperature"]));
        yield return new("a target twice", () => Series.Split(0.6, 0.2).Windows(20, targets: ["warm", "warm"]));
        yield return new("a series that is scaled already", () => Series.Split(0.6, 0.2).Standardize().Standardize());
        yield return new("a model without a pipeline", () => PipelineTravelTests.StandardizedLike(new TwoColumnSequence(seed: 1), Series));
        yield return new("a training part of holes", () =>
            TimeSeries.FromArrays([.. Enumerable.Repeat(double.NaN, 80), 1, 2, 3], missing: Missing.Hole).Split(0.6, 0.2).Standardize());
        yield return new("values too large to standardise", () =>
            TimeSeries.FromArrays([.. Enumerable.Range(0, 90).Select(row => row % 2 == 0 ? 1e300 : -1e300)]).Split(0.6, 0.2).Standardize());
        yield return new("values too large for floats", () =>
            TimeSeries.FromArrays([.. Enumerable.Repeat(1e39, 90)]).Split(0.6, 0.2).Windows(20));
        yield return new("an array of samples without data", () => WindowedDataset.FromArrays(Array.Empty<float>(), null, sequenceLength: 2));
        yield return new("an array of samples of three axes", () => WindowedDataset.FromArrays(new float[3, 2, 1], null, sequenceLength: 2));
        yield return new("an array of samples of no feature", () => WindowedDataset.FromArrays(new float[3, 0], null, sequenceLength: 2));
        yield return new("an array with NaN", () => WindowedDataset.FromArrays(new[] { 1, float.NaN, 3, 4 }, null, sequenceLength: 2));
        yield return new("an end before the start", () => WindowedDataset.FromArrays(new float[9], null, 2, startIndex: 4, endIndex: 3));
        yield return new("a start behind the data", () => WindowedDataset.FromArrays(new float[9], null, 2, startIndex: 9));
        yield return new("too few targets", () => WindowedDataset.FromArrays(new float[9], new float[1], 2, sequenceStride: 2, startIndex: 4));
    }

    private static IEnumerable<MessageCase> OfTraining()
    {
        static Action Fit<TModel>(Samples x, Samples y, Loss loss, params Metric[] metrics) where TModel : class, IRecurrentModel<TModel> => () =>
        {
            var trainer = new Trainer<TModel>(TModel.Create(seed: 1)) { Loss = loss };
            foreach (var metric in metrics)
                trainer.Metrics.Add(metric);
            trainer.Fit(x, y, verbose: 0);
        };
        static Action FitSeries<TModel>(Func<DatasetSplit> data, Loss? loss = null) where TModel : class, IRecurrentModel<TModel> => () =>
            new Trainer<TModel>(TModel.Create(seed: 1)) { Loss = loss ?? Loss.MeanSquaredError }.Fit(data().Training, verbose: 0);
        var mse = Loss.MeanSquaredError;

        yield return new("no loss", () => new WeatherLstm20.Trainer(new(seed: 1)).Fit(new float[3, 20], new float[3], verbose: 0));
        yield return new("no sample", Fit<WeatherLstm20>(new float[0, 20], Array.Empty<float>(), mse));
        yield return new("inputs of another shape", Fit<WeatherLstm20>(new float[3, 19], new float[3], mse));
        yield return new("targets of another number", Fit<WeatherLstm20>(new float[3, 20], new float[4], mse));
        yield return new("targets of another shape", Fit<WeatherLstm20>(new float[3, 20], new float[3, 2], mse));
        yield return new("an input that is NaN", Fit<WeatherLstm20>(With(new float[3, 20], float.NaN), new float[3], mse));
        yield return new("a double beyond floats", Fit<WeatherLstm20>(new float[3, 20], new[] { 1, 1e39, 2 }, mse));
        yield return new("class numbers for a column of each class", Fit<ClassesRnn5>(
            new float[3, 4, 2], new[] { 0, 1, 2 }, Loss.CategoricalCrossentropy()));
        yield return new("a column of each class for class numbers", Fit<ClassesRnn5>(
            new float[3, 4, 2], new float[3, 3], Loss.SparseCategoricalCrossentropy()));
        yield return new("a class that there is not", Fit<ClassesRnn5>(new float[3, 4, 2], new[] { 0, 3, 2 }, Loss.SparseCategoricalCrossentropy()));
        yield return new("a class of two that there is not", Fit<WeatherLstm20>(new float[3, 20], new[] { 0, 2, 1 }, Loss.BinaryCrossentropy()));
        yield return new("classes in one output", Fit<WeatherLstm20>(new float[3, 20], new float[3], Loss.CategoricalCrossentropy()));
        yield return new("a metric of other targets", Fit<ClassesRnn5>(
            new float[3, 4, 2], new float[3], Loss.SparseCategoricalCrossentropy(), Metric.CategoricalAccuracy));
        yield return new("windows of another shape", FitSeries<WeatherLstm20>(() => Series.Split(0.6, 0.2).Windows(20)));
        yield return new("as many units as timesteps ahead", FitSeries<OneDayAhead>(
            () => Series.Split(0.6, 0.2).Windows(4, horizon: 24, targets: ["warm"])));
        yield return new("units for other columns", FitSeries<ClassesRnn5>(() => Series.Split(0.6, 0.2).Windows(4)));
        yield return new("sequences of targets for one", FitSeries<ClassesRnn5>(() => Series.Split(0.6, 0.2).Windows(4, sequenceTargets: true)));
        yield return new("one target for sequences", FitSeries<TwoColumnSequence>(() => Series.Split(0.6, 0.2).Windows(6)));
        yield return new("standardised classes", FitSeries<ClassesRnn5>(
            () => Series.Split(0.6, 0.2).Standardize().Windows(4, targets: ["wet"]), Loss.SparseCategoricalCrossentropy()));
        yield return new("windows without batches", () => Fitted(WindowedDataset.FromArrays(new float[30], new float[30], 20, batchSize: null)));
        yield return new("windows without targets", () => Fitted(WindowedDataset.FromArrays(new float[30], null, 20)));
        yield return new("no window", () => Fitted(WindowedDataset.FromArrays(new float[19], new float[19], 20)));
        yield return new("a target that is NaN in a row that no window takes from", () => Fitted(WindowedDataset.FromArrays(
            new float[30], With(new float[30], float.NaN), 20)));
        yield return new("a validation split of all", () =>
            new WeatherLstm20.Trainer(new(seed: 1)) { Loss = mse }.Fit(new float[3, 20], new float[3], verbose: 0, validationSplit: 1));
        yield return new("a validation split of nothing", () =>
            new WeatherLstm20.Trainer(new(seed: 1)) { Loss = mse }.Fit(new float[3, 20], new float[3], verbose: 0, validationSplit: 0.9));
        yield return new("weights of other samples", () =>
            new WeatherLstm20.Trainer(new(seed: 1)) { Loss = mse }.Fit(new float[3, 20], new float[3], verbose: 0, sampleWeight: new float[2]));
        yield return new("a weight of a class that there is not", () => new ClassesRnn5.Trainer(new(seed: 1)) { Loss = Loss.SparseCategoricalCrossentropy() }
            .Fit(new float[3, 4, 2], new[] { 0, 1, 2 }, verbose: 0, classWeight: new Dictionary<int, double> { [7] = 1 }));
        yield return new("evaluating data of another shape", () => new WeatherLstm20.Trainer(new(seed: 1)) { Loss = mse }.Evaluate(new float[3, 19], new float[3]));
        yield return new("evaluating windows of another shape", () =>
            new WeatherLstm20.Trainer(new(seed: 1)) { Loss = mse }.Evaluate(Series.Split(0.6, 0.2).Windows(20).Test));
        yield return new("validation data of another pipeline", () =>
        {
            var (training, _, _) = Series.Split(0.6, 0.2).Standardize().Windows(6, sequenceTargets: true);
            var (_, validation, _) = Series.Split(0.5, 0.2).Standardize().Windows(6, sequenceTargets: true);
            Trained(training, validation);
        });
    }

    private static IEnumerable<MessageCase> OfForecasts()
    {
        var (training, _, _) = Series.Split(0.6, 0.2).Standardize().Windows(6, sequenceTargets: true);
        yield return new("a forecast of an untrained model", () => new TwoColumnSequence(seed: 1).Forecast(Series, steps: 3));
        yield return new("a prediction of an untrained model", () => new TwoColumnSequence(seed: 1).Predict(training));
        yield return new("a prediction of another pipeline's windows", () =>
            Trained(training).Predict(Series.Split(0.5, 0.2).Standardize().Windows(6, sequenceTargets: true).Test));
        yield return new("a prediction of arrays of another shape", () => new TwoColumnSequence(seed: 1).Predict(new float[2, 5, 2]));
        yield return new("a prediction of NaN", () => new WeatherLstm20(seed: 1).Predict(With(new float[3, 20], float.NaN)));
        yield return new("a prediction into too few values", () => new WeatherLstm20(seed: 1).Predict(new float[20], new float[2]));
        yield return new("a forecast of a value too large", () =>
        {
            var values = new double[9, 2];
            values[7, 1] = 1e300;
            Trained(training).Forecast(TimeSeries.FromArrays(values, ["warm", "wet"], Start, TimeSpan.FromHours(1)), steps: 3);
        });
        yield return new("a forecast of a model for a farther step", () => Trained(
            Series.Split(0.6, 0.2).Standardize().Windows(6, horizon: 2, sequenceTargets: true).Training).Forecast(Series, steps: 3));
        yield return new("a forecast of columns in another order", () => Trained(
            Series.Split(0.6, 0.2).Standardize().Windows(6, targets: ["wet", "warm"], sequenceTargets: true).Training).Forecast(Series, steps: 3));
        yield return new("a forecast from other columns", () => Trained(training).Forecast(Hourly(200, "warm", "dry"), steps: 3));
        yield return new("a forecast from fewer columns", () =>
            Trained(training).Forecast(TimeSeries.FromArrays(new double[9], Start, TimeSpan.FromHours(1)), steps: 3));
        yield return new("a forecast from another step", () =>
            Trained(training).Forecast(TimeSeries.FromArrays(new double[9, 2], ["warm", "wet"], Start, TimeSpan.FromDays(1)), steps: 3));
        yield return new("a forecast from a short series", () => Trained(training).Forecast(Hourly(5), steps: 3));
        yield return new("a forecast from a hole", () =>
        {
            var values = new double[9, 2];
            values[7, 1] = double.NaN;
            Trained(training).Forecast(
                TimeSeries.FromArrays(values, ["warm", "wet"], Start, TimeSpan.FromHours(1), Missing.Hole), steps: 3);
        });
        yield return new("training on another pipeline", () =>
        {
            var other = Series.Split(0.5, 0.2).Standardize().Windows(6, sequenceTargets: true).Training;
            var model = Trained(training);
            new TwoColumnSequence.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(other, verbose: 0);
        });
    }

    private static TwoColumnSequence Trained(WindowedDataset training, WindowedDataset? validation = null)
    {
        var model = new TwoColumnSequence(seed: 1);
        new TwoColumnSequence.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(training, validation, verbose: 0, stepsPerEpoch: 1);
        return model;
    }

    private static void Fitted(WindowedDataset data) =>
        new WeatherLstm20.Trainer(new(seed: 1)) { Loss = Loss.MeanSquaredError }.Fit(data, verbose: 0);

    private static float[] With(float[] values, float value)
    {
        values[1] = value;
        return values;
    }

    private static float[,] With(float[,] values, float value)
    {
        values[1, 2] = value;
        return values;
    }

    private static TimeSeries Hourly(int rows, params string[] columns)
    {
        var values = new double[rows, 2];
        for (var row = 0; row < rows; row++)
            (values[row, 0], values[row, 1]) = (row % 7, row % 5);
        return TimeSeries.FromArrays(values, columns.Length > 0 ? columns : ["warm", "wet"], Start, TimeSpan.FromHours(1), unit: "°C");
    }
}
