using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>A GRU layer in guarded memory.</summary>
internal sealed class GruCase : RecurrentCase
{
    private readonly RecurrentOffsets offsets;

    public GruCase(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false)
        : base(shape, columnsPerUnit: 3, samples, timesteps, bits, seed, prediction, biasRows: shape.ResetAfter ? 2 : 1)
    {
        var recurrent = (shape.ResetAfter ? 3 : 1) * shape.Units;
        offsets = new RecurrentOffsets
        {
            Kernel = KernelOffset,
            RecurrentKernel = RecurrentKernelOffset,
            Bias = BiasOffset,
            Input = InputOffset,
            OutputGradient = OutputGradientOffset,
            Gates = PreActivationsOffset,
            Kept = Take(KeptTimesteps * samples * recurrent),
            Hidden = HiddenOffset,
            GatesStride = StepWidth * 3 * shape.Units,
            KeptStride = StepWidth * recurrent,
            HiddenStride = HiddenStride,
            InputGradient = InputGradientOffset,
            StateGradients = Take(2 * samples * shape.Units),
        };
    }

    public override RecurrentReference RunReference() => new GruReference(Shape, Samples, Timesteps).Run(this);

    protected override void Forward(ITrainingBackend backend)
    {
        if (Shape.ResetAfter)
            backend.RecurrentForward<GruCell<DrawnGated>>(offsets, Samples, Timesteps);
        else
            backend.RecurrentForward<GruResetBeforeCell<DrawnGated>>(offsets, Samples, Timesteps);
    }

    protected override void Backward(ITrainingBackend backend)
    {
        if (Shape.ResetAfter)
            backend.RecurrentBackward<GruCell<DrawnGated>>(offsets, Samples, Timesteps);
        else
            backend.RecurrentBackward<GruResetBeforeCell<DrawnGated>>(offsets, Samples, Timesteps);
    }

    protected override void Gradients(ITrainingBackend backend)
    {
        if (Shape.ResetAfter)
            backend.RecurrentGradients<GruCell<DrawnGated>>(offsets, Samples, Timesteps);
        else
            backend.RecurrentGradients<GruResetBeforeCell<DrawnGated>>(offsets, Samples, Timesteps);
    }
}
