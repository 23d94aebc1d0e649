using ILGPU;
using ILGPU.Runtime;

namespace LstmDsl;

/// <summary>A data set on a device: its rows, its targets and weights, and where windows begin.</summary>
internal sealed class SourceOnDevice
{
    private readonly MemoryBuffer1D<float, Stride1D.Dense> rows;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> starts;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> targets;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> targetStarts;
    private readonly MemoryBuffer1D<float, Stride1D.Dense> weights;
    private readonly MemoryBuffer1D<int, Stride1D.Dense> weightStarts;

    /// <summary>Brings a data set onto the device.</summary>
    public SourceOnDevice(DeviceQueue queue, BatchSource source)
    {
        if (source.Parts is null)
        {
            rows = Upload(queue, source.Rows.All("A device"));
            starts = Upload<int>(queue, [.. source.Starts.Select(row => row * source.Features)]);
        }
        else
        {
            var length = source.Timesteps * source.Features;
            rows = Upload<float>(queue, PutTogether(source, length));
            starts = Upload<int>(queue, [.. Enumerable.Range(0, source.Count).Select(window => window * length)]);
        }

        targets = Upload(queue, source.Targets is { } values ? values.All("A device") : []);
        targetStarts = Upload<int>(queue, [.. source.TargetStarts.Select(place => (int)place)]);
        GC.KeepAlive(source);
        weights = Upload<float>(queue, Array.ConvertAll(source.Weights ?? [], weight => (float)weight));
        int[] windows = source.Weights is null ? [] : [.. Enumerable.Range(0, source.Count)];
        weightStarts = Upload<int>(queue, Array.ConvertAll(windows, window => window * source.WeightsPerWindow));
    }

    /// <summary>(rows, features).</summary>
    public ArrayView<float> Rows => rows.View;

    /// <summary>Where each window begins, in values.</summary>
    public ArrayView<int> Starts => starts.View;

    /// <summary>What targets are cut from.</summary>
    public ArrayView<float> Targets => targets.View;

    /// <summary>Where each window's target begins.</summary>
    public ArrayView<int> TargetStarts => targetStarts.View;

    /// <summary>The weights of windows.</summary>
    public ArrayView<float> Weights => weights.View;

    /// <summary>Where each window's weights begin.</summary>
    public ArrayView<int> WeightStarts => weightStarts.View;

    private static float[] PutTogether(BatchSource source, int length)
    {
        if ((long)source.Count * length > Array.MaxLength)
        {
            throw new NotSupportedException(FormattableString.Invariant(
                $"A device takes up to {Array.MaxLength:N0} values of a data set; these windows have {(long)source.Count * length:N0}. Train on the CPU."));
        }

        var samples = new float[source.Count * length];
        for (var window = 0; window < source.Count; window++)
            source.Copy(window, samples.AsSpan(window * length));
        return samples;
    }

    private static MemoryBuffer1D<T, Stride1D.Dense> Upload<T>(DeviceQueue queue, ReadOnlySpan<T> values) where T : unmanaged
    {
        var buffer = queue.Allocate<T>(values.Length);
        queue.Upload(values, buffer.View);
        return buffer;
    }
}
