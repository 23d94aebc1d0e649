using BenchmarkDotNet.Attributes;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Benchmarks;

/// <summary>An optimizer's step over a whole parameter block, of the smallest and of the largest model compared, on one thread.</summary>
public class UpdateBenchmarks
{
    private const int MostSlots = 2;

    private static readonly Sgd PlainSgd = new();
    private static readonly RmsProp PlainRmsProp = new();
    private static readonly Adam PlainAdam = new();

    private AlignedBlock<float> weights = null!;
    private AlignedBlock<float> gradients = null!;
    private AlignedBlock<float> slots = null!;

    /// <summary>Weights.</summary>
    [Params(1_824, 1_182_240)]
    public int Weights { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        weights = new(Weights);
        gradients = new(Weights);
        slots = new(Weights * MostSlots);
        Spread.Fill(weights.Span);
        Spread.Fill(gradients.Span);
    }

    [Benchmark]
    public void Sgd() => Step(PlainSgd);

    [Benchmark]
    public void RmsProp() => Step(PlainRmsProp);

    [Benchmark]
    public void Adam() => Step(PlainAdam);

    private void Step(Optimizer optimizer)
    {
        switch (CpuVectorWidth.Bits)
        {
            case 512: Step<CpuBackend<Lanes512>>(optimizer); break;
            case 256: Step<CpuBackend<Lanes256>>(optimizer); break;
            default: Step<CpuBackend<Lanes128>>(optimizer); break;
        }
    }

    // The learning rate is so small that the weights stay what they are, however often the step is measured.
    private unsafe void Step<TBackend>(Optimizer optimizer) where TBackend : struct, IHostBackend<TBackend, float>
    {
        var backend = TBackend.Over(new HostBlocks<float>
        {
            Parameters = weights.Pointer,
            Gradients = gradients.Pointer,
            Slots = slots.Pointer,
            ParameterFloats = Weights,
            Shares = 1,
        });
        optimizer.Step(ref backend, new UpdateStep(Iteration: 1, LearningRate: 1e-9), new UpdateRegion(0, Weights));
    }
}
