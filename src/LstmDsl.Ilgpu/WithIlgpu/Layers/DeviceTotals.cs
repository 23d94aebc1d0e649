using ILGPU;
using ILGPU.Runtime;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// What a session adds up over batches: the loss and its metrics, in double, on the device. Nobody waits for them until they are read.
/// </summary>
/// <param name="queue">The way to the device.</param>
/// <param name="counters">Counters of groups.</param>
internal sealed class DeviceTotals(DeviceQueue queue, ArrayView<int> counters)
{
    private readonly MemoryBuffer1D<double, Stride1D.Dense> partials = queue.Allocate<double>(GroupSum.Groups);
    private readonly double[] waited = new double[GroupSum.Groups];
    private MemoryBuffer1D<double, Stride1D.Dense> totals = queue.Allocate<double>(1);
    private double[] values = [0];
    private int index;
    private double factor;
    private bool isRead;

    /// <summary>Whether who asks for a sum waits for it and is given it; it is not added to a total then.</summary>
    public bool Waits { get; set; }

    /// <summary>Where the groups of the next sum leave theirs.</summary>
    public SumPlaces Places => new()
    {
        Partials = partials.View,
        Totals = totals.View,
        Counters = counters,
        Index = index,
        Factor = factor,
        IsWaitedFor = Waits ? 1 : 0,
    };

    /// <summary>A total; waits for the device.</summary>
    public double this[int index]
    {
        get
        {
            if (!isRead)
                queue.Download(totals.View, values);
            isRead = true;
            return values[index];
        }
    }

    /// <summary>Forgets all, and makes room.</summary>
    public void Begin(int count)
    {
        if (values.Length < count)
        {
            totals = queue.Allocate<double>(count);
            values = new double[count];
        }

        queue.Clear<double>(totals.View);
        isRead = false;
    }

    /// <summary>Goes on from these totals.</summary>
    public void Set(ReadOnlySpan<double> from)
    {
        queue.Upload(from, totals.View.SubView(0, from.Length));
        isRead = false;
    }

    /// <summary>Says which total the next sums are added to, and what they are multiplied with.</summary>
    public void AddTo(int index, double factor)
    {
        this.index = index;
        this.factor = factor;
    }

    /// <summary>Takes a sum that the device has just been told to make; returns it to who waits, else 0.</summary>
    public double Add(int groups)
    {
        isRead = false;
        if (!Waits)
            return 0;
        queue.Download<double>(partials.View, waited.AsSpan(0, groups));
        var sum = 0.0;
        foreach (var value in waited.AsSpan(0, groups))
            sum += value;
        return sum;
    }
}
