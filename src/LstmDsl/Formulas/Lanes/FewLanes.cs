using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// One to three floats, computed in the first lanes of a <see cref="Lanes128"/>: what is left over at the end of a row. No memory beyond
/// them is touched; what the idle lanes hold does not matter.
/// </summary>
/// <typeparam name="TCount">How many.</typeparam>
internal unsafe struct FewLanes<TCount>(Lanes128 value) : IVectorLanes<FewLanes<TCount>> where TCount : struct, ICount
{
    private Lanes128 value = value;

    public static int Count => TCount.Value;

    public static FewLanes<TCount> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Lanes128.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> Constant(double value) => new(Lanes128.Constant(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> Broadcast(float value) => new(Lanes128.Broadcast(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> Load(float* source)
    {
        if (Count == 1) return new(new Lanes128(Vector128.CreateScalar(*source)));
        var pair = Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(source)).AsSingle();
        return new(new Lanes128(Count == 2 ? pair : pair.WithElement(2, source[2])));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(FewLanes<TCount> value, float* destination)
    {
        var lanes = value.value.Value;
        destination[0] = lanes[0];
        if (Count > 1) destination[1] = lanes[1];
        if (Count > 2) destination[2] = lanes[2];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(FewLanes<TCount> value)
    {
        var lanes = value.value.Value;
        return Count switch { 1 => lanes[0], 2 => lanes[0] + lanes[1], _ => lanes[0] + lanes[2] + lanes[1] };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> operator +(FewLanes<TCount> left, FewLanes<TCount> right) => new(left.value + right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> operator -(FewLanes<TCount> left, FewLanes<TCount> right) => new(left.value - right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> operator *(FewLanes<TCount> left, FewLanes<TCount> right) => new(left.value * right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> operator /(FewLanes<TCount> left, FewLanes<TCount> right) => new(left.value / right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> MultiplyAdd(FewLanes<TCount> left, FewLanes<TCount> right, FewLanes<TCount> addend) =>
        new(Lanes128.MultiplyAdd(left.value, right.value, addend.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref FewLanes<TCount> sum, FewLanes<TCount> left, FewLanes<TCount> right) =>
        Lanes128.AddProduct(ref sum.value, left.value, right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> Min(FewLanes<TCount> left, FewLanes<TCount> right) => new(Lanes128.Min(left.value, right.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> Max(FewLanes<TCount> left, FewLanes<TCount> right) => new(Lanes128.Max(left.value, right.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> Abs(FewLanes<TCount> value) => new(Lanes128.Abs(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> Sqrt(FewLanes<TCount> value) => new(Lanes128.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> Exp(FewLanes<TCount> value) => new(Lanes128.Exp(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> ExpMinusOne(FewLanes<TCount> value) => new(Lanes128.ExpMinusOne(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> Erf(FewLanes<TCount> value) => new(Lanes128.Erf(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> Tanh(FewLanes<TCount> value) => new(Lanes128.Tanh(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> Sigmoid(FewLanes<TCount> value) => new(Lanes128.Sigmoid(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> Log(FewLanes<TCount> value) => new(Lanes128.Log(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> LogOnePlus(FewLanes<TCount> value) => new(Lanes128.LogOnePlus(value.value));

    public static FewLanes<TCount> Apply<TFunction>(in TFunction function, FewLanes<TCount> left, FewLanes<TCount> right)
        where TFunction : struct, IScalarFunction =>
        LaneByLane.Apply(function, left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> WherePositive(FewLanes<TCount> value, FewLanes<TCount> ifPositive, FewLanes<TCount> otherwise) =>
        new(Lanes128.WherePositive(value.value, ifPositive.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> WhereGreater(
        FewLanes<TCount> left, FewLanes<TCount> right, FewLanes<TCount> ifGreater, FewLanes<TCount> otherwise) =>
        new(Lanes128.WhereGreater(left.value, right.value, ifGreater.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> AtMost(FewLanes<TCount> value, FewLanes<TCount> bound) => new(Lanes128.AtMost(value.value, bound.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> AtLeast(FewLanes<TCount> value, FewLanes<TCount> bound) => new(Lanes128.AtLeast(value.value, bound.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> CopySign(FewLanes<TCount> magnitude, FewLanes<TCount> sign) =>
        new(Lanes128.CopySign(magnitude.value, sign.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> LowBitsToExponent(FewLanes<TCount> value) => new(Lanes128.LowBitsToExponent(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FewLanes<TCount> SplitExponent(FewLanes<TCount> value, out FewLanes<TCount> fraction)
    {
        var exponent = Lanes128.SplitExponent(value.value, out var lanes);
        fraction = new(lanes);
        return new(exponent);
    }
}
