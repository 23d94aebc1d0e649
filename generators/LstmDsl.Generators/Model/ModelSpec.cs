namespace LstmDsl.Generators;

/// <summary>A layer as it was declared: one row of the summary, one view of weights.</summary>
/// <param name="Name">Name in code.</param>
/// <param name="FileName">Name in files and summaries.</param>
/// <param name="Kind">Which attribute declares it.</param>
/// <param name="FirstKernel">Index of the first of its kernels; they follow each other.</param>
/// <param name="KernelCount">How many they are.</param>
internal sealed record DeclaredLayer(string Name, string FileName, AttributeKind Kind, int FirstKernel, int KernelCount)
{
    /// <summary>Keras's class name, if it has one.</summary>
    public string KerasKind => RecurrentKind.Of(Kind)?.Name ?? Kind.ToString();
}

/// <summary>
/// A declared model. Where <see cref="Faults"/> has entries, what is wrong has been replaced by the nearest thing that can be planned.
/// </summary>
internal sealed record ModelSpec(
    TypeSpec Type, int Timesteps, int Features, int BatchSize, EquatableArray<DeclaredLayer> Declared, EquatableArray<LayerSpec> Layers,
    EquatableArray<Fault> Faults);
