using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>A recurrent layer of a drawn shape with its tensors in guarded memory; the same seed gives the same numbers.</summary>
internal abstract unsafe class RecurrentCase : IDisposable
{
    private readonly GuardedBlock activations = new(alignment: 1);
    private readonly GuardedBlock parameters = new(alignment: 16);
    private readonly GuardedBlock gradients = new(alignment: 16);
    private readonly int bits;
    private readonly int columns;
    private readonly int biasLength;
    private readonly PackedWeights packed;
    private readonly ITrainingBackend backend;
    private readonly int bias;

    protected RecurrentCase(
        DrawnShape shape, int columnsPerUnit, int samples, int timesteps, int bits, ulong seed, bool prediction, int biasRows = 1)
    {
        (Shape, Samples, Timesteps, this.bits) = (shape, samples, timesteps, bits);
        columns = columnsPerUnit * shape.Units;
        biasLength = biasRows * columns;
        KeptTimesteps = prediction ? 1 : timesteps;
        StepWidth = prediction ? 0 : 1;
        HiddenStride = prediction && !shape.ReturnSequences ? 0 : shape.Units;

        var numbers = new TestNumbers(seed);
        var (inputs, units) = (shape.Inputs, shape.Units);
        KernelOffset = parameters.Take(inputs * columns, ref numbers, 1 / MathF.Sqrt(inputs));
        RecurrentKernelOffset = parameters.Take(units * columns, ref numbers, 1 / MathF.Sqrt(units));
        bias = parameters.Take(biasLength, ref numbers, 0.5f);
        gradients.Take(inputs * columns);
        gradients.Take(units * columns);
        gradients.Take(biasLength);
        InputOffset = activations.Take(timesteps * samples * inputs, ref numbers, 1);
        OutputGradientOffset = activations.Take((shape.ReturnSequences ? timesteps : 1) * samples * units, ref numbers, 1);
        PreActivationsOffset = Take(KeptTimesteps * samples * columns);
        HiddenOffset = Take((shape.ReturnSequences ? timesteps : KeptTimesteps) * samples * units);
        InputGradientOffset = Take(timesteps * samples * inputs);
        packed = new PackedWeights(
            [
                new("kernel", TensorRole.Kernel, KernelOffset, inputs, columns, default),
                new("recurrent_kernel", TensorRole.RecurrentKernel, RecurrentKernelOffset, units, columns, default),
            ],
            transposes: true);
        backend = Backend(share: 0, shares: 1);
    }

    public DrawnShape Shape { get; }

    public int Samples { get; }

    public int Timesteps { get; }

    public Span<float> Kernel => parameters[KernelOffset, Shape.Inputs * columns];

    public Span<float> RecurrentKernel => parameters[RecurrentKernelOffset, Shape.Units * columns];

    public Span<float> Bias => Shape.UseBias ? parameters[bias, biasLength] : default;

    public Span<float> Input => activations[InputOffset, Timesteps * Samples * Shape.Inputs];

    public Span<float> OutputGradient =>
        activations[OutputGradientOffset, (Shape.ReturnSequences ? Timesteps : 1) * Samples * Shape.Units];

    /// <summary>Gates of an LSTM; after the backward pass dz.</summary>
    public Span<float> PreActivations => activations[PreActivationsOffset, Timesteps * Samples * columns];

    public Span<float> Hidden => activations[HiddenOffset, Timesteps * Samples * Shape.Units];

    public Span<float> LastHidden => activations[HiddenOffset + (HiddenStride * Samples * (Timesteps - 1)), Samples * Shape.Units];

    public Span<float> InputGradient => activations[InputGradientOffset, Timesteps * Samples * Shape.Inputs];

    public Span<float> KernelGradient => gradients[KernelOffset, Shape.Inputs * columns];

    public Span<float> RecurrentKernelGradient => gradients[RecurrentKernelOffset, Shape.Units * columns];

    public Span<float> BiasGradient => Shape.UseBias ? gradients[bias, biasLength] : default;

    protected int KernelOffset { get; }

    protected int RecurrentKernelOffset { get; }

    protected int BiasOffset => Shape.UseBias ? bias : -1;

    protected int InputOffset { get; }

    protected int OutputGradientOffset { get; }

    protected int PreActivationsOffset { get; }

    protected int HiddenOffset { get; }

    protected int InputGradientOffset { get; }

    /// <summary>Timesteps that have a place of their own.</summary>
    protected int KeptTimesteps { get; }

    /// <summary>1, or 0 where all timesteps share one place.</summary>
    protected int StepWidth { get; }

    protected int HiddenStride { get; }

    public void Forward()
    {
        DrawnShape.Current = Shape;
        CpuBackends.Pack(bits, packed, parameters.Pointer);
        Forward(backend);
    }

    public void Backward()
    {
        DrawnShape.Current = Shape;
        CpuBackends.Pack(bits, packed, parameters.Pointer);
        Backward(backend);
    }

    public void Gradients(int shares = 1)
    {
        DrawnShape.Current = Shape;
        for (var share = shares - 1; share >= 0; share--) Gradients(shares == 1 ? backend : Backend(share, shares));
    }

    public void AssertGuardsStand()
    {
        activations.AssertGuardsStand();
        parameters.AssertGuardsStand();
        gradients.AssertGuardsStand();
    }

    public void Dispose()
    {
        activations.Dispose();
        parameters.Dispose();
        gradients.Dispose();
    }

    /// <summary>The formulas in double, run over this case's numbers.</summary>
    public abstract RecurrentReference RunReference();

    protected int Take(int length) => activations.Take(length);

    protected Span<float> Activations(int offset, int length) => activations[offset, length];

    protected abstract void Forward(ITrainingBackend backend);

    protected abstract void Backward(ITrainingBackend backend);

    protected abstract void Gradients(ITrainingBackend backend);

    private ITrainingBackend Backend(int share, int shares) => CpuBackends.Cpu(bits, new HostBlocks<float>
    {
        Parameters = parameters.Pointer,
        Packed = packed,
        Gradients = gradients.Pointer,
        Activations = activations.Pointer,
        Share = share,
        Shares = shares,
    });
}
