using System.Globalization;

namespace LstmDsl;

/// <summary>
/// A series cut into a training, a validation and a test part, in the order of time. The parts are ranges of the whole series' rows: a
/// window's inputs may reach back across a border, and the window belongs to the part that holds its target, or the last of its targets.
/// </summary>
public sealed class SplitSeries
{
    private readonly Transform[] transforms;
    private readonly int trainingEnd, validationEnd;

    private SplitSeries(TimeSeries series, int trainingEnd, int validationEnd, Transform[] transforms, IReadOnlyList<string> warnings)
    {
        Series = series;
        this.trainingEnd = trainingEnd;
        this.validationEnd = validationEnd;
        this.transforms = transforms;
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

    /// <summary>
    /// Standardises each column: z = (x − mean) / σ, mean and population σ taken in double from the training part alone, holes left
    /// out. A column that is constant there, or whose spread is rounding error, scales by 1, with a warning.
    /// </summary>
    /// <param name="except">Columns that stay as they are, such as the numbers of classes; by default none.</param>
    /// <exception cref="ArgumentException">A name is no column.</exception>
    /// <exception cref="InvalidOperationException">The series is scaled already.</exception>
    /// <exception cref="InvalidDataException">The training part has holes only, or a column's numbers are too large.</exception>
    public SplitSeries Standardize(IReadOnlyList<string>? except = null)
    {
        RefuseSecondTransform();
        foreach (var name in except ?? []) Series.ColumnIndex(name, nameof(except));
        var warnings = new List<string>(Warnings);
        var fitted = StandardizationFit.Of(Series, trainingEnd, except ?? [], warnings);
        return new SplitSeries(Series, trainingEnd, validationEnd, [fitted], warnings);
    }

    /// <summary>Scales each column as a model's own data were, whatever this series' mean and σ are.</summary>
    /// <param name="model">A model that was trained on a series, or loaded.</param>
    /// <exception cref="ArgumentException">The model has no pipeline, or one for other columns, another step or another unit.</exception>
    /// <exception cref="InvalidOperationException">The series is scaled already.</exception>
    public SplitSeries Standardize(IHasPipeline model)
    {
        ArgumentNullException.ThrowIfNull(model);
        RefuseSecondTransform();
        if (model.Pipeline is not { } pipeline)
        {
            throw new ArgumentException(
                "The model has no pipeline of its own: it gets one when it is trained on a series' windows, "
                + "or from the file that it is loaded from. Use Standardize() instead.", nameof(model));
        }
        if (PipelineDifference.First(pipeline, Series) is { } difference)
        {
            throw new ArgumentException($"The model's pipeline does not fit the series: {difference}.", nameof(model));
        }
        return new SplitSeries(Series, trainingEnd, validationEnd, [.. pipeline.Transforms], Warnings);
    }

    /// <summary>
    /// Cuts windows: one that starts at row s has the rows s, s + samplingRate, …, and its target at row
    /// s + (timesteps − 1 + horizon)·samplingRate. With <paramref name="sequenceTargets"/>, for models that give sequences, its target is
    /// the window moved by the horizon: the rows from s + horizon·samplingRate up to that one. Rows are held once, whatever the number of
    /// windows; none crosses a hole. Only the training part is shuffled.
    /// </summary>
    /// <param name="timesteps">Timesteps of a window.</param>
    /// <param name="horizon">
    /// Timesteps from a window's last to its target, which is one row: not how many are forecast, which <c>Forecast(series, steps)</c>
    /// takes.
    /// </param>
    /// <param name="batchSize">Windows of a batch.</param>
    /// <param name="sequenceStride">Rows from one window's start to the next, counted from the series' first row.</param>
    /// <param name="samplingRate">Rows from one timestep to the next.</param>
    /// <param name="shuffle">Whether the training part gets a new order each epoch.</param>
    /// <param name="seed">The order's seed; by default that of the training.</param>
    /// <param name="targets">The target columns' names; by default all.</param>
    /// <param name="sequenceTargets">Whether each timestep has its target, rather than the window as a whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    /// <exception cref="ArgumentException">A window is longer than the series, a part gets no window, or a target is no column.</exception>
    /// <exception cref="InvalidDataException">A value is too large for a float.</exception>
    public DatasetSplit Windows(int timesteps, int horizon = 1, int batchSize = 128, int sequenceStride = 1, int samplingRate = 1,
        bool shuffle = true, int? seed = null, IReadOnlyList<string>? targets = null, bool sequenceTargets = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sequenceStride);
        var pipeline = new Pipeline(Series.Columns, targets ?? Series.Columns, timesteps, samplingRate, horizon,
            Series.Step, null, transforms, sequenceTargets, Series.Units, Series.Zone);
        int[][] starts = SeriesWindows.Starts(Series, pipeline, sequenceStride, [trainingEnd, validationEnd, Series.Count]);
        float[] rows = SeriesWindows.Scale(Series, pipeline);
        float[] targetRows = SeriesWindows.TargetRows(rows, pipeline);
        WindowedDataset Part(int part) => new(SeriesWindows.Source(rows, targetRows, starts[part], pipeline), batchSize)
        {
            Name = SeriesWindows.PartNames[part],
            Series = Series,
            Pipeline = pipeline,
            Shuffle = part == 0 && shuffle,
            Seed = seed,
            Warnings = part == 0 ? Warnings : [],
        };
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
        return new SplitSeries(series, Border(series.Count, training), Border(series.Count, training + validation), [], []);
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

    private void RefuseSecondTransform()
    {
        if (transforms.Length > 0)
        {
            throw new InvalidOperationException("The series is scaled already; call Standardize once, on what Split returns.");
        }
    }
}
