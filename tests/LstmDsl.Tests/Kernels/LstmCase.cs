using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>An LSTM layer of a drawn shape with its tensors in guarded memory; the same seed gives the same numbers.</summary>
internal sealed unsafe class LstmCase : IDisposable
{
    private readonly GuardedBlock activations = new(alignment: 1);
    private readonly GuardedBlock parameters = new(alignment: 16);
    private readonly GuardedBlock gradients = new(alignment: 16);
    private readonly int bits;
    private readonly PackedWeights packed;
    private readonly ITrainingBackend backend;

    public LstmCase(DrawnShape shape, int samples, int timesteps, int bits, ulong seed, bool prediction = false)
    {
        (Shape, Samples, Timesteps, this.bits) = (shape, samples, timesteps, bits);
        var numbers = new TestNumbers(seed);
        var (inputs, units) = (shape.Inputs, shape.Units);
        var kernel = parameters.Take(inputs * 4 * units, ref numbers, 1 / MathF.Sqrt(inputs));
        var recurrent = parameters.Take(units * 4 * units, ref numbers, 1 / MathF.Sqrt(units));
        var bias = parameters.Take(4 * units, ref numbers, 0.5f);
        gradients.Take(inputs * 4 * units);
        gradients.Take(units * 4 * units);
        gradients.Take(4 * units);
        var kept = prediction ? 1 : timesteps;
        Offsets = new LstmOffsets
        {
            Kernel = kernel,
            RecurrentKernel = recurrent,
            Bias = shape.UseBias ? bias : -1,
            Input = activations.Take(timesteps * samples * inputs, ref numbers, 1),
            OutputGradient = activations.Take((shape.ReturnSequences ? timesteps : 1) * samples * units, ref numbers, 1),
            Gates = activations.Take(kept * samples * 4 * units),
            Cells = activations.Take(kept * samples * units),
            ActivatedCells = prediction ? -1 : activations.Take(timesteps * samples * units),
            Hidden = activations.Take((shape.ReturnSequences ? timesteps : kept) * samples * units),
            GatesStride = prediction ? 0 : 4 * units,
            CellsStride = prediction ? 0 : units,
            HiddenStride = prediction && !shape.ReturnSequences ? 0 : units,
            InputGradient = activations.Take(timesteps * samples * inputs),
            StateGradients = activations.Take(2 * samples * units),
        };
        packed = new PackedWeights(
            [
                new("kernel", TensorRole.Kernel, kernel, inputs, 4 * units, default),
                new("recurrent_kernel", TensorRole.RecurrentKernel, recurrent, units, 4 * units, default),
            ],
            transposes: true);
        backend = Backend(share: 0, shares: 1);
    }

    public DrawnShape Shape { get; }

    public int Samples { get; }

    public int Timesteps { get; }

    public LstmOffsets Offsets { get; }

    public Span<float> Kernel => parameters[Offsets.Kernel, Shape.Inputs * 4 * Shape.Units];

    public Span<float> RecurrentKernel => parameters[Offsets.RecurrentKernel, Shape.Units * 4 * Shape.Units];

    public Span<float> Bias => Shape.UseBias ? parameters[Offsets.Bias, 4 * Shape.Units] : default;

    public Span<float> Input => activations[Offsets.Input, Timesteps * Samples * Shape.Inputs];

    public Span<float> OutputGradient =>
        activations[Offsets.OutputGradient, (Shape.ReturnSequences ? Timesteps : 1) * Samples * Shape.Units];

    public Span<float> Gates => activations[Offsets.Gates, Timesteps * Samples * 4 * Shape.Units];

    public Span<float> Cells => activations[Offsets.Cells, Timesteps * Samples * Shape.Units];

    public Span<float> Hidden => activations[Offsets.Hidden, Timesteps * Samples * Shape.Units];

    public Span<float> LastHidden => activations[
        Offsets.Hidden + (Offsets.HiddenStride * Samples * (Timesteps - 1)), Samples * Shape.Units];

    public Span<float> InputGradient => activations[Offsets.InputGradient, Timesteps * Samples * Shape.Inputs];

    public Span<float> KernelGradient => gradients[Offsets.Kernel, Shape.Inputs * 4 * Shape.Units];

    public Span<float> RecurrentKernelGradient => gradients[Offsets.RecurrentKernel, Shape.Units * 4 * Shape.Units];

    public Span<float> BiasGradient => Shape.UseBias ? gradients[Offsets.Bias, 4 * Shape.Units] : default;

    public void Forward()
    {
        DrawnShape.Current = Shape;
        CpuBackends.Pack(bits, packed, parameters.Pointer);
        backend.LstmForward<DrawnLstm>(Offsets, Samples, Timesteps);
    }

    public void Backward()
    {
        DrawnShape.Current = Shape;
        CpuBackends.Pack(bits, packed, parameters.Pointer);
        backend.LstmBackward<DrawnLstm>(Offsets, Samples, Timesteps);
    }

    public void Gradients(int shares = 1)
    {
        DrawnShape.Current = Shape;
        for (var share = shares - 1; share >= 0; share--)
        {
            (shares == 1 ? backend : Backend(share, shares)).LstmGradients<DrawnLstm>(Offsets, Samples, Timesteps);
        }
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
