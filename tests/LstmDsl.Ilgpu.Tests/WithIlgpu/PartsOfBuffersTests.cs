using ILGPU.Runtime;

namespace LstmDsl.Tests;

/// <summary>What is done to a part of a buffer is done to that part, wherever it lies.</summary>
public sealed class PartsOfBuffersTests
{
    private const int Length = 1000, Offset = 300, Part = 77;

    [Theory]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void Zeros_go_to_the_part_alone(string device)
    {
        Assert.Equal(Expected(Filled<float>(1), new float[Part]), Cleared(device, 1f));
        Assert.Equal(Expected(Filled<double>(1), new double[Part]), Cleared(device, 1d));
        Assert.Equal(Expected(Filled(1), new int[Part]), Cleared(device, 1));
    }

    [Theory]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void Copies_go_to_their_part_and_come_from_theirs(string device)
    {
        var queue = DeviceBlocks.Open(device);
        using var entered = queue.Enter();
        using var buffer = queue.Allocate<float>(Length);
        using var other = queue.Allocate<float>(Length);
        float[] values = [.. Enumerable.Range(1, Part).Select(value => (float)value)];
        queue.Upload<float>(values, buffer.View.SubView(Offset, Part));
        queue.Copy(buffer.View.SubView(Offset, Part), other.View.SubView(2 * Offset, Part));

        var found = new float[Length];
        queue.Download(buffer.View, found);
        Assert.Equal(Expected(new float[Length], values), found);
        var part = new float[Part];
        queue.Download(other.View.SubView(2 * Offset, Part), part);
        Assert.Equal(values, part);
        queue.Download(other.View, found);
        Assert.Equal(values.Sum(), found.Sum());
    }

    // Why DeviceQueue.Clear runs a kernel. Should this fail, ILGPU has been mended, and Clear may call it again.
    [Theory]
    [OnOpenCl]
    public void Zeros_that_ILGPU_itself_writes_to_a_part_miss_it(string device)
    {
        var queue = DeviceBlocks.Open(device);
        using var entered = queue.Enter();
        using var buffer = queue.Allocate<float>(Length);
        queue.Upload<float>(Filled(1f), buffer.View);
        buffer.View.SubView(16, 10).MemSetToZero();
        var found = new float[Length];
        queue.Download(buffer.View, found);

        // At four times the offset: it is scaled to bytes, and then again.
        int[] zeros = [.. Enumerable.Range(0, Length).Where(place => found[place] == 0)];
        Assert.Equal(Enumerable.Range(4 * 16, 10), zeros);
    }

    // Allocate calls it, for whole buffers alone: there is no offset to scale.
    [Theory]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void A_new_buffer_is_zero_where_another_lay(string device)
    {
        var queue = DeviceBlocks.Open(device);
        using var entered = queue.Enter();
        for (var round = 0; round < 3; round++)
        {
            using var buffer = queue.Allocate<float>(Length);
            var found = new float[Length];
            queue.Download(buffer.View, found);
            Assert.All(found, value => Assert.Equal(0, value));
            queue.Upload<float>(Filled(1f), buffer.View);
            queue.Synchronize();
        }
    }

    private static T[] Cleared<T>(string device, T value) where T : unmanaged
    {
        var queue = DeviceBlocks.Open(device);
        using var entered = queue.Enter();
        using var buffer = queue.Allocate<T>(Length);
        queue.Upload<T>(Filled(value), buffer.View);
        queue.Clear<T>(buffer.View.SubView(Offset, Part));
        var found = new T[Length];
        queue.Download(buffer.View, found);
        return found;
    }

    private static T[] Filled<T>(T value) where T : unmanaged => [.. Enumerable.Repeat(value, Length)];

    private static T[] Expected<T>(T[] around, T[] part)
    {
        part.CopyTo(around, Offset);
        return around;
    }
}
