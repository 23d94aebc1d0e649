using System.Collections.Concurrent;
using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace LstmDsl.Tests;

/// <summary>What ILGPU makes of kernels, without a device: PTX for the oldest architecture that is supported, and OpenCL C.</summary>
internal static class DeviceCode
{
    // A context that met a kernel it cannot compile is of no use any more; but then a test has failed.
    private static readonly Lazy<PTXBackend> PtxBackend = new(() =>
        new(Context.Create(DeviceConnection.Configure), CudaArchitecture.SM_60, CudaInstructionSet.ISA_60, null!));

    private static readonly Lazy<PTXBackend> TensorCoreBackend = new(() =>
        new(Context.Create(DeviceConnection.Configure), CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!));

    // All capabilities but subgroups and the generic address space; half-size and double-size floats are among them.
    private static readonly Lazy<CLBackend> OpenClBackend = new(() => new(
        Context.Create(DeviceConnection.Configure),
        new CLCapabilityContext(false, true, true, true, false),
        CLDeviceVendor.Other,
        CLCVersion.CL30));

    // Products take seconds, and several tests look at each.
    private static readonly ConcurrentDictionary<(Backend Backend, Type Kernel), CompiledKernel> Compiled = [];

    public static string Ptx(Type kernel) => ((PTXCompiledKernel)Compile(PtxBackend.Value, kernel)).PTXAssembly;

    /// <summary>PTX for the oldest architecture whose tensor cores are used.</summary>
    public static string PtxOfTensorCores(Type kernel) => ((PTXCompiledKernel)Compile(TensorCoreBackend.Value, kernel)).PTXAssembly;

    public static string OpenCl(Type kernel) => ((CLCompiledKernel)Compile(OpenClBackend.Value, kernel)).Source;

    private static CompiledKernel Compile(Backend backend, Type kernel) => Compiled.GetOrAdd((backend, kernel), asked =>
    {
        var compiled = asked.Backend.Compile(EntryPoint(asked.Kernel), default);
        DeviceQueue.ForgetMethods(asked.Backend.Context);
        return compiled;
    });

    private static EntryPointDescription EntryPoint(Type kernel) =>
        EntryPointDescription.FromExplicitlyGroupedKernel(kernel.GetMethod("Run", BindingFlags.Static | BindingFlags.Public)!);
}
