using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>What the constants of every kernel say of the layer that it belongs to.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILayerShape
{
    /// <summary>The kernel's place in the program, from 0; it is also its number in the counter of random draws.</summary>
    static abstract int Layer { get; }

    /// <summary>The layer's name in files: <c>lstm_1</c>; of one direction of a bidirectional layer <c>bidirectional.forward</c>.</summary>
    static abstract string Name { get; }
}
