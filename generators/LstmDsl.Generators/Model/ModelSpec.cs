namespace LstmDsl.Generators;

/// <summary>A layer as it was declared: one row of the summary, one view of weights.</summary>
/// <param name="Name">Name in code.</param>
/// <param name="FileName">Name in files and summaries.</param>
/// <param name="Kind">Which attribute declares it.</param>
/// <param name="FirstKernel">Index of the first of its kernels; they follow each other.</param>
/// <param name="KernelCount">How many they are.</param>
/// <param name="Inputs">Names in files of the layers and inputs whose outputs it reads; none where it reads the model's only input.</param>
internal sealed record DeclaredLayer(
    string Name, string FileName, AttributeKind Kind, int FirstKernel, int KernelCount, EquatableArray<string> Inputs)
{
    /// <summary>Which attribute declares it, or the layer that it wraps.</summary>
    public required AttributeKind Inner { get; init; }

    /// <summary>Whether what it reads is the output of the layer before it, or, being the first, the model's input.</summary>
    public required bool ReadsLayerBefore { get; init; }

    /// <summary>Whether it is one of several inputs of the model.</summary>
    public bool IsInput => Kind == AttributeKind.Input;

    /// <summary>Keras's class name, if it has one.</summary>
    public string KerasKind => RecurrentKind.Of(Kind)?.Name ?? Kind.ToString();
}

/// <summary>An input of a model.</summary>
/// <param name="Name">Name in code; null where it has none.</param>
/// <param name="FileName">Name in files.</param>
/// <param name="Timesteps">Timesteps in a window.</param>
/// <param name="Features">Values at each timestep.</param>
internal sealed record InputSlot(string? Name, string FileName, int Timesteps, int Features)
{
    /// <summary>Values of a sample.</summary>
    public long Length => (long)Timesteps * Features;
}

/// <summary>
/// A declared model. Where <see cref="Faults"/> has entries, what is wrong has been replaced by the nearest thing that can be planned.
/// </summary>
internal sealed record ModelSpec(
    TypeSpec Type, EquatableArray<InputSlot> Inputs, int BatchSize, EquatableArray<DeclaredLayer> Declared, EquatableArray<LayerSpec> Layers,
    EquatableArray<Fault> Faults)
{
    /// <summary>What it forecasts, where it is declared by that.</summary>
    public ForecastSpec? Forecast { get; init; }

    /// <summary>The declared layer that a kernel belongs to.</summary>
    public DeclaredLayer OwnerOf(int kernel) => Declared.Last(declared => declared.FirstKernel <= kernel);

    /// <summary>Of each attribute that kernels name, the one that was written; none where all were written.</summary>
    public EquatableArray<int> Places { get; init; }

    /// <summary>Whether it takes several inputs; a sample then holds them one after the other, without a time axis.</summary>
    public bool HasSeveralInputs => Inputs.Count > 1;

    /// <summary>Timesteps of a sample as the program takes it.</summary>
    public int Timesteps => HasSeveralInputs ? 1 : Inputs.Count == 1 ? Inputs[0].Timesteps : 1;

    /// <summary>Values at each of these.</summary>
    public int Features => HasSeveralInputs
        ? (int)Math.Min(Inputs.Sum(input => input.Length), int.MaxValue)
        : Inputs.Count == 1 ? Inputs[0].Features : 1;
}
