using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>A simple recurrent layer in guarded memory.</summary>
internal sealed class SimpleRnnCase : RecurrentCase
{
    private readonly SimpleRnnOffsets offsets;

    public SimpleRnnCase(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false)
        : base(shape, columnsPerUnit: 1, samples, timesteps, bits, seed, prediction) => offsets = new SimpleRnnOffsets
        {
            Kernel = KernelOffset,
            RecurrentKernel = RecurrentKernelOffset,
            Bias = BiasOffset,
            Input = InputOffset,
            OutputGradient = OutputGradientOffset,
            PreActivations = PreActivationsOffset,
            Hidden = HiddenOffset,
            PreActivationsStride = StepWidth * shape.Units,
            HiddenStride = HiddenStride,
            InputGradient = InputGradientOffset,
            StateGradients = Take(samples * shape.Units),
        };

    public override RecurrentReference RunReference() => new SimpleRnnReference(Shape, Samples, Timesteps).Run(this);

    protected override void Forward(ITrainingBackend backend) => backend.SimpleRnnForward<DrawnSimpleRnn>(offsets, Samples, Timesteps);

    protected override void Backward(ITrainingBackend backend) => backend.SimpleRnnBackward<DrawnSimpleRnn>(offsets, Samples, Timesteps);

    protected override void Gradients(ITrainingBackend backend) => backend.SimpleRnnGradients<DrawnSimpleRnn>(offsets, Samples, Timesteps);
}
