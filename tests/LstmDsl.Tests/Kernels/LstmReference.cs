namespace LstmDsl.Tests;

/// <summary>
/// An LSTM in double, written down sample by sample from the formulas, independently of the kernels: what they are tested against.
/// </summary>
internal sealed class LstmReference(DrawnShape shape, int samples, int timesteps)
{
    private readonly int units = shape.Units;
    private readonly int inputs = shape.Inputs;

    public double[] Gates { get; } = new double[timesteps * samples * 4 * shape.Units];

    public double[] Cells { get; } = new double[timesteps * samples * shape.Units];

    public double[] Hidden { get; } = new double[timesteps * samples * shape.Units];

    /// <summary>Gradients of the pre-activations.</summary>
    public double[] PreActivationGradient { get; } = new double[timesteps * samples * 4 * shape.Units];

    public double[] InputGradient { get; } = new double[timesteps * samples * shape.Inputs];

    public double[] KernelGradient { get; } = new double[shape.Inputs * 4 * shape.Units];

    public double[] RecurrentKernelGradient { get; } = new double[shape.Units * 4 * shape.Units];

    public double[] BiasGradient { get; } = new double[4 * shape.Units];

    public void Run(LstmCase lstm)
    {
        for (var s = 0; s < samples; s++)
        {
            for (var t = 0; t < timesteps; t++) Forward(lstm, s, t);
            var dh = new double[units];
            var dc = new double[units];
            for (var t = timesteps - 1; t >= 0; t--) Backward(lstm, s, t, dh, dc);
        }
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

    private int Row(int s, int t) => (t * samples) + s;

    private void Forward(LstmCase lstm, int s, int t)
    {
        var gates = Gates.AsSpan(Row(s, t) * 4 * units, 4 * units);
        for (var j = 0; j < 4 * units; j++)
        {
            double z = shape.UseBias ? lstm.Bias[j] : 0;
            for (var k = 0; k < inputs; k++) z += (double)lstm.Input[(Row(s, t) * inputs) + k] * lstm.Kernel[(k * 4 * units) + j];
            for (var k = 0; t > 0 && k < units; k++) z += Hidden[(Row(s, t - 1) * units) + k] * lstm.RecurrentKernel[(k * 4 * units) + j];
            gates[j] = Apply(j / units == 2 ? shape.Activation : shape.RecurrentActivation, z);
        }
        for (var j = 0; j < units; j++)
        {
            var c = (gates[units + j] * Cell(s, t - 1, j)) + (gates[j] * gates[(2 * units) + j]);
            Cells[(Row(s, t) * units) + j] = c;
            Hidden[(Row(s, t) * units) + j] = gates[(3 * units) + j] * Apply(shape.Activation, c);
        }
    }

    private double Cell(int s, int t, int j) => t < 0 ? 0 : Cells[(Row(s, t) * units) + j];

    private void Backward(LstmCase lstm, int s, int t, double[] dh, double[] dc)
    {
        var gates = Gates.AsSpan(Row(s, t) * 4 * units, 4 * units);
        var dz = PreActivationGradient.AsSpan(Row(s, t) * 4 * units, 4 * units);
        for (var j = 0; j < units; j++)
        {
            if (shape.ReturnSequences) dh[j] += lstm.OutputGradient[(Row(s, t) * units) + j];
            else if (t == timesteps - 1) dh[j] += lstm.OutputGradient[(s * units) + j];
            var (i, f, g, o) = (gates[j], gates[units + j], gates[(2 * units) + j], gates[(3 * units) + j]);
            var activated = Apply(shape.Activation, Cell(s, t, j));
            dc[j] += dh[j] * o * Slope(shape.Activation, activated);
            dz[j] = dc[j] * g * Slope(shape.RecurrentActivation, i);
            dz[units + j] = dc[j] * Cell(s, t - 1, j) * Slope(shape.RecurrentActivation, f);
            dz[(2 * units) + j] = dc[j] * i * Slope(shape.Activation, g);
            dz[(3 * units) + j] = dh[j] * activated * Slope(shape.RecurrentActivation, o);
            dc[j] *= f;
        }
        Array.Clear(dh);
        for (var j = 0; j < 4 * units; j++)
        {
            BiasGradient[j] += dz[j];
            for (var k = 0; k < inputs; k++)
            {
                InputGradient[(Row(s, t) * inputs) + k] += dz[j] * lstm.Kernel[(k * 4 * units) + j];
                KernelGradient[(k * 4 * units) + j] += dz[j] * lstm.Input[(Row(s, t) * inputs) + k];
            }
            for (var k = 0; k < units; k++)
            {
                dh[k] += dz[j] * lstm.RecurrentKernel[(k * 4 * units) + j];
                if (t > 0) RecurrentKernelGradient[(k * 4 * units) + j] += dz[j] * Hidden[(Row(s, t - 1) * units) + k];
            }
        }
    }
}
