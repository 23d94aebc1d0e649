using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Benchmarks;

/// <summary>Blocks of memory filled with numbers around zero, and the CPU backend over them, of the width that the library would choose.</summary>
internal sealed unsafe class KernelBackend(int parameters, int activations, int slots = 0)
{
    private readonly AlignedBlock<float> weights = Filled(parameters, 0.1f);
    private readonly AlignedBlock<float> gradients = Filled(parameters, 0.1f);
    private readonly AlignedBlock<float> values = Filled(activations, 1);
    private readonly AlignedBlock<float> slotValues = new(parameters * slots);

    /// <summary>The activation block.</summary>
    public Span<float> Activations => values.Span;

    private HostBlocks<float> Blocks => new()
    {
        Parameters = weights.Pointer,
        Gradients = gradients.Pointer,
        Activations = values.Pointer,
        Slots = slotValues.Pointer,
        ParameterFloats = weights.Length,
        Shares = 1,
    };

    /// <summary>The backend. A call through it costs some tens of nanoseconds, which the kernels measured here do not notice.</summary>
    public ITrainingBackend Create() => CpuVectorWidth.Bits switch
    {
        512 => CpuBackend<Lanes512>.Over(Blocks),
        256 => CpuBackend<Lanes256>.Over(Blocks),
        _ => CpuBackend<Lanes128>.Over(Blocks),
    };

    /// <summary>An optimizer's step over all weights.</summary>
    public void Step(Optimizer optimizer)
    {
        switch (CpuVectorWidth.Bits)
        {
            case 512: Step<CpuBackend<Lanes512>>(optimizer); break;
            case 256: Step<CpuBackend<Lanes256>>(optimizer); break;
            default: Step<CpuBackend<Lanes128>>(optimizer); break;
        }
    }

    private void Step<TBackend>(Optimizer optimizer) where TBackend : struct, IHostBackend<TBackend, float>
    {
        var backend = TBackend.Over(Blocks);
        optimizer.Step(ref backend, iteration: 1, learningRate: 1e-6, from: 0, to: weights.Length);
    }

    private static AlignedBlock<float> Filled(int length, float scale)
    {
        var block = new AlignedBlock<float>(length);
        // Multiples of the golden ratio, modulo 1: evenly spread and without a period.
        for (var index = 0; index < length; index++)
            block.Span[index] = scale * (float)((index * 0.6180339887498949 % 1) - 0.5);
        return block;
    }
}
