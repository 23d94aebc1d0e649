using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>A drawn layer and block.</summary>
internal sealed record DrawnLayer(DrawnShape Shape, int Timesteps, int Samples, int Seed);

/// <summary>One layer alone in double on the reference: a scalar function of its weights and input, and the gradient of that function.</summary>
internal abstract unsafe class RecurrentProbe
{
    private readonly AlignedBlock<double> parameters;
    private readonly AlignedBlock<double> gradients;
    private readonly AlignedBlock<double> activations;
    private readonly double[] upstream;

    protected RecurrentProbe(DrawnLayer layer, int columnsPerUnit, int biasRows = 1)
    {
        Layer = layer;
        var (inputs, units) = (layer.Shape.Inputs, layer.Shape.Units);
        var outputs = (layer.Shape.ReturnSequences ? Rows : layer.Samples) * units;
        Columns = columnsPerUnit * units;
        Kernels = (inputs + units) * Columns;
        parameters = new(Kernels + (biasRows * Columns));
        gradients = new(parameters.Length);

        // As many places as any kind of layer needs.
        activations = new((Rows * ((2 * inputs) + (2 * Columns) + (3 * units))) + outputs + (2 * layer.Samples * units));
        Input = Take(Rows * inputs);
        InputGradient = Take(Rows * inputs);
        PreActivations = Take(Rows * Columns);
        Hidden = Take(Rows * units);
        OutputGradient = Take(outputs);

        Numbers = [.. Draw(parameters.Length, 0.7), .. Draw(Rows * inputs, 1.5)];
        upstream = Draw(outputs, 1);
    }

    /// <summary>The weights, then the input: what the function depends on.</summary>
    public double[] Numbers { get; }

    protected DrawnLayer Layer { get; }

    protected int Rows => Layer.Timesteps * Layer.Samples;

    protected int Columns { get; }

    /// <summary>Length of both kernels, and so the bias's offset.</summary>
    protected int Kernels { get; }

    protected int Input { get; }

    protected int InputGradient { get; }

    protected int PreActivations { get; }

    protected int Hidden { get; }

    protected int OutputGradient { get; }

    private int Taken { get; set; }

    /// <summary>Σ upstream · output.</summary>
    public double Function()
    {
        Forward();
        var first = Layer.Shape.ReturnSequences ? 0 : (Layer.Timesteps - 1) * Layer.Samples * Layer.Shape.Units;
        var sum = 0.0;
        for (var index = 0; index < upstream.Length; index++)
            sum += upstream[index] * activations.Pointer[Hidden + first + index];
        return sum;
    }

    /// <summary>The gradient of <see cref="Function"/> to <see cref="Numbers"/>, by the backward pass.</summary>
    public double[] Gradient()
    {
        Forward();
        upstream.CopyTo(activations.Span.Slice(OutputGradient, upstream.Length));
        gradients.Span.Clear();
        Backward(Backend());
        return [.. gradients.Span, .. activations.Span.Slice(InputGradient, Rows * Layer.Shape.Inputs)];
    }

    protected int Take(int length)
    {
        var offset = Taken;
        Taken += length;
        Assert.True(Taken <= activations.Length, "The probe's block is too small.");
        return offset;
    }

    protected abstract void Forward(ReferenceBackend<double> backend);

    /// <summary>The backward pass, and the gradients of the weights.</summary>
    protected abstract void Backward(ReferenceBackend<double> backend);

    private ReferenceBackend<double> Backend() => ReferenceBackend<double>.Over(new HostBlocks<double>
    {
        Parameters = parameters.Pointer,
        Gradients = gradients.Pointer,
        Activations = activations.Pointer,
        Shares = 1,
    });

    private void Forward()
    {
        DrawnShape.Current = Layer.Shape;
        Numbers.AsSpan(0, parameters.Length).CopyTo(parameters.Span);
        Numbers.AsSpan(parameters.Length).CopyTo(activations.Span[Input..]);
        Forward(Backend());
    }

    private double[] Draw(int length, double scale)
    {
        var random = new Random((Layer.Seed * 31) + length);
        return [.. Enumerable.Range(0, length).Select(_ => ((2 * random.NextDouble()) - 1) * scale)];
    }
}

internal sealed class LstmProbe : RecurrentProbe
{
    private readonly RecurrentOffsets offsets;

    public LstmProbe(DrawnLayer layer)
        : base(layer, columnsPerUnit: 4) => offsets = new RecurrentOffsets
        {
            Kernel = 0,
            RecurrentKernel = layer.Shape.Inputs * Columns,
            Bias = layer.Shape.UseBias ? Kernels : -1,
            Input = Input,
            InputGradient = InputGradient,
            Gates = PreActivations,
            Carried = Take(Rows * layer.Shape.Units),
            Kept = Take(Rows * layer.Shape.Units),
            Hidden = Hidden,
            OutputGradient = OutputGradient,
            StateGradients = Take(2 * layer.Samples * layer.Shape.Units),
            GatesStride = Columns,
            CarriedStride = layer.Shape.Units,
            KeptStride = layer.Shape.Units,
            HiddenStride = layer.Shape.Units,
        };

    protected override void Forward(ReferenceBackend<double> backend) =>
        backend.RecurrentForward<LstmCell<DrawnGated>>(offsets, Layer.Samples, Layer.Timesteps);

    protected override void Backward(ReferenceBackend<double> backend)
    {
        backend.RecurrentBackward<LstmCell<DrawnGated>>(offsets, Layer.Samples, Layer.Timesteps);
        backend.RecurrentGradients<LstmCell<DrawnGated>>(offsets, Layer.Samples, Layer.Timesteps);
    }
}

internal sealed class SimpleRnnProbe : RecurrentProbe
{
    private readonly RecurrentOffsets offsets;

    public SimpleRnnProbe(DrawnLayer layer)
        : base(layer, columnsPerUnit: 1) => offsets = new RecurrentOffsets
        {
            Kernel = 0,
            RecurrentKernel = layer.Shape.Inputs * Columns,
            Bias = layer.Shape.UseBias ? Kernels : -1,
            Input = Input,
            InputGradient = InputGradient,
            Gates = PreActivations,
            Hidden = Hidden,
            OutputGradient = OutputGradient,
            StateGradients = Take(layer.Samples * layer.Shape.Units),
            GatesStride = Columns,
            HiddenStride = layer.Shape.Units,
        };

    protected override void Forward(ReferenceBackend<double> backend) =>
        backend.RecurrentForward<SimpleRnnCell<DrawnSimpleRnn>>(offsets, Layer.Samples, Layer.Timesteps);

    protected override void Backward(ReferenceBackend<double> backend)
    {
        backend.RecurrentBackward<SimpleRnnCell<DrawnSimpleRnn>>(offsets, Layer.Samples, Layer.Timesteps);
        backend.RecurrentGradients<SimpleRnnCell<DrawnSimpleRnn>>(offsets, Layer.Samples, Layer.Timesteps);
    }
}

internal sealed class GruProbe : RecurrentProbe
{
    private readonly RecurrentOffsets offsets;

    public GruProbe(DrawnLayer layer)
        : base(layer, columnsPerUnit: 3, biasRows: layer.Shape.ResetAfter ? 2 : 1)
    {
        var recurrent = (layer.Shape.ResetAfter ? 3 : 1) * layer.Shape.Units;
        offsets = new RecurrentOffsets
        {
            Kernel = 0,
            RecurrentKernel = layer.Shape.Inputs * Columns,
            Bias = layer.Shape.UseBias ? Kernels : -1,
            Input = Input,
            InputGradient = InputGradient,
            Gates = PreActivations,
            Kept = Take(Rows * recurrent),
            Hidden = Hidden,
            OutputGradient = OutputGradient,
            StateGradients = Take(2 * layer.Samples * layer.Shape.Units),
            GatesStride = Columns,
            KeptStride = recurrent,
            HiddenStride = layer.Shape.Units,
        };
    }

    protected override void Forward(ReferenceBackend<double> backend)
    {
        if (Layer.Shape.ResetAfter)
            backend.RecurrentForward<GruCell<DrawnGated>>(offsets, Layer.Samples, Layer.Timesteps);
        else
            backend.RecurrentForward<GruResetBeforeCell<DrawnGated>>(offsets, Layer.Samples, Layer.Timesteps);
    }

    protected override void Backward(ReferenceBackend<double> backend)
    {
        if (Layer.Shape.ResetAfter)
            Backward<GruCell<DrawnGated>>(backend);
        else
            Backward<GruResetBeforeCell<DrawnGated>>(backend);
    }

    private void Backward<TCell>(ReferenceBackend<double> backend) where TCell : struct, IRecurrentCell
    {
        backend.RecurrentBackward<TCell>(offsets, Layer.Samples, Layer.Timesteps);
        backend.RecurrentGradients<TCell>(offsets, Layer.Samples, Layer.Timesteps);
    }
}

internal sealed class MinGruProbe : RecurrentProbe
{
    private readonly RecurrentOffsets offsets;

    public MinGruProbe(DrawnLayer layer)
        : base(layer, columnsPerUnit: 2) => offsets = new RecurrentOffsets
        {
            Kernel = 0,
            Bias = layer.Shape.UseBias ? Kernels : -1,
            Input = Input,
            InputGradient = InputGradient,
            Gates = PreActivations,
            Hidden = Hidden,
            OutputGradient = OutputGradient,
            StateGradients = Take(layer.Samples * layer.Shape.Units),
            GatesStride = Columns,
            HiddenStride = layer.Shape.Units,
        };

    protected override void Forward(ReferenceBackend<double> backend) =>
        backend.RecurrentForward<MinGruCell<DrawnGated>>(offsets, Layer.Samples, Layer.Timesteps);

    protected override void Backward(ReferenceBackend<double> backend)
    {
        backend.RecurrentBackward<MinGruCell<DrawnGated>>(offsets, Layer.Samples, Layer.Timesteps);
        backend.RecurrentGradients<MinGruCell<DrawnGated>>(offsets, Layer.Samples, Layer.Timesteps);
    }
}
