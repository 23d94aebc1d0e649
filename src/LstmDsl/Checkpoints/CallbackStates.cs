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
}
