using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// What generated code and this library agree on. Generated code mentions the version that its generator was made for, so that a
/// generator and a library that do not fit together fail to compile rather than to run.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Contract
{
    /// <summary>
    /// The plan holds layers as they were declared, <see cref="LayerPlan"/>; every shape says which layer's it is, <see cref="ILayerShape"/>, and
    /// leaves out what is as usual; offsets of activations are given for one sample.
    /// </summary>
    public const int Version3 = 3;
}
