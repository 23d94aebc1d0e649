using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A single number as lanes: of the scalar reference, or of a thread of a GPU. Long sums over such numbers are taken in double.
/// </summary>
/// <typeparam name="TSelf">The type that implements it.</typeparam>
internal interface IOneLane<TSelf> : ILanes<TSelf> where TSelf : unmanaged, IOneLane<TSelf>
{
    /// <summary>The number, exactly.</summary>
    static abstract double ToDouble(TSelf value);

    /// <summary>Whether left &gt; right; not where either is NaN.</summary>
    static abstract bool IsGreater(TSelf left, TSelf right);
}
