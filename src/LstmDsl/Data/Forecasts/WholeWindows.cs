namespace LstmDsl;

/// <summary>From which windows there is a forecast, since nothing is missing that it reads: asked alike by training, forecasts and backtests.</summary>
internal sealed class WholeWindows
{
    private readonly ForecastPlan plan;
    private readonly FrameRows rows;
    private readonly Lazy<int[]> lackingInWindow, lackingAhead, lackingTargets;

    /// <summary>Takes rows, in which it looks for missing values once somebody asks about more than one window.</summary>
    /// <param name="plan">What is forecast from what.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="clock">Their clock.</param>
    public WholeWindows(ForecastPlan plan, FrameRows rows, ClockRows clock)
    {
        (this.plan, this.rows, Reads) = (plan, rows, new(plan, clock));
        lackingInWindow = new(() => Lacking(plan.WindowColumns, (column, row) => IsRead(column, row, isAhead: false)));
        lackingAhead = new(() => Lacking(plan.FutureColumns, (column, row) => IsRead(column, row, isAhead: true)));
        lackingTargets = new(() => Lacking(plan.Targets, (column, row) => Has(column.Name, row)));
    }

    /// <summary>Which rows windows read.</summary>
    public WindowReads Reads { get; }

    /// <summary>Whether all is there that a window needs to forecast from.</summary>
    /// <param name="start">Its first row; its steps ahead lie within the rows.</param>
    public bool IsComplete(int start)
    {
        var first = start + plan.Window + plan.Lead;
        return start >= 0
            && !Lacks(lackingInWindow.Value, start, plan.Window)
            && !Lacks(lackingAhead.Value, first, plan.Horizon)
            && Reads.References(start).All(read => Has(read.Column, read.Row));
    }

    /// <summary>Whether what came is known at each step ahead.</summary>
    /// <param name="start">The window's first row.</param>
    public bool HasTargets(int start)
    {
        var first = start + plan.Window + plan.Lead;
        return first + plan.Horizon <= rows.Series.Count && !Lacks(lackingTargets.Value, first, plan.Horizon);
    }

    /// <summary>
    /// The first column that is missing in a window or over its horizon, and where; null where all is there. It looks at that window's rows
    /// alone.
    /// </summary>
    /// <param name="start">The window's first row.</param>
    public string? FirstMissing(int start)
    {
        foreach (var read in Reads.Of(start))
        {
            if (!Has(read.Column, read.Row))
                return $"'{read.Column}' at {rows.When(read.Row)}";
        }

        return null;
    }

    private bool IsRead(ForecastColumn column, int row, bool isAhead)
    {
        var source = Reads.Source(column, row);
        return Has(column.Name, source) && (Reads.ChangedFrom(column, source, isAhead) is not { } before || Has(column.Name, before));
    }

    private bool Has(string column, int row) => row >= 0 && !double.IsNaN(rows[column][row]);

    private static bool Lacks(int[] lacking, int first, int count) => lacking[first + count] != lacking[first];

    // How many of the rows before each one lack something; parts of dates never do.
    private int[] Lacking(IEnumerable<ForecastColumn> all, Func<ForecastColumn, int, bool> has)
    {
        ForecastColumn[] columns = [.. all.Where(column => column.Part is null)];
        var lacking = new int[rows.Count + 1];
        for (var row = 0; row < rows.Count; row++)
            lacking[row + 1] = lacking[row] + (Array.TrueForAll(columns, column => has(column, row)) ? 0 : 1);
        return lacking;
    }
}
