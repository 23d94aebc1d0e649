namespace LstmDsl;

/// <summary>Compares pipelines, in the order in which a person would.</summary>
internal static class PipelineDifference
{
    private const string ZoneMend = " Dates, lags and seasons go by a zone's clocks; read both series with the same zone.";
    private const string UnitMend = " Convert the values, or give the series no unit where it is the same by another name.";

    /// <summary>The first difference, in words that call the first one's value first; null where there is none.</summary>
    public static string? First(Pipeline one, Pipeline other) =>
        OfWindows(one, other) ?? Units(one, other, unknownFits: false) ?? Text("time zone is", one.Zone, other.Zone) ?? Scalings(one, other);

    /// <summary>
    /// What keeps data of one pipeline from a model of another, as <see cref="First(Pipeline, Pipeline)"/> says it, and how to mend that;
    /// null where they fit. A unit that one of them does not know keeps nothing.
    /// </summary>
    public static (string Difference, string Mend)? Misfit(Pipeline one, Pipeline other)
    {
        if (OfWindows(one, other) is { } windows) return (windows, "");
        if (Units(one, other) is { } units) return (units, UnitMend);
        if (one.Forecast is not null && Text("time zone is", one.Zone, other.Zone) is { } zone) return (zone, ZoneMend);
        return Scalings(one, other) is { } scalings ? (scalings, one.Forecast is null
            ? " Split(…).Standardize(model) uses the model's own."
            : " Take windows of the split that it was trained on; of other rows model.WindowsAsTrained(split) cuts those that go on with the model's own "
                + "numbers, and Backtest(series) forecasts with them.") : null;
    }

    /// <summary>
    /// The first difference between a pipeline and a series that is to pass through it; null where it fits. A series may have more columns,
    /// in any order.
    /// </summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="series">The series.</param>
    /// <param name="needed">The columns that it must have.</param>
    public static string? First(Pipeline pipeline, TimeSeries series, IEnumerable<string> needed)
    {
        string[] names = [.. needed];
        if (names.Except(series.Columns, StringComparer.Ordinal).Any())
            return Names("columns are", names, series.Columns);
        return Text("time step is", pipeline.TimeStep, series.Step) ?? OfUnits(pipeline, series, names);
    }

    /// <summary>The first of some columns that has another unit in a series, in words; null where units fit, or one is not known.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="series">The series, which has these columns.</param>
    /// <param name="names">The columns.</param>
    public static string? OfUnits(Pipeline pipeline, TimeSeries series, IReadOnlyList<string> names)
    {
        PipelineColumn[] columns = [.. pipeline.Columns.Where(column => names.Contains(column.Name, StringComparer.Ordinal))];
        return Units([.. columns.Select(column => column.Name)], [.. columns.Select(column => column.Unit)],
            [.. columns.Select(column => series.Units[series.ColumnIndex(column.Name, nameof(series))])]);
    }

    private static string? OfWindows(Pipeline one, Pipeline other) =>
        Names("columns are", one.Inputs, other.Inputs)
        ?? Names("targets are", one.Targets, other.Targets)
        ?? Text("time step is", one.TimeStep, other.TimeStep)
        ?? Number("timesteps are", one.Timesteps, other.Timesteps)
        ?? Number("sampling rate is", one.SamplingRate, other.SamplingRate)
        ?? Number("horizon is", one.Horizon, other.Horizon)
        ?? Text("targets of a window are", TargetWords(one), TargetWords(other))
        ?? Declarations(one.Forecast, other.Forecast);

    private static string? Declarations(ForecastPlan? one, ForecastPlan? other) => (one, other) switch
    {
        (null, null) => null,
        (null, _) => "one is of no declared forecast, the other is",
        (_, null) => "one is of a declared forecast, the other is not",
        _ => one.FirstDifference(other),
    };

    private static string? Units(Pipeline one, Pipeline other, bool unknownFits = true) =>
        Units([.. one.Columns.Select(column => column.Name)], one.Units, other.Units, unknownFits);

    private static string? Units(
        IReadOnlyList<string> columns, IReadOnlyList<string?> one, IReadOnlyList<string?> other, bool unknownFits = true)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (one[i] == other[i] || (unknownFits && (one[i] is null || other[i] is null))) continue;
            var areOfAll = !ColumnUnits.Differ(one) && !ColumnUnits.Differ(other);
            return Text(areOfAll ? "unit is" : $"unit of the column '{columns[i]}' is", one[i], other[i]);
        }
        return null;
    }

    private static string? Scalings(Pipeline one, Pipeline other) => one.Columns.Zip(other.Columns)
        .Select(pair => pair.First.Scaling.FirstDifference(pair.Second.Scaling, pair.First.Name)).FirstOrDefault(found => found is not null);

    private static string TargetWords(Pipeline pipeline) => pipeline switch
    {
        { SequenceTargets: true } => "a sequence",
        { TargetSteps: > 1 } => FormattableString.Invariant($"{pipeline.TargetSteps} steps"),
        _ => "one row",
    };

    private static string? Names(string what, IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.SequenceEqual(other, StringComparer.Ordinal) ? null : $"the {what} {List(one)}, the other's {List(other)}";

    private static string? Text(string what, string? one, string? other) =>
        one == other ? null : $"the {what} {one ?? "not known"}, the other's {other ?? "is not known"}";

    private static string? Number(string what, int one, int other) =>
        one == other ? null : FormattableString.Invariant($"the {what} {one}, the other's {other}");

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : $"'{string.Join("', '", names)}'";
}
