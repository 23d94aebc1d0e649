using System.Reflection;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace LstmDsl.Kernels;

/// <summary>
/// Operations for which kernels need other code than ILGPU gives: its OpenCL barrier orders global memory alone, its fence is a barrier
/// there, and it knows no fused multiply-add. On ILGPU's CPU accelerator the methods run as they stand here.
/// </summary>
internal static class DeviceIntrinsics
{
    /// <summary>Waits for all threads of the group; what they wrote, to shared memory too, is seen by all of them afterwards.</summary>
    [IntrinsicImplementation]
    public static void Synchronize() => Group.Barrier();

    /// <summary>What this thread wrote before is seen by whoever sees what it writes after; it does not wait for other threads.</summary>
    [IntrinsicImplementation]
    public static void Fence() => MemoryFence.DeviceLevel();

    /// <summary>left · right + addend, rounded once.</summary>
    [IntrinsicImplementation]
    public static float FusedMultiplyAdd(float left, float right, float addend) => MathF.FusedMultiplyAdd(left, right, addend);

    /// <summary>Tells a context how each kind of device spells them.</summary>
    public static void Register(IntrinsicImplementationManager manager)
    {
        var synchronize = Method(nameof(Synchronize));
        manager.RegisterMethod(synchronize, new PTXIntrinsic(Method(nameof(SynchronizeInPtx)), IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(synchronize, new CLIntrinsic(Method(nameof(SynchronizeInOpenCl)), IntrinsicImplementationMode.GenerateCode));
        var fence = Method(nameof(Fence));
        manager.RegisterMethod(fence, new PTXIntrinsic(Method(nameof(FenceInPtx)), IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(fence, new CLIntrinsic(Method(nameof(FenceInOpenCl)), IntrinsicImplementationMode.GenerateCode));
        var multiplyAdd = Method(nameof(FusedMultiplyAdd));
        manager.RegisterMethod(multiplyAdd, new PTXIntrinsic(Method(nameof(MultiplyAddInPtx)), IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(multiplyAdd, new CLIntrinsic(Method(nameof(MultiplyAddInOpenCl)), IntrinsicImplementationMode.GenerateCode));
        TensorCores.Register(manager);
    }

    private static MethodInfo Method(string name) =>
        typeof(DeviceIntrinsics).GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;

    private static void SynchronizeInPtx(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        using var command = generator.BeginCommand("bar.sync");
        command.AppendConstant(0);
    }

    private static void SynchronizeInOpenCl(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        using var statement = generator.BeginStatement("barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)");
    }

    private static void FenceInPtx(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        using var command = generator.BeginCommand("membar.gl");
    }

    private static void FenceInOpenCl(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        using var statement = generator.BeginStatement(
            "atomic_work_item_fence(CLK_GLOBAL_MEM_FENCE, memory_order_acq_rel, memory_scope_device)");
    }

    private static void MultiplyAddInPtx(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var (left, right, addend) = (generator.LoadPrimitive(call[0]), generator.LoadPrimitive(call[1]), generator.LoadPrimitive(call[2]));
        var result = generator.AllocateHardware(value);
        using var command = generator.BeginCommand("fma.rn.f32");
        command.AppendArgument(result);
        command.AppendArgument(left);
        command.AppendArgument(right);
        command.AppendArgument(addend);
    }

    private static void MultiplyAddInOpenCl(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var (left, right, addend) = (generator.Load(call[0]), generator.Load(call[1]), generator.Load(call[2]));
        var result = generator.Allocate(value);
        using var statement = generator.BeginStatement(result);
        statement.AppendCommand("fma");
        statement.BeginArguments();
        statement.AppendArgument(left);
        statement.AppendArgument(right);
        statement.AppendArgument(addend);
        statement.EndArguments();
    }
}
