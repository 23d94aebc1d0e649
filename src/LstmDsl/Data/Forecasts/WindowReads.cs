namespace LstmDsl;

/// <summary>
/// Which rows a declared forecast reads, whatever they hold: those of the window and the steps ahead, what lags behind these, and what
/// changes are counted from, by the clocks of the zone.
/// </summary>
/// <param name="plan">What is forecast from what.</param>
/// <param name="clock">The rows' clock.</param>
internal sealed class WindowReads(ForecastPlan plan, ClockRows clock)
{
    // Of a column that is declared twice the first one's, as it is fitted.
    private readonly Dictionary<string, Scaling> scalings = plan.Columns.Where(column => column.Part is null)
        .GroupBy(column => column.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First().Scaling, StringComparer.Ordinal);

    /// <summary>How many rows a forecast reads, up to its last known one.</summary>
    /// <param name="plan">What is forecast from what.</param>
    /// <param name="axis">Times of which the row 0 is the last known one; without times no clock is looked at.</param>
    /// <param name="reach">How far ahead.</param>
    public static int RowsBack(ForecastPlan plan, TimeAxis axis, ForecastReach reach)
    {
        var last = 0;
        if (axis is { Step: FixedStep step, Zone: not null })
        {
            // Rows so far back that none before the first is asked for: clocks are moved by less than a day.
            last = reach.RowsBack + plan.Columns.Max(column => column.Lag) + (2 * plan.Season) + plan.Lead + plan.Horizon
                + (int)Math.Min(2 * TimeSpan.TicksPerDay / step.Ticks, 1 << 24);
            axis = new(1, axis[-last]!.Value, step, axis.Zone);
        }

        return last + 1 - new WindowReads(plan, new(axis)).Earliest(reach, last + 1);
    }

    /// <summary>The row that a change at another is counted from; perhaps before the first.</summary>
    public static int ChangedFrom(ForecastPlan plan, ClockRows clock, Scaling kind, int row) =>
        kind == Scaling.Difference ? row - 1 : clock.Before(row, plan.Season);

    /// <summary>The row that a column is taken from at a row; perhaps before the first.</summary>
    public int Source(ForecastColumn column, int row) =>
        column.Lag == 0 ? row : Math.Min(clock.Before(row, column.Lag), row - plan.Horizon - plan.Lead);

    /// <summary>
    /// The row that a column's change at another is counted from; null where the column is taken as it is, and at steps ahead where the change
    /// is counted from one of the <see cref="References"/>.
    /// </summary>
    public int? ChangedFrom(ForecastColumn column, int source, bool isAhead) =>
        scalings[column.Name] is var kind and (Scaling.Difference or Scaling.Seasonal) && !(isAhead && GoesBackFurther(column))
            ? ChangedFrom(plan, clock, kind, source)
            : null;

    /// <summary>The earliest row that a window needs; before the first one where the rows do not reach so far back.</summary>
    /// <param name="start">The window's first row.</param>
    public int Earliest(int start) => Of(start).Aggregate(start, (earliest, read) => Math.Min(earliest, Math.Min(read.Row, read.CountedRow)));

    /// <summary>The earliest row that any of the windows needs from which a forecast goes on: clocks may take a later one further back.</summary>
    /// <param name="reach">How far ahead.</param>
    /// <param name="known">Rows that are known.</param>
    public int Earliest(ForecastReach reach, int known) => reach.Starts(known).Min(Earliest);

    /// <summary>All that a window needs.</summary>
    /// <param name="start">The window's first row.</param>
    public IEnumerable<RowRead> Of(int start)
    {
        var first = start + plan.Window + plan.Lead;
        foreach (var column in plan.Columns.Where(column => column.Part is null))
        {
            var inWindow = column.IsInWindow ? Enumerable.Range(start, plan.Window) : [];
            var ahead = plan.JoinsFuture && column.Role == ForecastRole.Known ? Enumerable.Range(first, plan.Horizon) : [];
            foreach (var row in inWindow.Concat(ahead))
            {
                var source = Source(column, row);
                yield return new(column.Name, source, row - column.Lag);
                if (ChangedFrom(column, source, row >= first) is { } before)
                    yield return new(column.Name, before, source - (scalings[column.Name] == Scaling.Seasonal ? plan.Season : 1));
            }
        }

        foreach (var read in References(start))
            yield return read;
    }

    /// <summary>What the steps ahead of a window are told apart from, a season or more before: of targets, and of known columns beyond it.</summary>
    /// <param name="start">The window's first row.</param>
    public IEnumerable<RowRead> References(int start)
    {
        var (last, first) = (start + plan.Window - 1, start + plan.Window + plan.Lead);
        foreach (var column in plan.Columns)
        {
            if (column.Role == ForecastRole.Target ? scalings[column.Name] != Scaling.Seasonal : !GoesBackFurther(column))
                continue;
            for (var row = first; row < first + plan.Horizon; row++)
            {
                var seasons = clock.SeasonsBack(row, plan.Season, last);
                yield return new(column.Name, clock.Before(row, seasons * plan.Season), row - (seasons * plan.Season));
            }
        }
    }

    // Beyond one season the steps ahead of a known column go back to different ones.
    private bool GoesBackFurther(ForecastColumn column) => plan.JoinsFuture && plan.Horizon + plan.Lead > plan.Season
        && column is { Role: ForecastRole.Known, Part: null, Lag: 0 } && scalings[column.Name] == Scaling.Seasonal;
}
