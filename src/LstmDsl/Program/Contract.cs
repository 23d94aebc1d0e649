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
    /// Reading and writing models left <see cref="ModelState"/> for <see cref="ModelFiles"/>, and recurrent layers run as
    /// <see cref="IRecurrentCell">cells</see>.
    /// </summary>
    public const int Version2 = 2;
}
