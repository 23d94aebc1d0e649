namespace LstmDsl.Generators;

/// <summary>
/// What sets a recurrent layer apart from the others: its attribute, the runtime's cell, its gates, its tensors and its options. Planners and
/// emitters ask for these and for no layer by its name; a new layer is one more of them.
/// </summary>
internal sealed record RecurrentKind
{
    private RecurrentKind()
    {
    }

    /// <summary>The attribute that declares it.</summary>
    public required AttributeKind Attribute { get; init; }

    /// <summary>Its name in summaries and files: Keras's, if it has one.</summary>
    public required string Name { get; init; }

    /// <summary>The runtime's cell.</summary>
    public required string Cell { get; init; }

    /// <summary>Letters of the gates in the order of their columns; one for a layer without gates.</summary>
    public required string Gates { get; init; }

    /// <summary>Whether the state goes through a recurrent kernel.</summary>
    public bool HasRecurrentKernel { get; init; } = true;

    /// <summary>Whether a second state goes from timestep to timestep.</summary>
    public bool Carries { get; init; }

    /// <summary>Values for each unit that are kept beside the gates.</summary>
    public int KeptPerUnit { get; init; }

    /// <summary>Whether a prediction has them too.</summary>
    public bool KeepsInPrediction { get; init; }

    /// <summary>Rows of the bias.</summary>
    public int BiasRows { get; init; } = 1;

    /// <summary>Activation of the output, or of the candidate, where none is declared.</summary>
    public Activation UsualActivation { get; init; } = Activation.Tanh;

    /// <summary>Whether there is a reset gate, before the recurrent kernel or after it, as ResetAfter says.</summary>
    public bool HasReset { get; init; }

    /// <summary>Whether it comes before.</summary>
    public bool ResetsBefore { get; init; }

    /// <summary>Whether the bias of the second gate starts at one, if UnitForgetBias does not say otherwise.</summary>
    public bool HasForgetBias { get; init; }

    /// <summary>Whether there are gates, with an activation of their own.</summary>
    public bool HasGates => Gates.Length > 1;

    /// <summary>
    /// Gradients of a unit's states that a backward pass hands from timestep to timestep, or from one half of a cell to the other.
    /// </summary>
    public int StateGradients => Carries || ResetsBefore ? 2 : 1;

    /// <summary>The kinds; of those that share an attribute first the one that its defaults mean.</summary>
    private static RecurrentKind[] All { get; } =
    [
        new()
        {
            Attribute = AttributeKind.Lstm,
            Name = "LSTM",
            Cell = "LstmCell",
            Gates = "ifco",
            Carries = true,
            KeptPerUnit = 1,
            HasForgetBias = true,
        },
        new()
        {
            Attribute = AttributeKind.Gru,
            Name = "GRU",
            Cell = "GruCell",
            Gates = "zrh",
            KeptPerUnit = 3,
            KeepsInPrediction = true,
            BiasRows = 2,
            HasReset = true,
        },
        new()
        {
            Attribute = AttributeKind.Gru,
            Name = "GRU",
            Cell = "GruResetBeforeCell",
            Gates = "zrh",
            KeptPerUnit = 1,
            KeepsInPrediction = true,
            HasReset = true,
            ResetsBefore = true,
        },
        new()
        {
            Attribute = AttributeKind.SimpleRnn,
            Name = "SimpleRNN",
            Cell = "SimpleRnnCell",
            Gates = "h",
        },
        new()
        {
            Attribute = AttributeKind.MinGru,
            Name = "MinGRU",
            Cell = "MinGruCell",
            Gates = "zh",
            HasRecurrentKernel = false,
            UsualActivation = Activation.Linear,
        },
    ];

    /// <summary>The kind that an attribute with all its defaults declares; null where it declares no recurrent layer.</summary>
    public static RecurrentKind? Of(AttributeKind kind)
    {
        foreach (var recurrent in All)
        {
            if (recurrent.Attribute == kind)
                return recurrent;
        }

        return null;
    }

    /// <summary>The kind that an attribute declares.</summary>
    public static RecurrentKind Of(DeclaredAttribute attribute) => All.First(recurrent =>
        recurrent.Attribute == attribute.Kind
        && (!recurrent.HasReset || recurrent.ResetsBefore != attribute.Flag("ResetAfter", otherwise: true)));
}
