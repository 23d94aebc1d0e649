using System.Diagnostics;

namespace LstmDsl.Benchmarks;

/// <summary>This library, in this process.</summary>
internal sealed class OwnContender : Contender
{
    /// <summary>How the report calls this library.</summary>
    public const string LibraryName = "LstmDsl";

    private readonly Device device;
    private readonly bool allThreads;
    private ComparisonRow? prepared;
    private OwnWork? work;
    private int count;

    /// <summary>The CPU's kernels.</summary>
    /// <param name="threads">Threads it works with.</param>
    /// <param name="allThreads">Whether these are as many as are asked for: then it also takes the rows that have no choice.</param>
    public OwnContender(int threads, bool allThreads) : base(LibraryName, threads)
    {
        device = new CpuDevice(threads);
        this.allThreads = allThreads;
    }

    /// <summary>Another device, which takes the rows that leave a choice.</summary>
    /// <param name="device">The device.</param>
    public OwnContender(IlgpuDevice device) : base($"{LibraryName} on {device.Description}", threads: 0) => this.device = device;

    /// <inheritdoc/>
    public override bool Runs(ComparisonRow row) => row.Work is not null && row.Threads switch
    {
        RowThreads.One => Threads == 1,
        RowThreads.All => allThreads,
        _ => true,
    };

    /// <inheritdoc/>
    public override Measurement Measure(ComparisonRow row)
    {
        if (row != prepared)
            Prepare(row);
        return new(Time(count) / count, work!.PeakBytes);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private void Prepare(ComparisonRow row)
    {
        work = null;
        work = row.Work!(device);
        // Doubling warms up on its way. Methods reach their last form after some 30 calls and a pause, which the rounds of the others give.
        count = Repetitions.Find(Time);
        prepared = row;
    }

    private double Time(int count)
    {
        var begun = Stopwatch.GetTimestamp();
        work!.Run(count);
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
