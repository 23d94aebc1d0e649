using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LstmDsl.CompilerServices;
using Vector = System.Runtime.Intrinsics.Vector128;
using VectorOfFloat = System.Runtime.Intrinsics.Vector128<float>;

namespace LstmDsl.Kernels;

/// <summary>4 floats at a time.</summary>
/// <remarks>
/// <see cref="Lanes128"/>, <see cref="Lanes256"/> and <see cref="Lanes512"/> are one text: below the aliases they differ in
/// <see cref="Sum"/> alone, where a width falls back on its half.
/// </remarks>
internal unsafe struct Lanes128(VectorOfFloat value) : IVectorLanes<Lanes128>
{
    /// <summary>The lanes.</summary>
    public VectorOfFloat Value = value;

    public static int Count => VectorOfFloat.Count;

    public static Lanes128 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(VectorOfFloat.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Constant(double value) => new(Vector.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(float value) => new(Vector.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(float* source) => new(Vector.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 value, float* destination) => Vector.Store(value.Value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes128 value)
    {
        var pairs = value.Value + Vector.Shuffle(value.Value, Vector.Create(2, 3, 0, 1));
        return pairs.ToScalar() + pairs.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left.Value + right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left.Value - right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left.Value * right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 left, Lanes128 right) => new(left.Value / right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 left, Lanes128 right, Lanes128 addend) =>
        new(Vector.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes128 sum, Lanes128 left, Lanes128 right) =>
        sum.Value = Vector.FusedMultiplyAdd(left.Value, right.Value, sum.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Min(Lanes128 left, Lanes128 right) => new(Vector.Min(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Max(Lanes128 left, Lanes128 right) => new(Vector.Max(left.Value, right.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Abs(Lanes128 value) => new(Vector.Abs(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Sqrt(Lanes128 value) => new(Vector.Sqrt(value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Exp(Lanes128 value) => VectorMath.Exp(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ExpMinusOne(Lanes128 value) => VectorMath.ExpMinusOne(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Erf(Lanes128 value) => VectorMath.Erf(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Tanh(Lanes128 value) => VectorMath.Tanh(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Sigmoid(Lanes128 value) => VectorMath.Sigmoid(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Log(Lanes128 value) => VectorMath.Log(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LogOnePlus(Lanes128 value) => VectorMath.LogOnePlus(value);

    public static Lanes128 Apply<TFunction>(in TFunction function, Lanes128 left, Lanes128 right)
        where TFunction : struct, IScalarFunction =>
        LaneByLane.Apply(function, left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 WherePositive(Lanes128 value, Lanes128 ifPositive, Lanes128 otherwise) =>
        WhereGreater(value, Zero, ifPositive, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 WhereGreater(Lanes128 left, Lanes128 right, Lanes128 ifGreater, Lanes128 otherwise) =>
        new(Vector.ConditionalSelect(Vector.GreaterThan(left.Value, right.Value), ifGreater.Value, otherwise.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AtMost(Lanes128 value, Lanes128 bound) => new(Vector.MinNative(bound.Value, value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AtLeast(Lanes128 value, Lanes128 bound) => new(Vector.MaxNative(bound.Value, value.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 CopySign(Lanes128 magnitude, Lanes128 sign) => new(Vector.CopySign(magnitude.Value, sign.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LowBitsToExponent(Lanes128 value) => new(Vector.ShiftLeft(value.Value.AsInt32(), 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 SplitExponent(Lanes128 value, out Lanes128 fraction)
    {
        var bits = value.Value.AsInt32();
        var exponent = Vector.ShiftRightArithmetic(bits - Vector.Create(IVectorLanes<Lanes128>.BitsOfRootOfHalf), 23);
        fraction = new((bits - Vector.ShiftLeft(exponent, 23)).AsSingle());
        return new(Vector.ConvertToSingle(exponent));
    }
}
