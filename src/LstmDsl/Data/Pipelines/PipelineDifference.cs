namespace LstmDsl;

/// <summary>Compares pipelines, in the order in which a person would.</summary>
internal static class PipelineDifference
{
    private const string UnitMend = " Convert the values, or give the series no unit where it is the same by another name.";

    /// <summary>The first difference, in words that call the first one's value first; null where there is none.</summary>
    public static string? First(Pipeline one, Pipeline other) =>
        OfWindows(one, other) ?? Units(one.Columns, one.Units, other.Units, unknownFits: false)
        ?? Text("time zone is", one.Zone, other.Zone) ?? Transforms(one, other);

    /// <summary>
    /// What keeps data of one pipeline from a model of another, as <see cref="First(Pipeline, Pipeline)"/> says it, and how to mend that;
    /// null where they fit. A unit that one of them does not know keeps nothing.
    /// </summary>
    public static (string Difference, string Mend)? Misfit(Pipeline one, Pipeline other)
    {
        if (OfWindows(one, other) is { } windows) return (windows, "");
        if (Units(one.Columns, one.Units, other.Units) is { } units) return (units, UnitMend);
        return Transforms(one, other) is { } transforms ? (transforms, " Split(…).Standardize(model) uses the model's own.") : null;
    }

    /// <summary>The first difference between a pipeline and a series that is to pass through it; null where it fits.</summary>
    public static string? First(Pipeline pipeline, TimeSeries series) =>
        Names("columns are", pipeline.Columns, series.Columns) ?? Text("time step is", pipeline.TimeStep, series.Step)
        ?? Units(pipeline.Columns, pipeline.Units, series.Units);

    private static string? OfWindows(Pipeline one, Pipeline other) =>
        Names("columns are", one.Columns, other.Columns)
        ?? Names("targets are", one.Targets, other.Targets)
        ?? Text("time step is", one.TimeStep, other.TimeStep)
        ?? Number("timesteps are", one.Timesteps, other.Timesteps)
        ?? Number("sampling rate is", one.SamplingRate, other.SamplingRate)
        ?? Number("horizon is", one.Horizon, other.Horizon)
        ?? Text("targets of a window are", TargetWords(one), TargetWords(other));

    private static string? Units(
        IReadOnlyList<string> columns, IReadOnlyList<string?> one, IReadOnlyList<string?> other, bool unknownFits = true)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (one[i] == other[i] || (unknownFits && (one[i] is null || other[i] is null))) continue;
            var areOfAll = !CommonUnit.Differ(one) && !CommonUnit.Differ(other);
            return Text(areOfAll ? "unit is" : $"unit of the column '{columns[i]}' is", one[i], other[i]);
        }
        return null;
    }

    private static string? Transforms(Pipeline one, Pipeline other)
    {
        string[] kinds = [.. one.Transforms.Select(transform => transform.Kind)];
        string[] otherKinds = [.. other.Transforms.Select(transform => transform.Kind)];
        if (Names("transforms are", kinds, otherKinds) is { } difference) return difference;
        return one.Transforms.Zip(other.Transforms, (a, b) => a.FirstDifference(b, one.Columns)).FirstOrDefault(found => found is not null);
    }

    private static string TargetWords(Pipeline pipeline) => pipeline.SequenceTargets ? "a sequence" : "one row";

    private static string? Names(string what, IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        one.SequenceEqual(other, StringComparer.Ordinal) ? null : $"the {what} {List(one)}, the other's {List(other)}";

    private static string? Text(string what, string? one, string? other) =>
        one == other ? null : $"the {what} {one ?? "not known"}, the other's {other ?? "is not known"}";

    private static string? Number(string what, int one, int other) =>
        one == other ? null : FormattableString.Invariant($"the {what} {one}, the other's {other}");

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : $"'{string.Join("', '", names)}'";
}
