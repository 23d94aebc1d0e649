namespace LstmDsl;

/// <summary>The orders in which the calls of a graph follow one another.</summary>
internal static class KerasTraversal
{
    /// <summary>
    /// Each behind what it takes, as one comes upon them from the output on; graphs that are alike give the same sequence, and a chain gives
    /// itself.
    /// </summary>
    /// <param name="output">The call that gives the output.</param>
    /// <param name="sources">What a call takes, in order.</param>
    /// <param name="circle">What to throw of a call that takes what follows from itself; null where that cannot be.</param>
    public static List<T> BehindSources<T>(T output, Func<T, IEnumerable<T>> sources, Func<T, Exception>? circle = null)
        where T : notnull
    {
        var ordered = new List<T>();
        var isDone = new Dictionary<T, bool>();
        Visit(output);
        return ordered;

        void Visit(T call)
        {
            if (isDone.TryGetValue(call, out var done))
            {
                if (!done && circle is not null)
                    throw circle(call);
                return;
            }

            isDone[call] = false;
            foreach (var source in sources(call))
                Visit(source);
            isDone[call] = true;
            ordered.Add(call);
        }
    }

    /// <summary>
    /// Keras's own order, by which it numbers layers in files: those first from which most calls lead to the output; of several the one that
    /// one comes upon first from there, before what it takes.
    /// </summary>
    /// <param name="output">The call that gives the output.</param>
    /// <param name="sources">What a call takes, in order.</param>
    public static List<T> FarthestFirst<T>(T output, Func<T, IEnumerable<T>> sources)
        where T : notnull
    {
        var met = new Dictionary<T, int>();
        Meet(output);
        var distances = new Dictionary<T, int>();
        var ordered = BehindSources(output, sources);
        for (var i = ordered.Count - 1; i >= 0; i--)
        {
            var distance = distances.GetValueOrDefault(ordered[i]);
            distances[ordered[i]] = distance;
            foreach (var source in sources(ordered[i]))
                distances[source] = Math.Max(distance + 1, distances.GetValueOrDefault(source));
        }

        return [.. ordered.OrderByDescending(call => distances[call]).ThenBy(call => met[call])];

        void Meet(T call)
        {
            if (!met.TryAdd(call, met.Count))
                return;
            foreach (var source in sources(call))
                Meet(source);
        }
    }
}
