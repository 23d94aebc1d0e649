using BenchmarkDotNet.Attributes;

namespace LstmDsl.Benchmarks;

/// <summary>
/// The passes of a layer over one block of samples of its batch, on one thread. Recurrent layers carry the dense layer of one unit that
/// ends their model.
/// </summary>
public class LayerBenchmarks
{
    private ModelBlock block = null!;

    /// <summary>The model, one of MeasuredModels.cs.</summary>
    [Params("LSTM 20", "LSTM 32", "LSTM 40", "LSTM 128", "LSTM 512", "SimpleRNN 40", "Dense 128")]
    public string Layer { get; set; } = "";

    [GlobalSetup]
    public void Prepare() => block = Layer switch
    {
        "LSTM 20" => ModelBlock.Of<Lstm20>(batch: 32),
        "LSTM 32" => ModelBlock.Of<Lstm32>(batch: 256),
        "LSTM 40" => ModelBlock.Of<Lstm40Sequence>(batch: 10),
        "LSTM 128" => ModelBlock.Of<Lstm128>(batch: 64),
        "LSTM 512" => ModelBlock.Of<Lstm512>(batch: 64),
        "SimpleRNN 40" => ModelBlock.Of<SimpleRnn40Sequence>(batch: 10),
        "Dense 128" => ModelBlock.Of<SquareDense>(batch: 64),
        _ => throw new InvalidOperationException($"There is no layer \"{Layer}\"."),
    };

    [Benchmark]
    public void Infer() => block.Infer();

    [Benchmark]
    public void Forward() => block.Forward();

    [Benchmark]
    public void Backward() => block.Backward();

    [Benchmark]
    public void Gradients() => block.Gradients();

    [Benchmark]
    public void Pack() => block.Pack();
}
