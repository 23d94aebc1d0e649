namespace LstmDsl;

/// <summary>What is asked of the callbacks of a run together: their states, under names that no two share.</summary>
internal static class CallbackList
{
    /// <summary>Throws where a list of callbacks has a gap.</summary>
    public static void RequireNoGap(IList<Callback> callbacks, string name)
    {
        var missing = callbacks.IndexOf(null!);
        if (missing >= 0)
            throw new ArgumentException(FormattableString.Invariant($"{name}[{missing}] is null; expected a callback."), name);
    }

    /// <summary>The states of this moment.</summary>
    public static CallbackStates States(IEnumerable<Callback> callbacks)
    {
        var numbers = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        var texts = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        var weights = new Dictionary<string, float[]>();
        foreach (var (name, callback) in Named(callbacks))
        {
            numbers.Add(name, callback.State);
            if (callback.StateTexts is { Count: > 0 } own)
                texts.Add(name, own);
            if (callback.StateWeights is { } kept)
                weights.Add(name, kept);
        }

        return new CallbackStates { Numbers = numbers, Texts = texts, Weights = weights };
    }

    /// <summary>Those that have a state, each under a name of its own: of callbacks of one name the second is <c>name#2</c>.</summary>
    public static IEnumerable<(string Name, Callback Callback)> Named(IEnumerable<Callback> callbacks)
    {
        var counts = new Dictionary<string, int>();
        foreach (var callback in callbacks)
        {
            if (callback.StateName.Length == 0)
                continue;
            var number = counts[callback.StateName] = counts.GetValueOrDefault(callback.StateName) + 1;
            yield return (number == 1 ? callback.StateName : FormattableString.Invariant($"{callback.StateName}#{number}"), callback);
        }
    }
}
