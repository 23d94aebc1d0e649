using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A vector of floats. Kernels take the width as a type argument: the widest that the processor has, and narrower ones for what is left
/// over at the end of a row. Lane by lane all widths compute the same bits; only <see cref="Sum"/> depends on the width.
/// </summary>
/// <typeparam name="TSelf">The type that implements it.</typeparam>
internal interface IVectorLanes<TSelf> : IElementLanes<TSelf, float> where TSelf : unmanaged, IVectorLanes<TSelf>
{
    /// <summary>Zero in every lane.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>The sum of all lanes, always in the same order: halves are added until one number is left.</summary>
    static abstract float Sum(TSelf value);

    /// <summary><paramref name="ifGreater"/> where left &gt; right, else (also where either is NaN) <paramref name="otherwise"/>.</summary>
    static abstract TSelf WhereGreater(TSelf left, TSelf right, TSelf ifGreater, TSelf otherwise);

    /// <summary>The value, or the bound where that is smaller; NaN where the value is. One instruction, unlike <see cref="ILanes{TSelf}.Min"/>.</summary>
    static abstract TSelf AtMost(TSelf value, TSelf bound);

    /// <summary>The value, or the bound where that is larger; NaN where the value is.</summary>
    static abstract TSelf AtLeast(TSelf value, TSelf bound);

    /// <summary>The magnitude of one number with the sign of another.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary>Shifts each lane's bits to the left by 23: what stood in the low nine becomes sign and exponent.</summary>
    static abstract TSelf LowBitsToExponent(TSelf value);

    /// <summary>
    /// Splits positive normal numbers into 2ᵉ·f with whole e and √½ ≤ f &lt; √2; what comes of others is a number without meaning.
    /// </summary>
    /// <param name="value">The numbers.</param>
    /// <param name="fraction">f.</param>
    /// <returns>e.</returns>
    static abstract TSelf SplitExponent(TSelf value, out TSelf fraction);

    /// <summary>√½ as bits: subtracted from those of a number, it leaves e of <see cref="SplitExponent"/> above the lowest 23.</summary>
    protected const int BitsOfRootOfHalf = 0x3F3504F3;

    /// <summary>
    /// sum += left · right, rounded once. A sum that is written in place stays in its register; one that a function returns is often moved
    /// there by an instruction of its own.
    /// </summary>
    static abstract void AddProduct(ref TSelf sum, TSelf left, TSelf right);
}
