using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>The constants of an activation as a layer of its own, or behind one that cannot apply it in place.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IActivationShape
{
    /// <summary>Width of a row.</summary>
    static abstract int Units { get; }

    /// <summary>The activation.</summary>
    static abstract Activation Activation { get; }
}

/// <summary>The constants of the end of a bidirectional layer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMergeShape
{
    /// <summary>Width of each of the two.</summary>
    static abstract int Units { get; }

    /// <summary>How they are put together.</summary>
    static abstract Merge Merge { get; }
}
