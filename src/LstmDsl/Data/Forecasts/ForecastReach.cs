namespace LstmDsl;

/// <summary>
/// How far a forecast goes. Within the horizon the network gives all steps at once. Beyond it, each further horizon is forecast from rows
/// whose targets were forecast before: its windows hold rows ahead, whose known columns have to be known, too, and of which nothing but targets
/// is forecast. With a lead, the rows between the last known one and the first step are forecast from as many rows before.
/// </summary>
internal sealed class ForecastReach
{
    private readonly ForecastPlan plan;

    /// <summary>Measures it.</summary>
    /// <param name="plan">What is forecast.</param>
    /// <param name="steps">Steps ahead; null for the horizon.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    /// <exception cref="ArgumentException">It lies beyond the horizon, and a column is read there that nobody can know.</exception>
    public ForecastReach(ForecastPlan plan, int? steps)
    {
        this.plan = plan;
        Steps = steps ?? plan.Horizon;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Steps, nameof(steps));
        Horizons = (int)(((long)Steps + plan.Horizon - 1) / plan.Horizon);
        if (IsBeyond)
            RequireForecastColumns();
    }

    /// <summary>Steps ahead.</summary>
    public int Steps { get; }

    /// <summary>Whole horizons that are forecast one after the other.</summary>
    public int Horizons { get; }

    /// <summary>Whether it goes on from what was forecast.</summary>
    public bool IsBeyond => Horizons > 1;

    /// <summary>Rows behind the last known one.</summary>
    public int RowsAhead => checked(plan.Lead + (Horizons * plan.Horizon));

    /// <summary>Rows up to the last known one that windows hold.</summary>
    public int RowsBack => plan.Window + (IsBeyond ? plan.Lead : 0);

    /// <summary>The first rows of the windows that are forecast from one after the other, those before the first step's among them.</summary>
    /// <param name="known">Rows that are known.</param>
    public IEnumerable<int> Starts(int known)
    {
        for (var horizon = 0; IsBeyond && horizon * plan.Horizon < plan.Lead; horizon++)
            yield return known - plan.Lead + (horizon * plan.Horizon) - plan.Window;
        for (var horizon = 0; horizon < Horizons; horizon++)
            yield return known + (horizon * plan.Horizon) - plan.Window;
    }

    /// <summary>The columns that have to be known ahead.</summary>
    public SeriesColumns KnownColumns => IsBeyond ? plan.OwnKnownColumns : plan.KnownColumns;

    /// <summary>The first row that they are needed at, 1 for the one behind the last known.</summary>
    public int FirstKnown => IsBeyond ? 1 : plan.Lead + 1;

    /// <summary>The last one: the end of the last horizon, or, where nothing of it joins, of the last window.</summary>
    public int LastKnown => plan.JoinsFuture ? RowsAhead : RowsAhead - plan.Lead - plan.Horizon;

    private void RequireForecastColumns()
    {
        string[] own = [.. plan.Targets.Select(target => target.Name), .. plan.OwnKnownColumns.Names];
        var read = plan.WindowColumns.Concat(plan.FutureColumns).Where(column => column.Part is null).Select(column => column.Name);
        string[] unknown = [.. read.Distinct(StringComparer.Ordinal).Except(own, StringComparer.Ordinal)];
        if (unknown.Length == 0)
            return;
        throw new ArgumentException(
            $"Asked for {Steps} steps; those beyond the horizon, {plan.Horizon}, are forecast from rows that were forecast, and {ColumnNames.Listed(unknown)} "
            + $"{(unknown.Length == 1 ? "is" : "are")} known until now only ([Past]). Ask for at most {Counted.Of(plan.Horizon, "step")}, declare a longer "
            + "horizon, or declare the column as [Known] and say what it will be.", "steps");
    }
}
