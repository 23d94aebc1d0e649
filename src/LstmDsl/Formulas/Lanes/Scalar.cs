using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>A single number as <see cref="IElementLanes{TSelf, TElement}"/>: what the scalar reference computes with.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly unsafe struct Scalar<T>(T value) : IElementLanes<Scalar<T>, T>, IOneLane<Scalar<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number.</summary>
    public T Value { get; } = value;

    public static int Count => 1;

    public static Scalar<T> Broadcast(T value) => new(value);

    public static Scalar<T> Load(T* source) => new(*source);

    public static void Store(Scalar<T> value, T* destination) => *destination = value.Value;

    public static Scalar<T> Constant(double value) => new(T.CreateTruncating(value));

    public static Scalar<T> operator +(Scalar<T> left, Scalar<T> right) => new(left.Value + right.Value);

    public static Scalar<T> operator -(Scalar<T> left, Scalar<T> right) => new(left.Value - right.Value);

    public static Scalar<T> operator *(Scalar<T> left, Scalar<T> right) => new(left.Value * right.Value);

    public static Scalar<T> operator /(Scalar<T> left, Scalar<T> right) => new(left.Value / right.Value);

    public static Scalar<T> MultiplyAdd(Scalar<T> left, Scalar<T> right, Scalar<T> addend) => new((left.Value * right.Value) + addend.Value);

    public static Scalar<T> Min(Scalar<T> left, Scalar<T> right) => new(T.Min(left.Value, right.Value));

    public static Scalar<T> Max(Scalar<T> left, Scalar<T> right) => new(T.Max(left.Value, right.Value));

    public static Scalar<T> Abs(Scalar<T> value) => new(T.Abs(value.Value));

    public static Scalar<T> Sqrt(Scalar<T> value) => new(T.Sqrt(value.Value));

    public static Scalar<T> Exp(Scalar<T> value) => new(T.Exp(value.Value));

    // .NET's own are e^x − 1 and ln(1 + x) as they stand, without their precision at small x.
    public static Scalar<T> ExpMinusOne(Scalar<T> value) =>
        new(T.Tanh(value.Value * T.CreateTruncating(0.5)) * (T.Exp(value.Value) + T.One));

    public static Scalar<T> Erf(Scalar<T> value) => new(T.CreateTruncating(ErrorFunction.Value(double.CreateTruncating(value.Value))));

    public static Scalar<T> Tanh(Scalar<T> value) => new(T.Tanh(value.Value));

    public static Scalar<T> Sigmoid(Scalar<T> value) => new(T.One / (T.One + T.Exp(-value.Value)));

    public static Scalar<T> Log(Scalar<T> value) => new(T.Log(value.Value));

    /// <summary>.NET's LogP1 rounds 1 + x first; what that loses is put back to first order, which is all there is in T.</summary>
    public static Scalar<T> LogOnePlus(Scalar<T> value)
    {
        var sum = T.One + value.Value;
        var lost = value.Value - (sum - T.One);
        return new(T.IsFinite(sum) && sum > T.Zero ? T.Log(sum) + (lost / sum) : T.Log(sum));
    }

    public static Scalar<T> Apply<TFunction>(in TFunction function, Scalar<T> left, Scalar<T> right)
        where TFunction : struct, IScalarFunction =>
        new(function.Of(left.Value, right.Value));

    public static Scalar<T> WherePositive(Scalar<T> value, Scalar<T> ifPositive, Scalar<T> otherwise) =>
        value.Value > T.Zero ? ifPositive : otherwise;

    public static double ToDouble(Scalar<T> value) => double.CreateTruncating(value.Value);

    public static bool IsGreater(Scalar<T> left, Scalar<T> right) => left.Value > right.Value;

    /// <summary>Reads a place of a tensor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Scalar<T>(T value) => new(value);
}
