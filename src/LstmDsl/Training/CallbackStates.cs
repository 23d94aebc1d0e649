namespace LstmDsl;

/// <summary>What the callbacks of a run need to go on, by the callbacks' names.</summary>
internal sealed record CallbackStates
{
    /// <summary>Numbers; a name for each callback that has a state.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Numbers { get; init; }

    /// <summary>Texts, of those callbacks that have some.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Texts { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Weights, as parameter blocks, of those callbacks that keep some.</summary>
    public IReadOnlyDictionary<string, float[]> Weights { get; init; } = new Dictionary<string, float[]>();

    /// <summary>Those of a run that has not begun: each starts afresh.</summary>
    public static CallbackStates None { get; } = new() { Numbers = new Dictionary<string, IReadOnlyDictionary<string, double>>() };

    /// <summary>The states of this moment.</summary>
    public static CallbackStates Of(IEnumerable<Callback> callbacks)
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

        return new() { Numbers = numbers, Texts = texts, Weights = weights };
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

/// <summary>A run that a checkpoint was written in and that the next fit goes on with.</summary>
/// <param name="Path">The checkpoint.</param>
/// <param name="Position">Where the run stood.</param>
/// <param name="Record">Its epochs.</param>
/// <param name="Seed">Its seed.</param>
internal sealed record Resumption(string Path, RunPosition Position, RunRecord Record, int Seed);
