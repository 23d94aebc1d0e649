using System.Globalization;

namespace LstmDsl.Tests;

/// <summary>A batch for which a device has no room is refused with the bytes that it takes and the largest batch that fits.</summary>
public sealed class MemoryTests
{
    private static readonly LaunchPlan Plan = LaunchPlan.ForCpuAccelerator;

    [Fact]
    public void A_batch_that_does_not_fit_names_the_largest_that_does()
    {
        var setup = new TrainingSetup(new Adam(), Loss.MeanSquaredError, BatchSize: 64);
        var needed = SessionMemory<Lstm20Dense1>.Bytes(setup, Plan, samples: 64);
        var largest = SessionMemory<Lstm20Dense1>.Bytes(setup, Plan, samples: 17);
        var device = new IlgpuDevice(DeviceConnection.ToCpuAccelerator(Plan, largest));

        var problem = Assert.Throws<InsufficientMemoryException>(() => device.CreateTrainingSession<Lstm20Dense1>(setup));
        Assert.Contains(needed.ToString("N0", CultureInfo.InvariantCulture) + " bytes", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("The largest batch that fits is 17.", problem.Message, StringComparison.Ordinal);
        Assert.Equal(17, device.CreateTrainingSession<Lstm20Dense1>(setup with { BatchSize = 17 }).Capacity);
    }

    [Fact]
    public void A_model_that_does_not_fit_at_all_says_so()
    {
        var device = new IlgpuDevice(DeviceConnection.ToCpuAccelerator(Plan, memory: 1000));
        var setup = new TrainingSetup(new Sgd(), Loss.MeanSquaredError, BatchSize: 1);
        var problem = Assert.Throws<InsufficientMemoryException>(() => device.CreateTrainingSession<Lstm20Dense1>(setup));
        Assert.EndsWith("Not even a batch of one sample fits.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_addressed_does_not_fit()
    {
        // 20 timesteps of 40 units and their gradients: more than 2³¹ floats for a million samples.
        var device = new IlgpuDevice(DeviceConnection.ToCpuAccelerator(Plan, long.MaxValue));
        var setup = new TrainingSetup(new Sgd(), Loss.MeanSquaredError, BatchSize: 1_000_000);
        var problem = Assert.Throws<InsufficientMemoryException>(() => device.CreateTrainingSession<Lstm40SequenceDense1>(setup));
        Assert.Contains("of which 2,147,483,647 can be addressed", problem.Message, StringComparison.Ordinal);
        Assert.Contains("The largest batch that fits is ", problem.Message, StringComparison.Ordinal);
    }
}
