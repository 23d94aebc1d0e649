using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// One float as a vector of one lane, in the operations that a GPU has. The formulas of cells, activations, losses and optimizers, and
/// the exponentials of <see cref="VectorMath"/>, are the CPU's own, and give the same bits.
/// </summary>
internal readonly unsafe struct DeviceLane(float value) : IVectorLanes<DeviceLane>, IOneLane<DeviceLane>
{
    private const int SignBit = int.MinValue;

    /// <summary>The number.</summary>
    public readonly float Value = value;

    public static int Count => 1;

    public static DeviceLane Zero => new(0);

    public static DeviceLane Constant(double value) => new((float)value);

    public static DeviceLane Broadcast(float value) => new(value);

    public static DeviceLane Load(float* source) => new(*source);

    public static void Store(DeviceLane value, float* destination) => *destination = value.Value;

    public static float Sum(DeviceLane value) => value.Value;

    public static DeviceLane operator +(DeviceLane left, DeviceLane right) => new(left.Value + right.Value);

    public static DeviceLane operator -(DeviceLane left, DeviceLane right) => new(left.Value - right.Value);

    public static DeviceLane operator *(DeviceLane left, DeviceLane right) => new(left.Value * right.Value);

    public static DeviceLane operator /(DeviceLane left, DeviceLane right) => new(left.Value / right.Value);

    public static DeviceLane MultiplyAdd(DeviceLane left, DeviceLane right, DeviceLane addend) =>
        new(DeviceIntrinsics.FusedMultiplyAdd(left.Value, right.Value, addend.Value));

    // A GPU's own minimum and maximum pass over NaN; a comparison with it is false, and so is that of NaN with itself.
    public static DeviceLane Min(DeviceLane left, DeviceLane right) => left.Value < right.Value || IsNaN(left) ? left : right;

    public static DeviceLane Max(DeviceLane left, DeviceLane right) => left.Value > right.Value || IsNaN(left) ? left : right;

    public static DeviceLane Abs(DeviceLane value) => new(MathF.Abs(value.Value));

    public static DeviceLane Sqrt(DeviceLane value) => new(MathF.Sqrt(value.Value));

    public static DeviceLane Exp(DeviceLane value) => VectorMath.Exp(value);

    public static DeviceLane ExpMinusOne(DeviceLane value) => VectorMath.ExpMinusOne(value);

    public static DeviceLane Erf(DeviceLane value) => VectorMath.Erf(value);

    public static DeviceLane Tanh(DeviceLane value) => VectorMath.Tanh(value);

    public static DeviceLane Sigmoid(DeviceLane value) => VectorMath.Sigmoid(value);

    public static DeviceLane Log(DeviceLane value) => VectorMath.Log(value);

    public static DeviceLane LogOnePlus(DeviceLane value) => VectorMath.LogOnePlus(value);

    public static DeviceLane Apply<TFunction>(in TFunction function, DeviceLane left, DeviceLane right)
        where TFunction : struct, IScalarFunction =>
        new(function.Of(left.Value, right.Value));

    public static DeviceLane WherePositive(DeviceLane value, DeviceLane ifPositive, DeviceLane otherwise) =>
        value.Value > 0 ? ifPositive : otherwise;

    public static DeviceLane WhereGreater(DeviceLane left, DeviceLane right, DeviceLane ifGreater, DeviceLane otherwise) =>
        left.Value > right.Value ? ifGreater : otherwise;

    public static DeviceLane AtMost(DeviceLane value, DeviceLane bound) => value.Value > bound.Value ? bound : value;

    public static DeviceLane AtLeast(DeviceLane value, DeviceLane bound) => value.Value < bound.Value ? bound : value;

    public static DeviceLane CopySign(DeviceLane magnitude, DeviceLane sign) =>
        FromBits((Bits(magnitude) & ~SignBit) | (Bits(sign) & SignBit));

    public static DeviceLane LowBitsToExponent(DeviceLane value) => FromBits(Bits(value) << 23);

    public static DeviceLane SplitExponent(DeviceLane value, out DeviceLane fraction)
    {
        var exponent = (Bits(value) - IVectorLanes<DeviceLane>.BitsOfRootOfHalf) >> 23;
        fraction = FromBits(Bits(value) - (exponent << 23));
        return new(exponent);
    }

    public static void AddProduct(ref DeviceLane sum, DeviceLane left, DeviceLane right) => sum = MultiplyAdd(left, right, sum);

    public static double ToDouble(DeviceLane value) => value.Value;

    public static bool IsGreater(DeviceLane left, DeviceLane right) => left.Value > right.Value;

    private static bool IsNaN(DeviceLane value) => !(value.Value <= 0) && !(value.Value > 0);

    private static int Bits(DeviceLane value) => (int)Interop.FloatAsInt(value.Value);

    private static DeviceLane FromBits(int bits) => new(Interop.IntAsFloat((uint)bits));
}
