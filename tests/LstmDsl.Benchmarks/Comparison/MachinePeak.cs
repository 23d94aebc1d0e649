using System.Diagnostics;
using System.Runtime.InteropServices;
using LstmDsl.Kernels;

namespace LstmDsl.Benchmarks;

/// <summary>What a number of threads reach at best on this machine, as it is now.</summary>
/// <param name="Threads">Threads.</param>
/// <param name="OperationsPerSecond">Floating-point operations, two a multiply-add.</param>
/// <param name="BytesReadPerSecond">Bytes read from memory.</param>
internal sealed record MachinePeak(int Threads, double OperationsPerSecond, double BytesReadPerSecond)
{
    private const int Tries = 5;
    private const long MultiplyAddRounds = 4_000_000;

    // Above every cache but that of the largest servers, and never more than an eighth of the memory.
    private static readonly nint Floats = (nint)(Math.Min(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8) / sizeof(float));

    private static float sink;

    /// <summary>Measures. Other work on the machine can only lower what is measured, so the best of several tries counts.</summary>
    public static MachinePeak Measure(int threads) => new(threads, Operations(threads), BytesRead(threads));

    /// <summary>Another look at the arithmetic: the better one stays.</summary>
    public MachinePeak LookAgain() => this with { OperationsPerSecond = Math.Max(OperationsPerSecond, Operations(Threads)) };

    private static double Operations(int threads)
    {
        var widest = CpuVectorWidth.Widest;
        var operations = OperationsPerSecondOf<Lanes128>(threads);
        if (widest >= 256)
            operations = Math.Max(operations, OperationsPerSecondOf<Lanes256>(threads));
        if (widest >= 512)
            operations = Math.Max(operations, OperationsPerSecondOf<Lanes512>(threads));
        return operations;
    }

    private static unsafe double BytesRead(int threads)
    {
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)Floats * sizeof(float), 64);
        try
        {
            var share = Floats / threads;
            // Each thread touches its own share first, so that it lies in that core's memory.
            Fastest(threads, 1, part => NativeMemory.Clear(memory + (part * share), (nuint)share * sizeof(float)));
            var seconds = Fastest(threads, Tries, part => sink = CpuVectorWidth.Widest >= 256
                ? PeakLoops.Read<Lanes256>(memory + (part * share), share)
                : PeakLoops.Read<Lanes128>(memory + (part * share), share));
            return share * threads * sizeof(float) / seconds;
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    private static double OperationsPerSecondOf<TLanes>(int threads) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var seconds = Fastest(threads, Tries, _ => sink = PeakLoops.MultiplyAdds<TLanes>(MultiplyAddRounds));
        return (double)MultiplyAddRounds * PeakLoops.OperationsPerLane * TLanes.Count * threads / seconds;
    }

    /// <summary>
    /// The shortest time from the first thread's start to the last one's end. Each thread looks at the clock itself: on a busy machine
    /// this one might be late, and too short a time would count as the best.
    /// </summary>
    private static double Fastest(int threads, int tries, Action<int> work)
    {
        var shortest = long.MaxValue;
        var (begun, ended) = (new long[threads], new long[threads]);
        for (var attempt = 0; attempt < tries; attempt++)
        {
            using var start = new Barrier(threads);
            var workers = Enumerable.Range(0, threads).Select(part => new Thread(() =>
            {
                start.SignalAndWait();
                begun[part] = Stopwatch.GetTimestamp();
                work(part);
                ended[part] = Stopwatch.GetTimestamp();
            })).ToArray();
            foreach (var worker in workers)
                worker.Start();
            foreach (var worker in workers)
                worker.Join();
            shortest = Math.Min(shortest, ended.Max() - begun.Min());
        }

        return (double)shortest / Stopwatch.Frequency;
    }
}
