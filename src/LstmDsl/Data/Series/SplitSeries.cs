using System.Globalization;

namespace LstmDsl;

/// <summary>
/// A series cut into a training, a validation and a test part, in the order of time. The parts are ranges of the whole series' rows: a
/// window's inputs may reach back across a border, and the window belongs to the part that holds its target, or all of its targets.
/// </summary>
public sealed class SplitSeries
{
    private readonly IReadOnlyDictionary<string, ColumnScaling>? scalings;
    private readonly int trainingEnd, validationEnd;

    private SplitSeries(TimeSeries series, int trainingEnd, int validationEnd,
        IReadOnlyDictionary<string, ColumnScaling>? scalings, IReadOnlyList<string> warnings)
    {
        Series = series;
        this.trainingEnd = trainingEnd;
        this.validationEnd = validationEnd;
        this.scalings = scalings;
        Warnings = warnings;
    }

    /// <summary>The whole series, in its own units.</summary>
    public TimeSeries Series { get; }

    /// <summary>The training part's rows.</summary>
    public Range TrainingRows => 0..trainingEnd;

    /// <summary>The validation part's rows.</summary>
    public Range ValidationRows => trainingEnd..validationEnd;

    /// <summary>The test part's rows.</summary>
    public Range TestRows => validationEnd..Series.Count;

    /// <summary>What a person should know, such as a constant column.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Whether scalings have been fitted.</summary>
    internal bool IsScaled => scalings is not null;

    /// <summary>
    /// Standardises each column: z = (x − mean) / σ, mean and population σ taken in double from the training part alone, holes left
    /// out. A column that is constant there, or whose spread is rounding error, scales by 1, with a warning. Categories stay as they are.
    /// </summary>
    /// <param name="except">Columns that stay as they are, such as the numbers of classes; by default none.</param>
    /// <exception cref="ArgumentException">A name is no column.</exception>
    /// <exception cref="InvalidOperationException">The series is scaled already.</exception>
    /// <exception cref="InvalidDataException">The training part has holes only, or a column's numbers are too large.</exception>
    public SplitSeries Standardize(IReadOnlyList<string>? except = null)
    {
        foreach (var name in except ?? []) Series.ColumnIndex(name, nameof(except));
        return Scale(column => except?.Contains(column) == true ? Scaling.None : Scaling.Standard);
    }

    /// <summary>
    /// Scales each column as is said, with numbers taken in double from the training part alone, holes left out:
    /// <c>Scale(Scaling.Standard, new() { ["count"] = Scaling.Log1p })</c>. A column that is constant there, or whose spread is rounding
    /// error, scales by 1, with a warning. Categories stay as they are.
    /// </summary>
    /// <param name="scaling">How columns are scaled that are not named.</param>
    /// <param name="columns">How these are scaled, by their names.</param>
    /// <exception cref="ArgumentException">A name is no column, or it is one of categories and its numbers would be scaled.</exception>
    /// <exception cref="InvalidOperationException">The series is scaled already.</exception>
    /// <exception cref="InvalidDataException">
    /// The training part has holes only, a column's numbers are too large, or one has no logarithm where one is asked for.
    /// </exception>
    public SplitSeries Scale(Scaling scaling = Scaling.Standard, Dictionary<string, Scaling>? columns = null)
    {
        foreach (var (name, own) in columns ?? [])
        {
            RefuseWindowsOwn(own, nameof(columns));
            Series.ColumnIndex(name, nameof(columns));
            if (own != Scaling.None && Series.Categories(name).Count > 0)
            {
                throw new ArgumentException(
                    $"The column '{name}' holds the numbers of categories, which say nothing by their size; "
                    + $"found {nameof(Scaling)}.{own}, expected {nameof(Scaling)}.{nameof(Scaling.None)}, or leave it out.", nameof(columns));
            }
        }
        RefuseWindowsOwn(scaling, nameof(scaling));
        return Scale(column => columns is not null && columns.TryGetValue(column, out var own) ? own : scaling);
    }

    /// <summary>Scales each column as a model's own data were, whatever this series' mean and σ are.</summary>
    /// <param name="model">A model that was trained on a series, or loaded.</param>
    /// <exception cref="ArgumentException">The model has no pipeline, or one for other columns, another step or another unit.</exception>
    /// <exception cref="InvalidOperationException">The series is scaled already.</exception>
    public SplitSeries Standardize(IHasPipeline model)
    {
        ArgumentNullException.ThrowIfNull(model);
        RefuseSecondScaling();
        if (model.Pipeline is not { } pipeline)
        {
            throw new ArgumentException(
                "The model has no pipeline of its own: it gets one when it is trained on a series' windows, "
                + "or from the file that it is loaded from. Use Standardize() instead.", nameof(model));
        }
        if (PipelineDifference.First(pipeline, Series, pipeline.Columns.Select(column => column.Name)) is { } difference)
        {
            throw new ArgumentException($"The model's pipeline does not fit the series: {difference}.", nameof(model));
        }
        var own = pipeline.Columns.ToDictionary(column => column.Name, column => column.Scaling, StringComparer.Ordinal);
        return new SplitSeries(Series, trainingEnd, validationEnd, own, Warnings);
    }

    /// <summary>
    /// Cuts windows: one that starts at row s has the rows s, s + samplingRate, …, and its target at row
    /// s + (timesteps − 1 + horizon)·samplingRate, and at the next ones where there are <paramref name="targetSteps"/>. With
    /// <paramref name="sequenceTargets"/>, for models that give sequences, its target is the window moved by the horizon: the rows from
    /// s + horizon·samplingRate up to that one. A window belongs to the part in which all its targets lie; those whose targets straddle a
    /// border are dropped and counted. Rows are held once, whatever the number of windows; none crosses a hole. Only the training part is
    /// shuffled.
    /// </summary>
    /// <param name="timesteps">Timesteps of a window.</param>
    /// <param name="horizon">
    /// Timesteps from a window's last to its (first) target: not how many are forecast, which <paramref name="targetSteps"/> says.
    /// </param>
    /// <param name="batchSize">Windows of a batch.</param>
    /// <param name="sequenceStride">Rows from one window's start to the next, counted from the series' first row.</param>
    /// <param name="samplingRate">Rows from one timestep to the next.</param>
    /// <param name="shuffle">Whether the training part gets a new order each epoch.</param>
    /// <param name="seed">The order's seed; by default that of the training.</param>
    /// <param name="targets">The target columns' names; by default the inputs.</param>
    /// <param name="sequenceTargets">Whether each timestep has its target, rather than the window as a whole.</param>
    /// <param name="inputs">The input columns' names, in the network's order; by default all columns.</param>
    /// <param name="targetSteps">
    /// How many steps are forecast at once: those at the horizon, one later, …; for a head of targetSteps × targets units, step by step, or
    /// for a model that gives a sequence of targetSteps.
    /// </param>
    /// <param name="halfLife">
    /// Rows after which an older training window weighs half as much: one whose last target lies k rows before the newest one's weighs
    /// 2^(−k / halfLife), and all together their number. By default all weigh 1.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    /// <exception cref="ArgumentException">
    /// A window is longer than the series, a part gets no window, an input or a target is no column, or both kinds of several targets are
    /// asked for.
    /// </exception>
    /// <exception cref="InvalidDataException">A value is too large for a float, or has no logarithm where one is asked for.</exception>
    public DatasetSplit Windows(int timesteps, int horizon = 1, int batchSize = 128, int sequenceStride = 1, int samplingRate = 1,
        bool shuffle = true, int? seed = null, IReadOnlyList<string>? targets = null, bool sequenceTargets = false,
        IReadOnlyList<string>? inputs = null, int targetSteps = 1, double? halfLife = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sequenceStride);
        if (halfLife is { } rowsToHalf && !(rowsToHalf > 0))
            throw new ArgumentOutOfRangeException(nameof(halfLife), halfLife, "The half-life is a number of rows, greater than 0.");
        if (inputs is not null) ColumnNames.Find(Series, inputs, "input", nameof(inputs));
        if (targets is not null) ColumnNames.Find(Series, targets, "target", nameof(targets));
        inputs ??= Series.Columns;
        targets ??= inputs;
        var used = inputs.Union(targets, StringComparer.Ordinal).Where(name => scalings?.ContainsKey(name) == true);
        var pipeline = new Pipeline(inputs, targets, timesteps, samplingRate, horizon, Series.Step, unit: null,
            used.ToDictionary(name => name, name => scalings![name], StringComparer.Ordinal), sequenceTargets, targetSteps,
            Series.Columns.Zip(Series.Units).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), Series.Zone);
        var windows = new SeriesWindows(Series, pipeline);
        var (starts, straddling) = windows.Starts(sequenceStride, [trainingEnd, validationEnd, Series.Count]);
        FloatRows rows = windows.Rows(), targetRows = windows.TargetRows(rows);
        WindowedDataset Part(int part)
        {
            var source = windows.Source(rows, targetRows, starts[part]);
            if (part == 0 && halfLife is { } half) source = source with { Weights = RecencyWeights.Of(source.Starts, half) };
            return new(source, batchSize)
            {
                Name = SeriesWindows.PartNames[part],
                Windows = windows,
                Straddling = straddling[part],
                Shuffle = part == 0 && shuffle,
                Seed = seed,
                Warnings = part == 0 ? Warnings : [],
            };
        }
        return new DatasetSplit(Part(0), Part(1), Part(2));
    }

    /// <summary>The three parts' rows and times, a line each.</summary>
    public override string ToString() =>
        string.Join('\n', PartLine(0, 0, trainingEnd), PartLine(1, trainingEnd, validationEnd), PartLine(2, validationEnd, Series.Count));

    /// <summary>Cuts a series at ⌊n·a⌋ and ⌊n·(a + b)⌋.</summary>
    internal static SplitSeries Cut(TimeSeries series, double training, double validation)
    {
        if (!(training > 0 && training < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(training), training, "The training part's share must lie between 0 and 1.");
        }
        if (!(validation > 0 && training + validation < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(validation), validation, string.Create(CultureInfo.InvariantCulture,
                $"The validation part's share must be positive and, with the training part's {training}, leave something for the test."));
        }
        return new SplitSeries(series, Border(series.Count, training), Border(series.Count, training + validation), null, []);
    }

    /// <summary>Cuts a series at the first rows that are not before two times.</summary>
    internal static SplitSeries Cut(TimeSeries series, ItemTime validation, ItemTime test)
    {
        if (series.Start is null)
            throw new InvalidOperationException($"{series.Name} has no times to be cut at; cut it by shares, or by its last rows (SplitLast).");
        DateTimeOffset validationTime = series.Axis.TimeOf(validation), testTime = series.Axis.TimeOf(test);
        int first = FirstAt(series, validationTime), second = FirstAt(series, testTime);
        if (first == 0 || second <= first || second >= series.Count)
        {
            throw new ArgumentException(
                $"{series.Name} reaches from {TimeSeriesText.Time(series, 0)} to {TimeSeriesText.Time(series, series.Count - 1)}; cut at "
                + $"{validationTime:yyyy-MM-dd HH:mm zzz} and {testTime:yyyy-MM-dd HH:mm zzz} "
                + $"{(first == 0 ? "there is nothing to train on" : second <= first ? "the validation part is empty" : "nothing is left for the test")}.",
                nameof(validation));
        }
        return new SplitSeries(series, first, second, null, []);
    }

    /// <summary>Cuts a series before its last rows.</summary>
    internal static SplitSeries CutLast(TimeSeries series, int validation, int test)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(validation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(test);
        if ((long)validation + test >= series.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(validation), validation, string.Create(CultureInfo.InvariantCulture,
                $"{series.Name} has {series.Count} rows; {validation} to validate and {test} for the test leave nothing to train on."));
        }
        return new SplitSeries(series, series.Count - test - validation, series.Count - test, null, []);
    }

    private static int FirstAt(TimeSeries series, DateTimeOffset time)
    {
        int low = 0, high = series.Count;
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (series.Axis.TicksOf(series.TimeAt(middle)!.Value) < series.Axis.TicksOf(time)) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    // 100 rows at 0.29 are 29, though the product in double is 28.999999999999996.
    private static int Border(int rows, double share)
    {
        const double roundingErrors = 1e-12;
        double border = rows * share, whole = Math.Round(border);
        return (int)(Math.Abs(border - whole) <= roundingErrors * rows ? whole : Math.Floor(border));
    }

    private string PartLine(int part, int start, int end)
    {
        var name = SeriesWindows.PartNames[part];
        return start == end
            ? $"{name}: no rows"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {end - start:N0} rows, {TimeSeriesText.Time(Series, start)} to {TimeSeriesText.Time(Series, end - 1)}");
    }

    private SplitSeries Scale(Func<string, Scaling> kind)
    {
        RefuseSecondScaling();
        var warnings = new List<string>(Warnings);
        var fitted = new Dictionary<string, ColumnScaling>(StringComparer.Ordinal);
        for (var column = 0; column < Series.Columns.Count; column++)
        {
            var name = Series.Columns[column];
            var own = Series.Categories(name).Count > 0 ? Scaling.None : kind(name);
            fitted.Add(name, ScalingFit.Of(Series, trainingEnd, column, own, warnings));
        }
        return new SplitSeries(Series, trainingEnd, validationEnd, fitted, warnings);
    }

    private static void RefuseWindowsOwn(Scaling scaling, string parameter)
    {
        _ = new ColumnScaling(scaling);
        if (scaling is Scaling.WindowMean or Scaling.WindowLast or Scaling.Difference or Scaling.Seasonal)
        {
            throw new ArgumentException(
                $"{nameof(Scaling)}.{scaling} takes what each window knows, which only a declared forecast can undo; declare it: "
                + $"[Forecast(…)] [Target(…, Scaling = {nameof(Scaling)}.{scaling})]. Here stand {nameof(Scaling)}.{nameof(Scaling.Standard)}, "
                + $"{nameof(Scaling.MinMax)}, {nameof(Scaling.Log)}, {nameof(Scaling.Log1p)} or {nameof(Scaling.None)}.", parameter);
        }
    }

    private void RefuseSecondScaling()
    {
        if (IsScaled)
        {
            throw new InvalidOperationException("The series is scaled already; call Scale or Standardize once, on what Split returns.");
        }
    }
}
