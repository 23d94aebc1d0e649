using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>A drawn layer and block.</summary>
internal sealed record DrawnLayer(DrawnShape Shape, int Timesteps, int Samples, int Seed);

/// <summary>One layer alone in double on the reference: a scalar function of its weights and input, and the gradient of that function.</summary>
internal sealed unsafe class LstmProbe
{
    private readonly DrawnLayer layer;
    private readonly AlignedBlock<double> parameters;
    private readonly AlignedBlock<double> gradients;
    private readonly AlignedBlock<double> activations;
    private readonly double[] upstream;
    private readonly LstmOffsets offsets;

    public LstmProbe(DrawnLayer layer)
    {
        this.layer = layer;
        var (inputs, units, rows) = (layer.Shape.Inputs, layer.Shape.Units, layer.Timesteps * layer.Samples);
        var outputs = (layer.Shape.ReturnSequences ? rows : layer.Samples) * units;
        var kernels = (inputs + units) * 4 * units;
        parameters = new(kernels + (4 * units));
        gradients = new(parameters.Length);
        var place = 0;
        int Take(int length) => (place += length) - length;
        offsets = new LstmOffsets
        {
            Kernel = 0,
            RecurrentKernel = inputs * 4 * units,
            Bias = layer.Shape.UseBias ? kernels : -1,
            Input = Take(rows * inputs),
            InputGradient = Take(rows * inputs),
            Gates = Take(rows * 4 * units),
            Cells = Take(rows * units),
            ActivatedCells = Take(rows * units),
            Hidden = Take(rows * units),
            OutputGradient = Take(outputs),
            StateGradients = Take(2 * layer.Samples * units),
            GatesStride = 4 * units,
            CellsStride = units,
            HiddenStride = units,
        };
        activations = new(place);

        Numbers = [.. Draw(parameters.Length, 0.7), .. Draw(rows * inputs, 1.5)];
        upstream = Draw(outputs, 1);
    }

    /// <summary>The weights, then the input: what the function depends on.</summary>
    public double[] Numbers { get; }

    /// <summary>Σ upstream · output.</summary>
    public double Function()
    {
        Forward();
        var first = layer.Shape.ReturnSequences ? 0 : (layer.Timesteps - 1) * layer.Samples * layer.Shape.Units;
        var sum = 0.0;
        for (var index = 0; index < upstream.Length; index++)
            sum += upstream[index] * activations.Pointer[offsets.Hidden + first + index];
        return sum;
    }

    /// <summary>The gradient of <see cref="Function"/> to <see cref="Numbers"/>, by the backward pass.</summary>
    public double[] Gradient()
    {
        Forward();
        upstream.CopyTo(activations.Span.Slice(offsets.OutputGradient, upstream.Length));
        var backend = Backend();
        backend.LstmBackward<DrawnLstm>(offsets, layer.Samples, layer.Timesteps);
        gradients.Span.Clear();
        backend.LstmGradients<DrawnLstm>(offsets, layer.Samples, layer.Timesteps);
        var rows = layer.Timesteps * layer.Samples;
        return [.. gradients.Span, .. activations.Span.Slice(offsets.InputGradient, rows * layer.Shape.Inputs)];
    }

    private ReferenceBackend<double> Backend() => ReferenceBackend<double>.Over(new HostBlocks<double>
    {
        Parameters = parameters.Pointer,
        Gradients = gradients.Pointer,
        Activations = activations.Pointer,
        Shares = 1,
    });

    private void Forward()
    {
        DrawnShape.Current = layer.Shape;
        Numbers.AsSpan(0, parameters.Length).CopyTo(parameters.Span);
        Numbers.AsSpan(parameters.Length).CopyTo(activations.Span[offsets.Input..]);
        Backend().LstmForward<DrawnLstm>(offsets, layer.Samples, layer.Timesteps);
    }

    private double[] Draw(int length, double scale)
    {
        var random = new Random((layer.Seed * 31) + length);
        return [.. Enumerable.Range(0, length).Select(_ => ((2 * random.NextDouble()) - 1) * scale)];
    }
}
