using System.Reflection;
using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;
using ILGPU.Runtime.Cuda;

namespace LstmDsl.Kernels;

/// <summary>
/// What tensor cores do, from compute capability 8.0 on. On ILGPU's CPU accelerator the methods run as they stand here: threads hand each other
/// their numbers through shared memory, and sum as an ordinary loop would. In which order tensor cores sum, and how they round on the way,
/// NVIDIA does not say, so that their bits are others.
/// </summary>
internal static class TensorCores
{
    private const int WarpThreads = 32;
    private const int OperandsOfThread = 6;

    /// <summary>Whether a device has them, and its driver reads PTX that names them.</summary>
    public static bool AreIn(CudaDevice device) =>
        device.Architecture >= CudaArchitecture.SM_80 && device.InstructionSet >= CudaInstructionSet.ISA_70;

    /// <summary>A number as tensor cores take it for TF32.</summary>
    [IntrinsicImplementation]
    public static float RoundToTensorFloat32(float value) => Rounding.ToTensorFloat32(value);

    /// <summary>
    /// sums + left · right, of a warp's 16 × 8 sums and a depth of eight, for which every thread gives and gets its part. The numbers are
    /// rounded already.
    /// </summary>
    [IntrinsicImplementation]
    public static Quad MultiplyTensorFloat32(
        float left0, float left1, float left2, float left3, float right0, float right1, float sum0, float sum1, float sum2, float sum3) =>
        Multiply(left0, left1, left2, left3, right0, right1, new() { X = sum0, Y = sum1, Z = sum2, W = sum3 });

    /// <summary>The same of numbers that it rounds to bfloat16.</summary>
    [IntrinsicImplementation]
    public static Quad MultiplyBFloat16(
        float left0, float left1, float left2, float left3, float right0, float right1, float sum0, float sum1, float sum2, float sum3) =>
        Multiply(
            Rounding.ToBFloat16(left0),
            Rounding.ToBFloat16(left1),
            Rounding.ToBFloat16(left2),
            Rounding.ToBFloat16(left3),
            Rounding.ToBFloat16(right0),
            Rounding.ToBFloat16(right1),
            new() { X = sum0, Y = sum1, Z = sum2, W = sum3 });

    /// <summary>Tells a context how PTX spells them; other devices have no tensor cores that ILGPU reaches.</summary>
    public static void Register(IntrinsicImplementationManager manager)
    {
        Register(nameof(RoundToTensorFloat32), nameof(RoundInPtx));
        Register(nameof(MultiplyTensorFloat32), nameof(MultiplyTensorFloat32InPtx));
        Register(nameof(MultiplyBFloat16), nameof(MultiplyBFloat16InPtx));

        void Register(string method, string generator) => manager.RegisterMethod(
            Method(method), new PTXIntrinsic(Method(generator), IntrinsicImplementationMode.GenerateCode));
    }

    private static MethodInfo Method(string name) =>
        typeof(TensorCores).GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;

    // Each call has memory of its own, so that nobody waits before the next one.
    private static Quad Multiply(float left0, float left1, float left2, float left3, float right0, float right1, Quad sums)
    {
        var operands = SharedMemory.Allocate1D<float, Stride1D.Dense>(OperandsOfThread * Group.DimX, default);
        var first = OperandsOfThread * Group.IdxX;
        operands[first] = left0;
        operands[first + 1] = left1;
        operands[first + 2] = left2;
        operands[first + 3] = left3;
        operands[first + 4] = right0;
        operands[first + 5] = right1;
        Group.Barrier();
        var warp = Group.IdxX / WarpThreads * WarpThreads;
        var (part, place) = ((Group.IdxX - warp) >> 2, Group.IdxX & 3);
        for (var depth = 0; depth < 8; depth++)
        {
            var (holder, isLater) = (depth & 3, depth >> 2);
            var rows = (OperandsOfThread * (warp + (4 * part) + holder)) + (2 * isLater);
            var column = (OperandsOfThread * (warp + (8 * place) + holder)) + 4 + isLater;
            var (upper, lower) = (operands[rows], operands[rows + 1]);
            var (right, nextRight) = (operands[column], operands[column + (4 * OperandsOfThread)]);
            sums.X = MathF.FusedMultiplyAdd(upper, right, sums.X);
            sums.Y = MathF.FusedMultiplyAdd(upper, nextRight, sums.Y);
            sums.Z = MathF.FusedMultiplyAdd(lower, right, sums.Z);
            sums.W = MathF.FusedMultiplyAdd(lower, nextRight, sums.W);
        }

        return sums;
    }

    private static void RoundInPtx(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var source = generator.LoadPrimitive(((MethodCall)value)[0]);
        var result = generator.AllocateHardware(value);
        var bits = generator.AllocateInt32Register();
        using (var command = generator.BeginCommand("cvt.rna.tf32.f32"))
        {
            command.AppendArgument(bits);
            command.AppendArgument(source);
        }

        Move(generator, bits, result);
    }

    private static void MultiplyTensorFloat32InPtx(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        PTXRegisterAllocator.PrimitiveRegister Bits(int argument)
        {
            var bits = generator.AllocateInt32Register();
            Move(generator, generator.LoadPrimitive(call[argument]), bits);
            return bits;
        }

        Multiply(generator, call, "tf32", [Bits(0), Bits(1), Bits(2), Bits(3)], [Bits(4), Bits(5)]);
    }

    // The products of a pair of neighbouring depths may stand for those of t and t + 4 as well, on both sides alike: their sum is the same.
    private static void MultiplyBFloat16InPtx(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        PTXRegisterAllocator.PrimitiveRegister Pair(int first, int second)
        {
            var pair = generator.AllocateInt32Register();
            using var command = generator.BeginCommand("cvt.rn.bf16x2.f32");
            command.AppendArgument(pair);
            command.AppendArgument(generator.LoadPrimitive(call[second]));
            command.AppendArgument(generator.LoadPrimitive(call[first]));
            return pair;
        }

        Multiply(generator, call, "bf16", [Pair(0, 2), Pair(1, 3)], [Pair(4, 5)]);
    }

    private static void Multiply(
        PTXCodeGenerator generator,
        MethodCall call,
        string type,
        PTXRegisterAllocator.PrimitiveRegister[] left,
        PTXRegisterAllocator.PrimitiveRegister[] right)
    {
        PTXRegisterAllocator.PrimitiveRegister[] sums =
            [.. Enumerable.Range(OperandsOfThread, 4).Select(argument => generator.EnsureHardwareRegister(generator.LoadPrimitive(call[argument])))];
        var result = (PTXRegisterAllocator.CompoundRegister)generator.Allocate(call);
        using var command = generator.BeginCommand($"mma.sync.aligned.m16n8k8.row.col.f32.{type}.{type}.f32");
        command.AppendVectorArgument([.. result.Children.Cast<PTXRegisterAllocator.PrimitiveRegister>()]);
        command.AppendVectorArgument(left);
        command.AppendVectorArgument(right);
        command.AppendVectorArgument(sums);
    }

    private static void Move(
        PTXCodeGenerator generator, PTXRegisterAllocator.PrimitiveRegister from, PTXRegisterAllocator.PrimitiveRegister to)
    {
        using var command = generator.BeginCommand("mov.b32");
        command.AppendArgument(to);
        command.AppendArgument(from);
    }
}
