using ILGPU;

namespace LstmDsl.Kernels;

/// <summary>
/// Groups of a launch that work on parts of one thing: each leaves its part in memory, and the last to arrive, whichever that is, puts all of
/// them together in the order of parts, so that the bits do not depend on it. Nobody waits. Counters are zeros before and after.
/// </summary>
internal static class Arrival
{
    /// <summary>Counters of a session: more things than have parts in a launch, since what has many parts is few.</summary>
    public const int Counters = 4096;

    /// <summary>Whether this group is the last of those that leave a part; all its threads ask, after they have written theirs.</summary>
    public static bool IsLastGroup(ArrayView<int> counters, int counter, int groups)
    {
        var answer = SharedMemory.Allocate1D<int, Stride1D.Dense>(1, default);
        DeviceIntrinsics.Fence();
        DeviceIntrinsics.Synchronize();
        if (Group.IdxX == 0)
            answer[0] = Count(counters, counter, groups);
        DeviceIntrinsics.Synchronize();
        DeviceIntrinsics.Fence();
        return answer[0] != 0;
    }

    /// <summary>The same of groups for which one thread speaks, which has written their part itself.</summary>
    public static bool IsLastThread(ArrayView<int> counters, int counter, int groups)
    {
        DeviceIntrinsics.Fence();
        var isLast = Count(counters, counter, groups);
        DeviceIntrinsics.Fence();
        return isLast != 0;
    }

    private static int Count(ArrayView<int> counters, int counter, int groups)
    {
        if (Atomic.Add(ref counters[counter], 1) != groups - 1)
            return 0;
        counters[counter] = 0;
        return 1;
    }
}
