using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>A simple recurrent layer in guarded memory.</summary>
internal sealed class SimpleRnnCase : RecurrentCase
{
    private readonly RecurrentOffsets offsets;

    public SimpleRnnCase(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false)
        : base(shape, columnsPerUnit: 1, samples, timesteps, bits, seed, prediction) => offsets = new RecurrentOffsets
        {
            Kernel = KernelOffset,
            RecurrentKernel = RecurrentKernelOffset,
            Bias = BiasOffset,
            Input = InputOffset,
            OutputGradient = OutputGradientOffset,
            Gates = PreActivationsOffset,
            Hidden = HiddenOffset,
            GatesStride = StepWidth * shape.Units,
            HiddenStride = HiddenStride,
            InputGradient = InputGradientOffset,
            StateGradients = Take(samples * shape.Units),
        };

    public override RecurrentReference RunReference() => new SimpleRnnReference(Shape, Samples, Timesteps).Run(this);

    protected override void Forward(ITrainingBackend backend) => backend.RecurrentForward<SimpleRnnCell<DrawnSimpleRnn>>(offsets, Samples, Timesteps);

    protected override void Backward(ITrainingBackend backend) => backend.RecurrentBackward<SimpleRnnCell<DrawnSimpleRnn>>(offsets, Samples, Timesteps);

    protected override void Gradients(ITrainingBackend backend) => backend.RecurrentGradients<SimpleRnnCell<DrawnSimpleRnn>>(offsets, Samples, Timesteps);
}
