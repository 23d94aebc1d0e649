namespace LstmDsl.Tests;

/// <summary>
/// A recurrent layer in double, written down sample by sample from the formulas, independently of the kernels: what they are tested
/// against. Timesteps are counted in the order of processing.
/// </summary>
internal abstract class RecurrentReference(DrawnShape shape, int columnsPerUnit, int samples, int timesteps, int biasRows = 1)
{
    private readonly int inputs = shape.Inputs;
    private readonly int columns = columnsPerUnit * shape.Units;

    /// <summary>z, and once <see cref="Activate"/> has run what the kernel leaves in its place.</summary>
    public double[] PreActivations { get; } = new double[timesteps * samples * columnsPerUnit * shape.Units];

    public double[] Hidden { get; } = new double[timesteps * samples * shape.Units];

    public double[] PreActivationGradient { get; } = new double[timesteps * samples * columnsPerUnit * shape.Units];

    public double[] InputGradient { get; } = new double[timesteps * samples * shape.Inputs];

    public double[] KernelGradient { get; } = new double[shape.Inputs * columnsPerUnit * shape.Units];

    public double[] RecurrentKernelGradient { get; } = new double[shape.Units * columnsPerUnit * shape.Units];

    public double[] BiasGradient { get; } = new double[biasRows * columnsPerUnit * shape.Units];

    protected DrawnShape Shape { get; } = shape;

    protected int Units { get; } = shape.Units;

    public RecurrentReference Run(RecurrentCase numbers)
    {
        for (var s = 0; s < samples; s++)
        {
            for (var t = 0; t < timesteps; t++) Forward(numbers, s, t);
            var dh = new double[Units];
            for (var t = timesteps - 1; t >= 0; t--) Backward(numbers, s, t, dh);
        }
        return this;
    }

    /// <summary>Whatever else a kind of layer keeps.</summary>
    public virtual void AssertStatesAgree(RecurrentCase numbers, double tolerance)
    {
    }

    public static double Apply(Activation activation, double x) => activation switch
    {
        Activation.Linear => x,
        Activation.Tanh => Math.Tanh(x),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        Activation.Relu => Math.Max(x, 0),
        _ => Math.Clamp(x + 3, 0, 6) / 6,
    };

    public static double Slope(Activation activation, double y) => activation switch
    {
        Activation.Linear => 1,
        Activation.Tanh => 1 - (y * y),
        Activation.Sigmoid => y * (1 - y),
        Activation.Relu => y > 0 ? 1 : 0,
        _ => y is > 0 and < 1 ? 1.0 / 6 : 0,
    };

    protected int Row(int s, int t) => (t * samples) + s;

    /// <summary>z → h of a sample at a timestep.</summary>
    protected abstract void Activate(int s, int t, Span<double> z, Span<double> hidden);

    /// <summary>dh → dz of a sample at a timestep; timesteps come last to first.</summary>
    protected abstract void Differentiate(int s, int t, ReadOnlySpan<double> dh, Span<double> dz);

    protected int InputRow(int s, int t) => Row(s, Shape.GoBackwards ? timesteps - 1 - t : t);

    protected virtual void Forward(RecurrentCase numbers, int s, int t)
    {
        var z = PreActivations.AsSpan(Row(s, t) * columns, columns);
        for (var j = 0; j < columns; j++)
        {
            z[j] = Shape.UseBias ? numbers.Bias[j] : 0;
            for (var k = 0; k < inputs; k++) z[j] += (double)numbers.Input[(InputRow(s, t) * inputs) + k] * numbers.Kernel[(k * columns) + j];
            for (var k = 0; t > 0 && k < Units; k++) z[j] += Hidden[(Row(s, t - 1) * Units) + k] * numbers.RecurrentKernel[(k * columns) + j];
        }
        Activate(s, t, z, Hidden.AsSpan(Row(s, t) * Units, Units));
    }

    protected virtual void Backward(RecurrentCase numbers, int s, int t, double[] dh)
    {
        var dz = PreActivationGradient.AsSpan(Row(s, t) * columns, columns);
        AddReceived(numbers, s, t, dh);
        Differentiate(s, t, dh, dz);
        Array.Clear(dh);
        AddInputGradients(numbers, s, t, dz);
        for (var j = 0; j < columns; j++)
        {
            for (var k = 0; k < Units; k++)
            {
                dh[k] += dz[j] * numbers.RecurrentKernel[(k * columns) + j];
                if (t > 0) RecurrentKernelGradient[(k * columns) + j] += dz[j] * Hidden[(Row(s, t - 1) * Units) + k];
            }
        }
    }

    /// <summary>Adds what the output of a timestep receives to the gradient of the state.</summary>
    protected void AddReceived(RecurrentCase numbers, int s, int t, double[] dh)
    {
        for (var j = 0; j < Units; j++)
        {
            if (Shape.ReturnSequences) dh[j] += numbers.OutputGradient[(Row(s, t) * Units) + j];
            else if (t == timesteps - 1) dh[j] += numbers.OutputGradient[(s * Units) + j];
        }
    }

    /// <summary>Adds what dz gives to the gradients of input, kernel and bias.</summary>
    protected void AddInputGradients(RecurrentCase numbers, int s, int t, ReadOnlySpan<double> dz)
    {
        for (var j = 0; j < columns; j++)
        {
            BiasGradient[j] += dz[j];
            for (var k = 0; k < inputs; k++)
            {
                InputGradient[(InputRow(s, t) * inputs) + k] += dz[j] * numbers.Kernel[(k * columns) + j];
                KernelGradient[(k * columns) + j] += dz[j] * numbers.Input[(InputRow(s, t) * inputs) + k];
            }
        }
    }
}
