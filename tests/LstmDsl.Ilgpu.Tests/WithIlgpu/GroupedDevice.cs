namespace LstmDsl.Tests;

internal static partial class GroupedDevice
{
    // One group of four threads and tiles of 8 × 8, so that everything meets at barriers and has edges; from 7 units on a launch a timestep.
    static partial void Make(ref Device? device) => device = new IlgpuDevice(DeviceConnection.ToCpuAccelerator(new LaunchPlan(
        MaximumGroups: 1, ElementGroup: 4, MaximumSequenceGroup: 4, LargeTile: 2, SmallTile: 2, LargestSequence: 6)));
}
