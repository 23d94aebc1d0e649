namespace LstmDsl;

/// <summary>A metric in a run.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Name">Its name in logs, different from all others.</param>
/// <param name="IsWeighted">Whether it sees sample and class weights.</param>
internal sealed record TrackedMetric(Metric Metric, string Name, bool IsWeighted)
{
    /// <summary>
    /// The metrics of a run, with Keras's names: a second of the same name gets <c>_1</c>, a weighted one that is there without weights
    /// <c>weighted_</c>.
    /// </summary>
    public static TrackedMetric[] Of(IEnumerable<Metric> metrics, IEnumerable<Metric> weighted)
    {
        var uses = new Dictionary<string, int>();
        var tracked = new List<TrackedMetric>();
        foreach (var metric in metrics)
            tracked.Add(new(metric, Unused(metric.Name), IsWeighted: false));
        foreach (var metric in weighted)
            tracked.Add(new(metric, Unused(uses.ContainsKey(metric.Name) ? "weighted_" + metric.Name : metric.Name), IsWeighted: true));
        return [.. tracked];

        string Unused(string name)
        {
            var before = uses.GetValueOrDefault(name);
            uses[name] = before + 1;
            return before == 0 ? name : FormattableString.Invariant($"{name}_{before}");
        }
    }
}
