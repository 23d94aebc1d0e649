namespace LstmDsl;

/// <summary>The steps that a series is brought to, and which of its rows lie in each.</summary>
internal sealed class ResampledSteps
{
    // As where gaps are filled: a wrong time must not allocate without end.
    private const long FreeValues = 16_777_216;
    private const int ValuesPerValue = 16;

    private readonly TimeAxis source;
    private readonly List<long> bounds = [];
    private readonly List<int> firstRows = [];

    /// <summary>Lays out steps from the first row's to the last row's.</summary>
    /// <param name="series">The series.</param>
    /// <param name="step">The step.</param>
    /// <param name="throughLastRow">Whether the last row's own step is laid out to its end.</param>
    public ResampledSteps(TimeSeries series, TimeStep step, bool throughLastRow)
    {
        source = series.Axis;
        HasSteps = source is { HasOwnTimes: false, Step: not null };
        Axis = FirstStep(step);
        var most = (FreeValues / series.Columns.Count) + ((long)ValuesPerValue * series.Count);
        var end = throughLastRow && HasSteps ? Ticks(source, source.Count) : Ticks(source, source.Count - 1L) + 1;
        var row = 0;
        for (bounds.Add(Ticks(Axis, 0)); bounds[^1] < end; bounds.Add(Ticks(Axis, bounds.Count)))
        {
            if (bounds.Count > most || (bounds.Count + 1L) * series.Columns.Count > Array.MaxLength)
            {
                throw new ArgumentException($"From {TimeSeriesText.Time(series, 0)} to {TimeSeriesText.Time(series, series.Count - 1)} there are more than "
                    + $"{Counted.Of(bounds.Count, "step")} of {step}, and {Counted.Of(series.Count, "row")} to fill them; take a longer step, or mend the "
                    + "times.", nameof(step));
            }

            firstRows.Add(row);
            var next = Ticks(Axis, bounds.Count);
            while (row < source.Count && Ticks(source, row) < next)
                row++;
        }

        firstRows.Add(row);
    }

    /// <summary>The steps' axis, of which the number of rows is not yet known.</summary>
    public TimeAxis Axis { get; }

    /// <summary>Whether the series' own rows are at equal steps.</summary>
    public bool HasSteps { get; }

    /// <summary>Number of steps.</summary>
    public int Count => firstRows.Count - 1;

    /// <summary>The series' rows that lie in a step.</summary>
    public (int First, int End) Rows(int step) => (firstRows[step], firstRows[step + 1]);

    /// <summary>Where a step begins, in ticks.</summary>
    public long Begin(int step) => bounds[step];

    /// <summary>How many rows would lie in a step before the series' first one and behind its last.</summary>
    public long AbsentRows(int step) => HasSteps ? Before(step) + Behind(step) : 0;

    /// <summary>A row whose time runs from one step into another without filling whole ones; null where there is none, or rows are at no
    /// equal steps.</summary>
    public int? Straddling()
    {
        for (var step = 0; HasSteps && step < Count; step++)
        {
            var (first, end) = Rows(step);
            for (var row = first; row < end; row++)
            {
                var rowEnd = Ticks(source, row + 1L);
                var isWithin = rowEnd <= bounds[step + 1];
                var fillsWhole = Ticks(source, row) == bounds[step] && bounds.BinarySearch(rowEnd) >= 0;
                if (!isWithin && !fillsWhole)
                    return row;
            }
        }

        return null;
    }

    private static long Ticks(TimeAxis axis, long row) => axis[row]!.Value.UtcTicks;

    private TimeAxis FirstStep(TimeStep step)
    {
        var first = source.Start!.Value;
        var begin = step.Floor(first.DateTime);
        return step.IsOfCalendar || source.Zone is null
            ? TimeAxis.From(1, begin, step, source.Zone)
            : TimeAxis.From(1, first.UtcDateTime - (first.DateTime - begin), step, source.Zone);
    }

    private long Before(int step)
    {
        if (firstRows[step] > 0 || firstRows[step + 1] == 0)
            return 0;
        if (source.Step is FixedStep { Ticks: var length })
            return (Ticks(source, 0) - bounds[step]) / length;
        var absent = 0L;
        while (Ticks(source, -absent - 1) >= bounds[step])
            absent++;
        return absent;
    }

    private long Behind(int step)
    {
        if (firstRows[step + 1] < source.Count || firstRows[step] == source.Count)
            return 0;
        var last = Ticks(source, source.Count - 1L);
        if (source.Step is FixedStep { Ticks: var length })
            return (bounds[step + 1] - 1 - last) / length;
        var absent = 0L;
        while (Ticks(source, source.Count + absent) < bounds[step + 1])
            absent++;
        return absent;
    }
}
