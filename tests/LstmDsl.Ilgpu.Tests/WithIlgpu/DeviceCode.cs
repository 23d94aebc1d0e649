using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace LstmDsl.Tests;

/// <summary>What ILGPU makes of kernels, without a device: PTX for the oldest architecture that is supported, and OpenCL C.</summary>
internal static class DeviceCode
{
    // A context that met a kernel it cannot compile is of no use any more, so each kernel has its own.
    public static string Ptx(Type kernel)
    {
        using var context = Context.Create(DeviceConnection.Configure);
        using var backend = new PTXBackend(context, CudaArchitecture.SM_60, CudaInstructionSet.ISA_60, null!);
        return ((PTXCompiledKernel)backend.Compile(EntryPoint(kernel), default)).PTXAssembly;
    }

    public static string OpenCl(Type kernel)
    {
        using var context = Context.Create(DeviceConnection.Configure);
        // All but subgroups and the generic address space; half-size and double-size floats among them.
        var capabilities = new CLCapabilityContext(false, true, true, true, false);
        using var backend = new CLBackend(context, capabilities, CLDeviceVendor.Other, CLCVersion.CL30);
        return ((CLCompiledKernel)backend.Compile(EntryPoint(kernel), default)).Source;
    }

    private static EntryPointDescription EntryPoint(Type kernel) =>
        EntryPointDescription.FromExplicitlyGroupedKernel(kernel.GetMethod("Run", BindingFlags.Static | BindingFlags.Public)!);
}
