using BenchmarkDotNet.Attributes;

namespace LstmDsl.Benchmarks;

/// <summary>The passes of an LSTM layer over one block of samples, on one thread.</summary>
public class LstmBenchmarks
{
    private LstmBlock block = null!;

    /// <summary>Units of the layer; the other numbers are in LstmSizes.cs.</summary>
    [Params(20, 32, 40, 128, 512)]
    public int Units { get; set; }

    [GlobalSetup]
    public void Prepare() => block = Units switch
    {
        20 => new LstmBlock<Lstm20Size>(),
        32 => new LstmBlock<Lstm32Size>(),
        40 => new LstmBlock<Lstm40Size>(),
        128 => new LstmBlock<Lstm128Size>(),
        _ => new LstmBlock<Lstm512Size>(),
    };

    [Benchmark]
    public void Infer() => block.Infer();

    [Benchmark]
    public void Forward() => block.Forward();

    [Benchmark]
    public void Backward() => block.Backward();

    [Benchmark]
    public void Gradients() => block.Gradients();
}
