using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>A minimal GRU layer, which has no use for its recurrent kernel, in guarded memory.</summary>
internal sealed class MinGruCase : RecurrentCase
{
    private readonly RecurrentOffsets offsets;

    public MinGruCase(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false)
        : base(shape, columnsPerUnit: 2, samples, timesteps, bits, seed, prediction) => offsets = new RecurrentOffsets
        {
            Kernel = KernelOffset,
            Bias = BiasOffset,
            Input = InputOffset,
            OutputGradient = OutputGradientOffset,
            Gates = PreActivationsOffset,
            Hidden = HiddenOffset,
            GatesStride = StepWidth * 2 * shape.Units,
            HiddenStride = HiddenStride,
            InputGradient = InputGradientOffset,
            StateGradients = Take(samples * shape.Units),
        };

    public override RecurrentReference RunReference() => new MinGruReference(Shape, Samples, Timesteps).Run(this);

    protected override void Forward(ITrainingBackend backend) =>
        backend.RecurrentForward<MinGruCell<DrawnGated>>(offsets, Samples, Timesteps);

    protected override void Backward(ITrainingBackend backend) =>
        backend.RecurrentBackward<MinGruCell<DrawnGated>>(offsets, Samples, Timesteps);

    protected override void Gradients(ITrainingBackend backend) =>
        backend.RecurrentGradients<MinGruCell<DrawnGated>>(offsets, Samples, Timesteps);
}
