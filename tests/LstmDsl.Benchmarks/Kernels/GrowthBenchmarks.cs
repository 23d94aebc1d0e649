using BenchmarkDotNet.Attributes;

namespace LstmDsl.Benchmarks;

/// <summary>An epoch of the second system, whose time should grow with samples and timesteps and no faster.</summary>
public class GrowthBenchmarks
{
    private OwnWork work = null!;

    /// <summary>Samples of the data set, in batches of 10.</summary>
    [Params(170, 1_700, 17_000)]
    public int Samples { get; set; }

    /// <summary>Timesteps of a sample.</summary>
    [Params(20, 200)]
    public int Timesteps { get; set; }

    [GlobalSetup]
    public void Prepare() => work = Timesteps == 20
        ? new FitEpochs<Lstm40Sequence>(Samples, batch: 10, new Sgd(), new CpuDevice(threads: 1))
        : new FitEpochs<Lstm40LongSequence>(Samples, batch: 10, new Sgd(), new CpuDevice(threads: 1));

    [Benchmark]
    public void Epoch() => work.Run(1);
}
