using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LstmDsl.CompilerServices;
using Vector = System.Runtime.Intrinsics.Vector256;
using VectorOfFloat = System.Runtime.Intrinsics.Vector256<float>;

namespace LstmDsl.Kernels;

/// <summary>8 floats at a time.</summary>
/// <remarks>
/// One text with <see cref="Lanes128"/>, which says where they differ.
/// </remarks>
internal unsafe struct Lanes256(VectorOfFloat value) : IVectorLanes<Lanes256>
{
    /// <summary>The lanes.</summary>
    public VectorOfFloat Value = value;

    public static int Count => VectorOfFloat.Count;

    public static Lanes256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(VectorOfFloat.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Constant(double value) => new(Vector.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(float value) => new(Vector.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(float* source) => new(Vector.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, float* destination) => Vector.Store(value.Value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes256 value) => Lanes128.Sum(new(value.Value.GetLower() + value.Value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 left, Lanes256 right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 left, Lanes256 right, Lanes256 addend) =>
        new(Vector.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes256 sum, Lanes256 left, Lanes256 right) =>
        sum.Value = Vector.FusedMultiplyAdd(left.Value, right.Value, sum.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Min(Lanes256 left, Lanes256 right) => new(Vector.Min(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 left, Lanes256 right) => new(Vector.Max(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Abs(Lanes256 value) => new(Vector.Abs(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sqrt(Lanes256 value) => new(Vector.Sqrt(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Exp(Lanes256 value) => VectorMath.Exp(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ExpMinusOne(Lanes256 value) => VectorMath.ExpMinusOne(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Erf(Lanes256 value) => VectorMath.Erf(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Tanh(Lanes256 value) => VectorMath.Tanh(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sigmoid(Lanes256 value) => VectorMath.Sigmoid(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Log(Lanes256 value) => VectorMath.Log(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LogOnePlus(Lanes256 value) => VectorMath.LogOnePlus(value);

    public static Lanes256 Apply<TFunction>(in TFunction function, Lanes256 left, Lanes256 right)
        where TFunction : struct, IScalarFunction =>
        LaneByLane.Apply(function, left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 WherePositive(Lanes256 value, Lanes256 ifPositive, Lanes256 otherwise) =>
        WhereGreater(value, Zero, ifPositive, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 WhereGreater(Lanes256 left, Lanes256 right, Lanes256 ifGreater, Lanes256 otherwise) =>
        new(Vector.ConditionalSelect(Vector.GreaterThan(left.Value, right.Value), ifGreater.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AtMost(Lanes256 value, Lanes256 bound) => new(Vector.MinNative(bound.Value, value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AtLeast(Lanes256 value, Lanes256 bound) => new(Vector.MaxNative(bound.Value, value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 CopySign(Lanes256 magnitude, Lanes256 sign) => new(Vector.CopySign(magnitude.Value, sign.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LowBitsToExponent(Lanes256 value) => new(Vector.ShiftLeft(value.Value.AsInt32(), 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 SplitExponent(Lanes256 value, out Lanes256 fraction)
    {
        var bits = value.Value.AsInt32();
        var exponent = Vector.ShiftRightArithmetic(bits - Vector.Create(IVectorLanes<Lanes256>.BitsOfRootOfHalf), 23);
        fraction = new((bits - Vector.ShiftLeft(exponent, 23)).AsSingle());
        return new(Vector.ConvertToSingle(exponent));
    }
}
