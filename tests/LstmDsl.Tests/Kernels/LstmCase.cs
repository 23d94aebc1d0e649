using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>An LSTM layer in guarded memory.</summary>
internal sealed class LstmCase : RecurrentCase
{
    private readonly LstmOffsets offsets;

    public LstmCase(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false)
        : base(shape, columnsPerUnit: 4, samples, timesteps, bits, seed, prediction) => offsets = new LstmOffsets
        {
            Kernel = KernelOffset,
            RecurrentKernel = RecurrentKernelOffset,
            Bias = BiasOffset,
            Input = InputOffset,
            OutputGradient = OutputGradientOffset,
            Gates = PreActivationsOffset,
            Cells = Take(KeptTimesteps * samples * shape.Units),
            ActivatedCells = prediction ? -1 : Take(timesteps * samples * shape.Units),
            Hidden = HiddenOffset,
            GatesStride = StepWidth * 4 * shape.Units,
            CellsStride = StepWidth * shape.Units,
            HiddenStride = HiddenStride,
            InputGradient = InputGradientOffset,
            StateGradients = Take(2 * samples * shape.Units),
        };

    public Span<float> Cells => Activations(offsets.Cells, Timesteps * Samples * Shape.Units);

    public override RecurrentReference RunReference() => new LstmReference(Shape, Samples, Timesteps).Run(this);

    protected override void Forward(ITrainingBackend backend) => backend.LstmForward<DrawnLstm>(offsets, Samples, Timesteps);

    protected override void Backward(ITrainingBackend backend) => backend.LstmBackward<DrawnLstm>(offsets, Samples, Timesteps);

    protected override void Gradients(ITrainingBackend backend) => backend.LstmGradients<DrawnLstm>(offsets, Samples, Timesteps);
}
