using ILGPU;
using ILGPU.Runtime;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// What a session adds up over batches: the loss and its metrics, in double, on the device. Nobody waits for them until they are read.
/// </summary>
internal sealed class DeviceTotals(DeviceQueue queue)
{
    private readonly MemoryBuffer1D<double, Stride1D.Dense> partials = queue.Allocate<double>(GroupSum.Groups);
    private MemoryBuffer1D<double, Stride1D.Dense> totals = queue.Allocate<double>(1);
    private double[] values = [0];
    private bool isRead;

    /// <summary>Which total the next sums are added to: 0 is the loss.</summary>
    public int Index { get; set; }

    /// <summary>What they are multiplied with.</summary>
    public double Factor { get; set; }

    /// <summary>Where the groups of a sum leave theirs.</summary>
    public ArrayView<double> Partials => partials.View;

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

    /// <summary>Adds a sum that the device has just made.</summary>
    public void Add(int groups)
    {
        var arguments = new TotalArguments { Partials = Partials, Totals = totals.View, Groups = groups, Index = Index, Factor = Factor };
        queue.Launch<TotalKernel, TotalArguments>(1, 1, arguments);
        isRead = false;
    }

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
}
