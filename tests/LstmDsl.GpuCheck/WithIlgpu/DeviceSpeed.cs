using System.Diagnostics;
using LstmDsl.Tests;

namespace LstmDsl.GpuCheck;

// What a step's time is estimated from: launches, and bytes that are moved.
internal static partial class DeviceFacts
{
    private const int Launches = 2000;
    private const int Waits = 200;
    private const int Copies = 10;

    // 128 MiB: more than any cache.
    private const int CopiedFloats = 1 << 25;

    static partial void MeasureSpeed(string device, Action<string, string> say)
    {
        var queue = DeviceBlocks.Open(device);
        using var entered = queue.Enter();
        using var from = queue.Allocate<float>(CopiedFloats);
        using var to = queue.Allocate<float>(CopiedFloats);
        var one = from.View.SubView(0, 1);
        var launch = Time(Launches, () => queue.Clear<float>(one));
        say("a launch among many", Digits(1e6 * launch, "µs"));
        var wait = Time(Waits, () =>
        {
            queue.Clear<float>(one);
            queue.Synchronize();
        });
        say("a launch that is waited for", Digits(1e6 * wait, "µs"));
        var copy = Time(Copies, () => queue.Copy(from.View, to.View));
        say("memory, read and written", Digits(2e-9 * sizeof(float) * CopiedFloats / copy, "GB/s"));
        var numbers = new float[CopiedFloats];
        var upload = Time(Copies, () => queue.Upload<float>(numbers, to.View));
        say("from the host", Digits(1e-9 * sizeof(float) * CopiedFloats / upload, "GB/s"));

        double Time(int count, Action work)
        {
            work();
            queue.Synchronize();
            var begun = Stopwatch.GetTimestamp();
            for (var run = 0; run < count; run++)
                work();
            queue.Synchronize();
            return Stopwatch.GetElapsedTime(begun).TotalSeconds / count;
        }
    }
}
