using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace LstmDsl;

/// <summary>What ILGPU reaches on this computer, looked up once.</summary>
internal static class IlgpuPlatform
{
    private static readonly Lazy<(IReadOnlyList<IlgpuConnection> Connections, IReadOnlyList<string> Unsuitable)> Found = new(Search);

    /// <summary>Null: ILGPU is here.</summary>
    public static string? Missing => null;

    /// <summary>The devices, CUDA's first and the CPU accelerator last.</summary>
    public static IReadOnlyList<IlgpuConnection> Connections => Found.Value.Connections;

    /// <summary>Devices that were found and cannot be used, each with the reason.</summary>
    public static IReadOnlyList<string> Unsuitable => Found.Value.Unsuitable;

    private static (IReadOnlyList<IlgpuConnection> Connections, IReadOnlyList<string> Unsuitable) Search()
    {
        var connections = new List<IlgpuConnection>();
        var unsuitable = new List<string>();
        DriverLibraries.FindByVersion();
        using (var context = Context.Create(builder => builder.Cuda().OpenCL(_ => true)))
        {
            foreach (var device in context.GetCudaDevices())
                connections.Add(DeviceConnection.ToCuda(device, $"cuda:{connections.Count}"));
            var first = connections.Count;
            foreach (var device in context.GetCLDevices())
            {
                if (Lack(device) is { } lack)
                    unsuitable.Add($"{device.Name} (OpenCL), which lacks {lack}");
                else
                    connections.Add(DeviceConnection.ToOpenCl(device, $"opencl:{connections.Count - first}"));
            }
        }

        connections.Add(DeviceConnection.ToCpuAccelerator(LaunchPlan.ForCpuAccelerator));
        return (connections, unsuitable);
    }

    // What ILGPU's code needs, and the doubles in which losses are summed and the numbers of an optimizer's step are kept.
    private static string? Lack(CLDevice device)
    {
        if (device.CLStdVersion < CLBackend.MinimumVersion)
            return $"OpenCL C {CLBackend.MinimumVersion}";
        if (!device.Capabilities.GenericAddressSpace)
            return "the generic address space of OpenCL 2.0";
        return device.Capabilities.Float64 ? null : "64-bit floats";
    }
}
