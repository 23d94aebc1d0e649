using BenchmarkDotNet.Attributes;
using LstmDsl.CompilerServices;

namespace LstmDsl.Benchmarks;

/// <summary>The passes of a dense layer: the one unit on every timestep that ends the sequence model, and a square one.</summary>
public class DenseBenchmarks
{
    private const int SequenceRows = 20 * 5;
    private const int SquareRows = 64;

    private readonly KernelBackend sequenceMemory = new(1024, 64 * 1024);
    private readonly KernelBackend squareMemory = new(64 * 1024, 64 * 1024);
    private ITrainingBackend sequence = null!;
    private ITrainingBackend square = null!;

    private static DenseOffsets SequenceOffsets => new()
    {
        Kernel = 0,
        Bias = 64,
        Input = 0,
        Output = 8 * 1024,
        OutputGradient = 9 * 1024,
        InputGradient = 10 * 1024,
    };

    private static DenseOffsets SquareOffsets => new()
    {
        Kernel = 0,
        Bias = 128 * 128,
        Input = 0,
        Output = 8 * 1024,
        OutputGradient = 16 * 1024,
        InputGradient = 24 * 1024,
    };

    [GlobalSetup]
    public void Prepare()
    {
        sequence = sequenceMemory.Create();
        square = squareMemory.Create();
    }

    [Benchmark]
    public void SequenceForward() => sequence.DenseForward<OneUnit>(SequenceOffsets, SequenceRows);

    [Benchmark]
    public void SequenceBackward() => sequence.DenseBackward<OneUnit>(SequenceOffsets, SequenceRows);

    [Benchmark]
    public void SequenceGradients() => sequence.DenseGradients<OneUnit>(SequenceOffsets, SequenceRows);

    [Benchmark]
    public void SquareForward() => square.DenseForward<Square>(SquareOffsets, SquareRows);

    [Benchmark]
    public void SquareBackward() => square.DenseBackward<Square>(SquareOffsets, SquareRows);

    [Benchmark]
    public void SquareGradients() => square.DenseGradients<Square>(SquareOffsets, SquareRows);

    private readonly struct OneUnit : IDenseShape
    {
        public static int Inputs => 40;

        public static int Units => 1;

        public static Activation Activation => Activation.Linear;

        public static bool UseBias => true;
    }

    private readonly struct Square : IDenseShape
    {
        public static int Inputs => 128;

        public static int Units => 128;

        public static Activation Activation => Activation.Linear;

        public static bool UseBias => true;
    }
}
