namespace LstmDsl;

/// <summary>Compares pipelines, in the order in which a person would.</summary>
internal static class PipelineDifference
{
    /// <summary>The first difference, in words that call the first one's value first; null where there is none.</summary>
    public static string? First(Pipeline one, Pipeline other) =>
        Names("columns are", one.Columns, other.Columns)
        ?? Names("targets are", one.Targets, other.Targets)
        ?? Text("time step is", one.TimeStep, other.TimeStep)
        ?? Number("timesteps are", one.Timesteps, other.Timesteps)
        ?? Number("sampling rate is", one.SamplingRate, other.SamplingRate)
        ?? Number("horizon is", one.Horizon, other.Horizon)
        ?? Text("targets of a window are", TargetWords(one), TargetWords(other))
        ?? Text("unit is", one.Unit, other.Unit)
        ?? Transforms(one, other);

    /// <summary>The first difference between a pipeline and a series that is to pass through it; null where it fits.</summary>
    public static string? First(Pipeline pipeline, TimeSeries series) =>
        Names("columns are", pipeline.Columns, series.Columns) ?? Text("time step is", pipeline.TimeStep, series.Step);

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
        one == other ? null : $"the {what} {one ?? "not known"}, the other's {other ?? "not known"}";

    private static string? Number(string what, int one, int other) =>
        one == other ? null : FormattableString.Invariant($"the {what} {one}, the other's {other}");

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : $"'{string.Join("', '", names)}'";
}
