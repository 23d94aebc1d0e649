using BenchmarkDotNet.Attributes;

namespace LstmDsl.Benchmarks;

/// <summary>An optimizer's step over a whole parameter block, of the smallest and of the largest model compared, on one thread.</summary>
public class UpdateBenchmarks
{
    private static readonly Sgd PlainSgd = new();
    private static readonly RmsProp PlainRmsProp = new();
    private static readonly Adam PlainAdam = new();

    private KernelBackend memory = null!;

    /// <summary>Weights.</summary>
    [Params(1_824, 1_182_240)]
    public int Weights { get; set; }

    [GlobalSetup]
    public void Prepare() => memory = new KernelBackend(Weights, activations: 0, slots: 2);

    [Benchmark]
    public void Sgd() => memory.Step(PlainSgd);

    [Benchmark]
    public void RmsProp() => memory.Step(PlainRmsProp);

    [Benchmark]
    public void Adam() => memory.Step(PlainAdam);
}
