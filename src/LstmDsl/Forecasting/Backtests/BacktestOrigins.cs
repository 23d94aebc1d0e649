using System.Globalization;

namespace LstmDsl;

/// <summary>Chooses from which rows a backtest forecasts.</summary>
internal sealed class BacktestOrigins
{
    private readonly TimeSeries series;
    private readonly ForecastPlan plan;
    private readonly IReadOnlyList<Baseline> baselines;
    private readonly ClockRows clock;
    private readonly WholeWindows whole;
    private readonly int firstRow, lastRow;
    private string? withoutBaseline;

    /// <summary>Looks where values are missing.</summary>
    /// <param name="series">The series.</param>
    /// <param name="plan">What is forecast from what.</param>
    /// <param name="baselines">What forecasts from the same rows: all are measured on the same origins, or comparing them says nothing.</param>
    /// <exception cref="ArgumentException">The series lacks a column, or one has other units or words than were declared.</exception>
    public BacktestOrigins(TimeSeries series, ForecastPlan plan, IReadOnlyList<Baseline> baselines)
    {
        (this.series, this.plan, this.baselines) = (series, plan, baselines);
        clock = new(series.Axis, series.Count);
        whole = new(plan, new FrameRows(plan, series), clock);
        lastRow = series.Count - 1 - plan.Lead - plan.Horizon;
        firstRow = plan.Window - 1;
        while (firstRow <= lastRow && whole.Reads.Earliest(Start(firstRow)) is < 0 and var before)
            firstRow -= before;
    }

    /// <summary>How many were passed over, since values are missing that they need.</summary>
    public int Skipped { get; private set; }

    /// <summary>The last known rows, rising.</summary>
    /// <param name="count">How many; null for all.</param>
    /// <param name="stride">The time from one to the next; null for the horizon.</param>
    /// <param name="from">The first one's time; null for the last ones.</param>
    /// <exception cref="ArgumentException">There are not so many, or the stride does not fit.</exception>
    public int[] Choose(int? count, TimeStep? stride, ItemTime? from)
    {
        if (count is { } asked)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(asked, nameof(count));
        CheckStride(stride);
        var found = new List<int>();
        var anchor = from is { } time ? RowAt(time) : lastRow;
        Skipped = 0;
        foreach (var row in Candidates(anchor, stride, from is null ? -1 : 1))
        {
            if (found.Count == count)
                break;
            if (whole.IsComplete(Start(row)) && whole.HasTargets(Start(row)) && AllForecast(row))
                found.Add(row);
            else if (whole.Reads.Earliest(Start(row)) >= 0)
                Skipped++;
        }

        if (found.Count == 0 || found.Count < count)
            throw TooFew(count, found, from);
        found.Sort();
        return [.. found];
    }

    /// <summary>Those of some last known rows, all of which a model forecasts from, from which the baselines do, too.</summary>
    /// <param name="rows">The rows, rising.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public int[] Among(int[] rows)
    {
        int[] found = [.. rows.Where(AllForecast)];
        Skipped = rows.Length - found.Length;
        return found.Length > 0 ? found : throw new ArgumentException(
            $"None of the {Counted.Of(rows.Length, "window")} is one from which all baselines forecast. {withoutBaseline}");
    }

    private bool AllForecast(int row)
    {
        var without = baselines.Select(baseline => baseline.Without(plan, series, row, clock)).FirstOrDefault(reason => reason is not null);
        withoutBaseline = without ?? withoutBaseline;
        return without is null;
    }

    private void CheckStride(TimeStep? stride)
    {
        if (stride is null)
            return;
        if (series.Start is null)
        {
            throw new ArgumentException(
                $"{series.Name} has no times, so that a stride of {stride} says nothing; leave it out, and origins follow each other by the horizon.",
                nameof(stride));
        }

        if (stride is FixedStep wanted && series.Axis is { Step: FixedStep own, HasOwnTimes: false } && wanted.Ticks % own.Ticks != 0)
        {
            throw new ArgumentException(
                $"The stride of {stride} leads from a row to none: rows are {series.Step} apart. Take a multiple.", nameof(stride));
        }
    }

    // Rows from one on, in the one direction or the other.
    private IEnumerable<int> Candidates(int anchor, TimeStep? stride, int direction)
    {
        if (anchor < firstRow || anchor > lastRow)
            yield break;
        var grid = stride is null ? null : new TimeAxis(1, series.TimeAt(anchor)!.Value, stride, series.Zone);
        var before = anchor - direction;
        for (var index = 0L; ; index++)
        {
            var row = grid is null ? anchor + (direction * index * plan.Horizon) : RowNotBehind(grid[direction * index]!.Value);
            if (row < firstRow || row > lastRow)
                yield break;
            if (row == before)
                throw new ArgumentException($"The stride of {stride} is shorter than the step from row to row, {series.Step}.", nameof(stride));
            yield return before = (int)row;
        }
    }

    private int Start(int row) => row - plan.Window + 1;

    private int RowAt(ItemTime from)
    {
        if (series.Start is null)
            throw new ArgumentException($"{series.Name} has no times; leave 'from' out.", nameof(from));
        var time = series.Axis.TimeOf(from);
        var row = RowNotBehind(time);
        if (row >= 0 && row < series.Count && series.Axis.TicksOf(series.TimeAt(row)!.Value) == series.Axis.TicksOf(time))
            return (int)row;
        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"No row is at {time:yyyy-MM-dd HH:mm:sszzz}, from which the backtest should go: rows are those from {TimeSeriesText.Time(series, 0)} "
            + $"to {TimeSeriesText.Time(series, series.Count - 1)}, {series.Step} apart. The first origin's time is that of its last known row."),
            nameof(from));
    }

    /// <summary>The last row that is not behind a time; −1 where all are.</summary>
    private long RowNotBehind(DateTimeOffset time) => SeriesRows.NotBehind(series, time);

    private ArgumentException TooFew(int? count, List<int> found, ItemTime? from)
    {
        var back = WindowReads.RowsBack(plan, new(0), new(plan, null));
        var needs = $"each needs {Counted.Of(back, "known row")} and {Counted.Of(plan.Lead + plan.Horizon, "row")} that came";
        var where = from is null ? "" : $" from {TimeText.Of(series.Axis.TimeOf(from.Value), series.Zone, dateOnly: false)} on";
        var wanted = count is { } asked ? Counted.Of(asked, "origin") : "origins";
        return new(
            $"Asked for {wanted}; {series.Name} has {found.Count}{where}: {needs}"
            + (Skipped > 0 ? $", and {Skipped} miss some of these" : "")
            + $". Its {Counted.Of(series.Count, "row")} go from {TimeSeriesText.Time(series, 0)} to {TimeSeriesText.Time(series, series.Count - 1)}. "
            + "Take fewer, or a shorter stride."
            + (withoutBaseline is null ? "" : $" Or other baselines: {withoutBaseline}"));
    }
}
