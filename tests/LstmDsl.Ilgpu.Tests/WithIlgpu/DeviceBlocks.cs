using ILGPU;
using ILGPU.Runtime;

namespace LstmDsl.Tests;

/// <summary>Blocks on a device that a test fills, and a backend over them. Who uses it holds the queue.</summary>
internal sealed class DeviceBlocks
{
    // Held here, since a view keeps nothing alive.
    private readonly MemoryBuffer1D<float, Stride1D.Dense>[] buffers;

    public DeviceBlocks(DeviceQueue queue, int parameters = 1, int slots = 1, int activations = 1)
    {
        Queue = queue;
        buffers = [.. new[] { parameters, parameters, parameters * slots, activations }.Select(length => queue.Allocate<float>(length))];
        Totals = new DeviceTotals(queue);
        Program = new DeviceProgram(queue, queue.Plan)
        {
            Parameters = buffers[0].View,
            Gradients = buffers[1].View,
            Slots = buffers[2].View,
            Activations = buffers[3].View,
            Totals = Totals,
            ParameterFloats = parameters,
        };
        Backend = new IlgpuBackend(Program);
    }

    public DeviceQueue Queue { get; }

    public DeviceTotals Totals { get; }

    public DeviceProgram Program { get; }

    public IlgpuBackend Backend;

    /// <summary>The way to the device of that name.</summary>
    public static DeviceQueue Open(string device) =>
        ((DeviceConnection)IlgpuPlatform.Connections.Single(connection => connection.Name == device)).Open();
}
