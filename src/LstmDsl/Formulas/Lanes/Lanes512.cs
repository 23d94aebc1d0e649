using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LstmDsl.CompilerServices;
using Vector = System.Runtime.Intrinsics.Vector512;
using VectorOfFloat = System.Runtime.Intrinsics.Vector512<float>;

namespace LstmDsl.Kernels;

/// <summary>16 floats at a time.</summary>
/// <remarks>
/// One text with <see cref="Lanes128"/>, which says where they differ.
/// </remarks>
internal unsafe struct Lanes512(VectorOfFloat value) : IVectorLanes<Lanes512>
{
    /// <summary>The lanes.</summary>
    public VectorOfFloat Value = value;

    public static int Count => VectorOfFloat.Count;

    public static Lanes512 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(VectorOfFloat.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Constant(double value) => new(Vector.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(float value) => new(Vector.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(float* source) => new(Vector.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 value, float* destination) => Vector.Store(value.Value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes512 value) => Lanes256.Sum(new(value.Value.GetLower() + value.Value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 left, Lanes512 right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 left, Lanes512 right, Lanes512 addend) =>
        new(Vector.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes512 sum, Lanes512 left, Lanes512 right) =>
        sum.Value = Vector.FusedMultiplyAdd(left.Value, right.Value, sum.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Min(Lanes512 left, Lanes512 right) => new(Vector.Min(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 left, Lanes512 right) => new(Vector.Max(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Abs(Lanes512 value) => new(Vector.Abs(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sqrt(Lanes512 value) => new(Vector.Sqrt(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Exp(Lanes512 value) => VectorMath.Exp(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ExpMinusOne(Lanes512 value) => VectorMath.ExpMinusOne(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Erf(Lanes512 value) => VectorMath.Erf(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Tanh(Lanes512 value) => VectorMath.Tanh(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sigmoid(Lanes512 value) => VectorMath.Sigmoid(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Log(Lanes512 value) => VectorMath.Log(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LogOnePlus(Lanes512 value) => VectorMath.LogOnePlus(value);

    public static Lanes512 Apply<TFunction>(in TFunction function, Lanes512 left, Lanes512 right)
        where TFunction : struct, IScalarFunction =>
        LaneByLane.Apply(function, left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 WherePositive(Lanes512 value, Lanes512 ifPositive, Lanes512 otherwise) =>
        WhereGreater(value, Zero, ifPositive, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 WhereGreater(Lanes512 left, Lanes512 right, Lanes512 ifGreater, Lanes512 otherwise) =>
        new(Vector.ConditionalSelect(Vector.GreaterThan(left.Value, right.Value), ifGreater.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AtMost(Lanes512 value, Lanes512 bound) => new(Vector.MinNative(bound.Value, value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AtLeast(Lanes512 value, Lanes512 bound) => new(Vector.MaxNative(bound.Value, value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 CopySign(Lanes512 magnitude, Lanes512 sign) => new(Vector.CopySign(magnitude.Value, sign.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LowBitsToExponent(Lanes512 value) => new(Vector.ShiftLeft(value.Value.AsInt32(), 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 SplitExponent(Lanes512 value, out Lanes512 fraction)
    {
        var bits = value.Value.AsInt32();
        var exponent = Vector.ShiftRightArithmetic(bits - Vector.Create(IVectorLanes<Lanes512>.BitsOfRootOfHalf), 23);
        fraction = new((bits - Vector.ShiftLeft(exponent, 23)).AsSingle());
        return new(Vector.ConvertToSingle(exponent));
    }
}
