using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>Twelve batches' updates of two bare tensors from given gradients, as Keras made them, on each backend.</summary>
public sealed class OptimizerParityTests
{
    // Two tensors, each on 64 bytes as in any parameter block: a (5, 3), b (4).
    private const int OffsetB = 16;
    private const int BlockLength = 32;

    private static readonly TensorSlot[] Tensors =
    [
        new("a", TensorRole.Kernel, 0, 5, 3, new Initializer(Init.Zeros)),
        new("b", TensorRole.Bias, OffsetB, 1, 4, new Initializer(Init.Zeros)),
    ];

    public static TheoryData<string> CaseNames => [.. ParityIndex.Cases("optimizers").Select(ParityIndex.Name)];

    [Fact]
    public void AllCasesAreFound() => Assert.Equal(33, CaseNames.Count);

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void AgreesWithKeras(string name)
    {
        var configuration = ParityIndex.Case("optimizers", name).GetProperty("optimizer");

        // Both sides are float64 and the formulas the same, once the numbers that Keras rounds to float32 are rounded here too; a schedule's
        // rates have float32's precision there.
        var exact = KerasOptimizers.Make(configuration, rounds: true);
        Check<ReferenceBackend<double>, double>(name, exact);

        var optimizer = KerasOptimizers.Make(configuration);
        Check<ReferenceBackend<float>, float>(name, optimizer);
        Check<CpuBackend<Lanes128>, float>(name, optimizer);
        Check<CpuBackend<Lanes256>, float>(name, optimizer);
        Check<CpuBackend<Lanes512>, float>(name, optimizer);
    }

    private static unsafe void Check<TBackend, T>(string name, Optimizer optimizer)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var inDouble = optimizer.LearningRate.IsConstant ? ParityCase.DoubleTolerance : ParityCase.FloatTolerance;
        var parity = ParityCase.On<TBackend, T>("optimizers", name, inDouble);
        var fixture = SafetensorsFixture.Load("optimizers", name);
        var parameters = new AlignedBlock<T>(BlockLength);
        var gradients = new AlignedBlock<T>(BlockLength);
        var slots = new AlignedBlock<T>(BlockLength * optimizer.Slots.Count);
        for (var slot = 0; slot < optimizer.Slots.Count; slot++)
            slots.Span.Slice(slot * BlockLength, BlockLength).Fill(T.CreateTruncating(optimizer.InitialValue(slot)));
        BatchGather.Convert<T>(fixture.Floats("w.a"), parameters.Pointer);
        BatchGather.Convert<T>(fixture.Floats("w.b"), parameters.Pointer + OffsetB);
        var backend = TBackend.Over(new HostBlocks<T>
        {
            Parameters = parameters.Pointer,
            Gradients = gradients.Pointer,
            Slots = slots.Pointer,
            ParameterFloats = BlockLength,
            Shares = 1,
        });
        var update = new UpdateProgram(optimizer, Tensors);

        var steps = ParityIndex.Case("optimizers", name).GetProperty("steps").GetInt32();
        for (var step = 1; step <= steps; step++)
        {
            BatchGather.Convert<T>(fixture.Floats($"g.{step}.a"), gradients.Pointer);
            BatchGather.Convert<T>(fixture.Floats($"g.{step}.b"), gradients.Pointer + OffsetB);
            update.Begin(step, optimizer.LearningRate.At(step - 1));
            Run(update, ref backend);
            AssertClose($"{step}.a", 0, 15);
            AssertClose($"{step}.b", OffsetB, 4);
            Assert.All(parameters.Span[20..].ToArray(), padding => Assert.Equal(T.Zero, padding));
        }

        if (!optimizer.UseEma)
            return;
        update.TakeAverages(ref backend, 0, BlockLength);
        AssertClose("final.a", 0, 15);
        AssertClose("final.b", OffsetB, 4);

        void AssertClose(string tensor, int offset, int length) => parity.AssertClose(
            fixture.Doubles(tensor),
            [.. parameters.Span.Slice(offset, length).ToArray().Select(value => double.CreateTruncating(value))],
            tensor);
    }

    private static void Run<TBackend>(UpdateProgram update, ref TBackend backend) where TBackend : struct, ITrainingBackend
    {
        // In two ranges, since elementwise updates may be cut anywhere.
        foreach (var (from, to) in new[] { (0, 7), (7, BlockLength) })
        {
            if (update.WorksOnTensors)
                update.Accumulate(ref backend, from, to);
            else
                update.UpdateRange(ref backend, from, to);
        }

        if (update.MeasuresGradients)
        {
            for (var tensor = 0; tensor < update.Tensors; tensor++)
                update.Measure(ref backend, tensor);
            update.EndMeasuring();
        }

        for (var tensor = 0; update.WorksOnTensors && tensor < update.Tensors; tensor++)
            update.UpdateTensor(ref backend, tensor);
    }
}
