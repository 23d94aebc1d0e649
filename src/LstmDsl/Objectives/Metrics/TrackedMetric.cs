namespace LstmDsl;

/// <summary>A metric in a run.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Name">Its name in logs, different from all others.</param>
/// <param name="IsWeighted">Whether it sees sample and class weights.</param>
internal sealed record TrackedMetric(Metric Metric, string Name, bool IsWeighted)
{
    /// <summary>
    /// The metrics of a run, with Keras's names: a second of the same name gets <c>_1</c>, or the next number that is free, a weighted one
    /// that is there without weights <c>weighted_</c>.
    /// </summary>
    /// <exception cref="ArgumentException">A metric is null, or has a name that logs hold something else under.</exception>
    public static TrackedMetric[] Of(IEnumerable<Metric> metrics, IEnumerable<Metric> weighted)
    {
        var taken = new HashSet<string>();
        var tracked = new List<TrackedMetric>();
        foreach (var metric in Checked(metrics, "Metrics"))
            tracked.Add(new(metric, Unused(metric.Name), IsWeighted: false));
        foreach (var metric in Checked(weighted, "WeightedMetrics"))
            tracked.Add(new(metric, Unused(taken.Contains(metric.Name) ? "weighted_" + metric.Name : metric.Name), IsWeighted: true));
        return [.. tracked];

        string Unused(string name)
        {
            var unused = name;
            for (var number = 1; !taken.Add(unused); number++)
                unused = FormattableString.Invariant($"{name}_{number}");
            return unused;
        }
    }

    private static IEnumerable<Metric> Checked(IEnumerable<Metric> metrics, string list)
    {
        foreach (var (index, metric) in metrics.Index())
        {
            if (metric is null)
                throw new ArgumentException(FormattableString.Invariant($"{list}[{index}] is null; expected a metric."), list);
            if (metric.Name is "loss" or "learning_rate" || metric.Name.StartsWith("val_", StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{list}[{index}] has the name '{metric.Name}'; logs keep 'loss', 'learning_rate' and ")
                    + "all that begins with 'val_' for what training writes itself. Give the metric another name.",
                    list);
            }

            yield return metric;
        }
    }
}
