namespace LstmDsl.Tests;

[Input(100, 8), Lstm(20), Dense(1)]
internal sealed partial class Lstm20Of100;

[Input(100, 8), Lstm(128), Dense(1)]
internal sealed partial class Lstm128Of100;

[Input(5, 8), Lstm(512), Dense(1)]
internal sealed partial class Lstm512Of5;

[Input(100, 64), Lstm(512), Dense(1)]
internal sealed partial class Lstm512Of100;

/// <summary>How many kernels a step of training launches: what a small model waits for on a GPU.</summary>
public sealed class LaunchTests
{
    /// <summary>What a session adds to a program's launches: the batch, and its loss.</summary>
    private const int OfSession = 2;

    // The batch, the layer, the dense layer, the loss, both backwards, all gradients, the update.
    [Fact]
    public void A_step_of_20_units_is_8_launches() => Assert.Equal(8, Count<Lstm20Of100>(samples: 4));

    // And the projection of all timesteps, and the recurrent kernel transposed.
    [Fact]
    public void A_step_of_128_units_is_10_launches() => Assert.Equal(10, Count<Lstm128Of100>(samples: 1));

    // A launch for each timestep, forwards and backwards; the projection, and the recurrent kernel with its gates side by side.
    [Fact]
    public void A_step_of_512_units_is_two_launches_a_timestep_and_8() => Assert.Equal((2 * 5) + 8, Count<Lstm512Of5>(samples: 1));

    [Fact]
    public void Tiles_and_groups_of_a_gpu_need_no_more()
    {
        Assert.Equal(8 - OfSession, CountOnGpu<Lstm20Of100>());
        Assert.Equal(10 - OfSession, CountOnGpu<Lstm128Of100>());
        Assert.Equal((2 * 100) + 8 - OfSession, CountOnGpu<Lstm512Of100>());
    }

    [Fact]
    public void A_metric_that_is_a_mean_is_one_launch_more() =>
        Assert.Equal(9, Count<Lstm20Of100>(samples: 4, new TrackedMetric(Metric.MeanAbsoluteError, "mae", IsWeighted: false)));

    /// <summary>Counts the launches of the second batch.</summary>
    private static long Count<TModel>(int samples, params TrackedMetric[] metrics) where TModel : class, IRecurrentModel<TModel>
    {
        var connection = DeviceConnection.ToCpuAccelerator(LaunchPlan.ForCpuAccelerator);
        var shape = TModel.Shape;
        var setup = new TrainingSetup(new Adam(), Loss.MeanSquaredError, samples);
        var session = new IlgpuDevice(connection).CreateTrainingSession<TModel>(setup);
        var source = new BatchSource
        {
            Rows = new float[samples * shape.InputLength],
            Features = shape.Features,
            Timesteps = shape.Timesteps,
            Starts = [.. Enumerable.Range(0, samples).Select(sample => sample * shape.Timesteps)],
            Targets = new float[samples * shape.OutputLength],
            TargetStarts = [.. Enumerable.Range(0, samples).Select(sample => (long)sample * shape.OutputLength)],
            TargetLength = shape.OutputLength,
        };
        int[] windows = [.. Enumerable.Range(0, samples)];
        session.UploadParameters(TModel.Create(seed: 1).State.Parameters.Span);
        session.BeginMetrics(metrics);
        session.Train(source, windows, iteration: 1, learningRate: 0.1);
        var before = connection.Open().Launches;
        session.Train(source, windows, iteration: 2, learningRate: 0.1);
        return connection.Open().Launches - before;
    }

    /// <summary>Counts those of a program and an update, for a batch of 64, without a device.</summary>
    private static int CountOnGpu<TModel>() where TModel : class, IRecurrentModel<TModel>
    {
        var launched = new List<Type>();
        var program = new DeviceProgram(queue: null, LaunchPlan.ForGpu(groupThreads: 1024))
        {
            Launched = launched,
            BatchSamples = 64,
            Trains = true,
        };
        var backend = new IlgpuBackend(program);
        TModel.Forward(ref backend, 64);
        TModel.Backward(ref backend, 64, inputGradient: false);
        TModel.Gradients(ref backend, 64);
        program.LaunchGradients();
        var update = new UpdateProgram(new Adam(), TModel.Plan.Tensors);
        update.Begin(iteration: 1, learningRate: 0.1);
        update.Run(ref backend, TModel.Plan.TrainableFloats);
        return launched.Count;
    }
}
