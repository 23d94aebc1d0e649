using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// One or several numbers that go through the same arithmetic. The formulas of cells, activations, losses and optimizers are written
/// once against this interface; the scalar reference runs them on one float or double, the vector kernels on 4, 8 or 16 floats.
/// </summary>
/// <typeparam name="TSelf">The type that implements it.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILanes<TSelf> where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>The same number in every lane, rounded to the element type.</summary>
    static abstract TSelf Constant(double value);

    /// <summary>The sum, lane by lane.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>The difference, lane by lane.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>The product, lane by lane.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>The quotient, lane by lane.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>left · right + addend, rounded once where the element's hardware does so.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The smaller, lane by lane; NaN where either is.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The larger, lane by lane; NaN where either is.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The magnitude.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>The square root.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>eˣ.</summary>
    static abstract TSelf Exp(TSelf value);

    /// <summary>eˣ − 1, precise also where x is small.</summary>
    static abstract TSelf ExpMinusOne(TSelf value);

    /// <summary>The error function, 2/√π · ∫₀ˣ e^−t² dt.</summary>
    static abstract TSelf Erf(TSelf value);

    /// <summary>The hyperbolic tangent.</summary>
    static abstract TSelf Tanh(TSelf value);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    static abstract TSelf Sigmoid(TSelf value);

    /// <summary>The natural logarithm: −∞ of 0, NaN of what is below.</summary>
    static abstract TSelf Log(TSelf value);

    /// <summary>The natural logarithm of 1 + x, precise also where x is small.</summary>
    static abstract TSelf LogOnePlus(TSelf value);

    /// <summary>A function that is known for single numbers only, lane by lane.</summary>
    static abstract TSelf Apply<TFunction>(in TFunction function, TSelf left, TSelf right) where TFunction : struct, IScalarFunction;

    /// <summary><paramref name="ifPositive"/> in the lanes where <paramref name="value"/> is above zero, else <paramref name="otherwise"/>.</summary>
    static abstract TSelf WherePositive(TSelf value, TSelf ifPositive, TSelf otherwise);
}
