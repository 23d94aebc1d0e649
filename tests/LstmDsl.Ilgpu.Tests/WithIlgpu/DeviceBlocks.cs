using ILGPU;
using ILGPU.Runtime;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>Blocks on a device that a test fills, and a backend over them. Who uses it holds the queue.</summary>
internal sealed class DeviceBlocks
{
    // Held here, since a view keeps nothing alive.
    private readonly MemoryBuffer1D<float, Stride1D.Dense>[] buffers;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> counters;

    public DeviceBlocks(DeviceQueue queue, int parameters = 1, int slots = 1, int activations = 1, int scratch = 1)
    {
        Queue = queue;
        int[] lengths = [parameters, parameters, parameters * slots, activations, scratch];
        buffers = [.. lengths.Select(length => queue.Allocate<float>(length))];
        counters = queue.Allocate<int>(Arrival.Counters);
        Totals = new DeviceTotals(queue, counters.View);
        Program = new DeviceProgram(queue, queue.Plan)
        {
            Parameters = buffers[0].View,
            Gradients = buffers[1].View,
            Slots = buffers[2].View,
            Activations = buffers[3].View,
            Scratch = buffers[4].View,
            Counters = counters.View,
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
    public static DeviceQueue Open(string device, MatrixPrecision precision = MatrixPrecision.Float32) =>
        ((DeviceConnection)IlgpuPlatform.Connections.Single(connection => connection.Name == device).In(precision)).Open();
}
