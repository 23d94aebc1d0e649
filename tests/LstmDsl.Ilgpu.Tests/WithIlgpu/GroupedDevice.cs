namespace LstmDsl.Tests;

internal static partial class GroupedDevice
{
    // One group of four threads and tiles of 8 × 8, so that everything meets at barriers and has edges; from 7 units on a launch a timestep.
    // What has fewer than four tiles is cut in its depth, if that is 16 at least.
    static partial void Make(ref Device? device) => device = new IlgpuDevice(DeviceConnection.ToCpuAccelerator(new LaunchPlan(
        MaximumGroups: 1,
        ElementGroup: 4,
        MaximumSequenceGroup: 4,
        LargeTile: 8,
        SmallTile: 8,
        LargestSequence: 6,
        ManyGroups: 4,
        SmallestSlice: 8)));
}
