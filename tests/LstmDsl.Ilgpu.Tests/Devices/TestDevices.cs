namespace LstmDsl.Tests;

/// <summary>The devices of the suite, by name.</summary>
internal static class TestDevices
{
    /// <summary>ILGPU's CPU accelerator with the layout of a GPU, in small.</summary>
    public const string IlgpuCpuInGroups = "ilgpu-cpu in groups";

    private static readonly Lazy<IReadOnlyList<IlgpuDevice>> Found = new(IlgpuDevice.Enumerate);

    /// <summary>The device of that name.</summary>
    public static Device Get(string name) => name switch
    {
        "cpu" => Device.Cpu,
        IlgpuCpuInGroups => GroupedDevice.Instance!,
        _ => Found.Value.Single(device => device.Name == name),
    };

    /// <summary>Why there is no such device; null where there is.</summary>
    public static string? WhyAbsent(string name)
    {
        var there = name switch
        {
            "cpu" => true,
            IlgpuCpuInGroups => GroupedDevice.Instance is not null,
            _ => Found.Value.Any(device => device.Name == name),
        };
        return there ? null : $"No {name}: {IlgpuDevice.Status}.";
    }

    /// <summary>The same in a few words.</summary>
    public static string WhyAbsentInShort(string name) =>
        GroupedDevice.Instance is null ? $"no {name}: built without ILGPU" : $"no {name} found";
}

/// <summary>Where there is ILGPU, the device <see cref="TestDevices.IlgpuCpuInGroups"/>.</summary>
internal static partial class GroupedDevice
{
    private static readonly Lazy<Device?> Made = new(() =>
    {
        Device? device = null;
        Make(ref device);
        return device;
    });

    public static Device? Instance => Made.Value;

    static partial void Make(ref Device? device);
}
