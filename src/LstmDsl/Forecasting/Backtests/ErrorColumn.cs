namespace LstmDsl;

/// <summary>A measure as a column of tables and files.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="FileName">Its name in files.</param>
/// <param name="Kind">What its numbers are.</param>
/// <param name="Value">Its number; null where there is none.</param>
internal sealed record ErrorColumn(string Name, string FileName, ErrorColumn.Kinds Kind, Func<ForecastErrors, double?> Value)
{
    /// <summary>What numbers are.</summary>
    public enum Kinds
    {
        /// <summary>In the target's unit.</summary>
        InUnit,

        /// <summary>A number without a unit.</summary>
        Plain,

        /// <summary>In percent.</summary>
        Percent,

        /// <summary>A share, shown in percent.</summary>
        Share,
    }

    private static readonly ErrorColumn[] Points =
    [
        new("MAE", "mae", Kinds.InUnit, errors => errors.MeanAbsoluteError) { IsBrief = true },
        new("RMSE", "rmse", Kinds.InUnit, errors => errors.RootMeanSquaredError) { IsBrief = true },
        new("bias", "bias", Kinds.InUnit, errors => errors.Bias) { IsBrief = true },
        new("WAPE", "wape_percent", Kinds.Percent, errors => errors.WeightedAbsolutePercentageError) { IsBrief = true },
        new("sMAPE", "smape_percent", Kinds.Percent, errors => errors.SymmetricMeanAbsolutePercentageError),
        new("MASE", "mase", Kinds.Plain, errors => errors.MeanAbsoluteScaledError) { IsBrief = true },
        new("RMSSE", "rmsse", Kinds.Plain, errors => errors.RootMeanSquaredScaledError),
        new("quantile loss", "mean_quantile_loss", Kinds.InUnit, errors => errors.MeanQuantileLoss),
        new("wQL", "weighted_quantile_loss", Kinds.Plain, errors => errors.WeightedQuantileLoss),
    ];

    /// <summary>Whether one looks at it first.</summary>
    public bool IsBrief { get; private init; }

    /// <summary>Whether its numbers are in the target's unit.</summary>
    public bool IsInUnit => Kind == Kinds.InUnit;

    /// <summary>All measures, those of intervals last.</summary>
    public static IEnumerable<ErrorColumn> All(IReadOnlyList<IntervalErrors> intervals) => [.. Points, .. intervals.SelectMany(OfInterval)];

    /// <summary>A number for people.</summary>
    public string Text(ForecastErrors errors, string format) => Value(errors) is not { } value ? NumberText.None
        : Kind == Kinds.Share ? LevelPair.Percent(Math.Round(value, 3))
        : Kind == Kinds.Percent ? NumberText.Of(value, "N2") + " %"
        : NumberText.Of(value, format);

    // Baselines have no intervals, so that their rows have no numbers there.
    private static IEnumerable<ErrorColumn> OfInterval(IntervalErrors interval)
    {
        var (share, name) = (LevelPair.Percent(interval.Nominal), FormattableString.Invariant($"{100 * interval.Nominal:0.##}").Replace('.', '_'));
        yield return new($"in {share}", "coverage_" + name, Kinds.Share, errors => Find(errors)?.Coverage) { IsBrief = true };
        yield return new($"width {share}", "width_" + name, Kinds.InUnit, errors => Find(errors)?.MeanWidth);
        yield return new($"MSIS {share}", "msis_" + name, Kinds.Plain, errors => Find(errors)?.MeanScaledIntervalScore);

        IntervalErrors? Find(ForecastErrors errors) => errors.Intervals.FirstOrDefault(other => other.Nominal == interval.Nominal);
    }
}
