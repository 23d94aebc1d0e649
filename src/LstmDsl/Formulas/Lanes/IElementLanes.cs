using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Numbers that are read from memory and written to it: a vector of floats, or the one float or double of the scalar reference. A kernel
/// that does nothing but elementwise arithmetic is written once against it.
/// </summary>
/// <typeparam name="TSelf">The type that implements it.</typeparam>
/// <typeparam name="TElement">What lies in memory.</typeparam>
internal unsafe interface IElementLanes<TSelf, TElement> : ILanes<TSelf>
    where TSelf : unmanaged, IElementLanes<TSelf, TElement>
    where TElement : unmanaged
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Broadcast(TElement value);

    /// <summary>Reads <see cref="Count"/> numbers, at any alignment.</summary>
    static abstract TSelf Load(TElement* source);

    /// <summary>Writes <see cref="Count"/> numbers, at any alignment.</summary>
    static abstract void Store(TSelf value, TElement* destination);
}
