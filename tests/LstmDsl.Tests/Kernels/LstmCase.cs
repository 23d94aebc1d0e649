using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>An LSTM layer in guarded memory.</summary>
internal sealed class LstmCase : RecurrentCase
{
    private readonly RecurrentOffsets offsets;

    public LstmCase(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false)
        : base(shape, columnsPerUnit: 4, samples, timesteps, bits, seed, prediction) => offsets = new RecurrentOffsets
        {
            Kernel = KernelOffset,
            RecurrentKernel = RecurrentKernelOffset,
            Bias = BiasOffset,
            Input = InputOffset,
            OutputGradient = OutputGradientOffset,
            Gates = PreActivationsOffset,
            Carried = Take(KeptTimesteps * samples * shape.Units),
            Kept = prediction ? -1 : Take(timesteps * samples * shape.Units),
            Hidden = HiddenOffset,
            GatesStride = StepWidth * 4 * shape.Units,
            CarriedStride = StepWidth * shape.Units,
            KeptStride = shape.Units,
            HiddenStride = HiddenStride,
            InputGradient = InputGradientOffset,
            StateGradients = Take(2 * samples * shape.Units),
        };

    public Span<float> Cells => Activations(offsets.Carried, Timesteps * Samples * Shape.Units);

    public override RecurrentReference RunReference() => new LstmReference(Shape, Samples, Timesteps).Run(this);

    protected override void Forward(ITrainingBackend backend) => backend.RecurrentForward<LstmCell<DrawnGated>>(offsets, Samples, Timesteps);

    protected override void Backward(ITrainingBackend backend) => backend.RecurrentBackward<LstmCell<DrawnGated>>(offsets, Samples, Timesteps);

    protected override void Gradients(ITrainingBackend backend) => backend.RecurrentGradients<LstmCell<DrawnGated>>(offsets, Samples, Timesteps);
}
