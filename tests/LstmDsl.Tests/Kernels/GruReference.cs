namespace LstmDsl.Tests;

/// <summary>The GRU's formulas in double.</summary>
internal sealed class GruReference(DrawnShape shape, int samples, int timesteps)
    : RecurrentReference(shape, 3, samples, timesteps, biasRows: shape.ResetAfter ? 2 : 1)
{
    private readonly double[] stateParts = new double[timesteps * samples * 3 * shape.Units];

    private int Columns => 3 * Units;

    protected override void Forward(RecurrentCase numbers, int s, int t)
    {
        var z = PreActivations.AsSpan(Row(s, t) * Columns, Columns);
        var part = stateParts.AsSpan(Row(s, t) * Columns, Columns);
        for (var j = 0; j < Columns; j++)
        {
            z[j] = Shape.UseBias ? numbers.Bias[j] : 0;
            for (var k = 0; k < Shape.Inputs; k++)
                z[j] += (double)numbers.Input[(InputRow(s, t) * Shape.Inputs) + k] * numbers.Kernel[(k * Columns) + j];
        }

        for (var j = 0; j < 2 * Units; j++)
        {
            part[j] = StatePart(numbers, s, t, j, _ => 1);
            z[j] = Apply(Shape.RecurrentActivation, z[j] + part[j]);
        }

        var reset = z.Slice(Units, Units).ToArray();
        for (var j = 0; j < Units; j++)
        {
            part[(2 * Units) + j] = StatePart(numbers, s, t, (2 * Units) + j, k => Shape.ResetAfter ? 1 : reset[k]);
            var g = Apply(Shape.Activation, z[(2 * Units) + j] + ((Shape.ResetAfter ? reset[j] : 1) * part[(2 * Units) + j]));
            z[(2 * Units) + j] = g;
            Hidden[(Row(s, t) * Units) + j] = (z[j] * Before(s, t, j)) + ((1 - z[j]) * g);
        }
    }

    protected override void Backward(RecurrentCase numbers, int s, int t, double[] dh)
    {
        var gates = PreActivations.AsSpan(Row(s, t) * Columns, Columns);
        var part = stateParts.AsSpan(Row(s, t) * Columns, Columns);
        var dz = PreActivationGradient.AsSpan(Row(s, t) * Columns, Columns);
        AddReceived(numbers, s, t, dh);
        var carried = new double[Units];
        for (var j = 0; j < Units; j++)
        {
            var (z, g) = (gates[j], gates[(2 * Units) + j]);
            dz[j] = dh[j] * (Before(s, t, j) - g) * Slope(Shape.RecurrentActivation, z);
            dz[(2 * Units) + j] = dh[j] * (1 - z) * Slope(Shape.Activation, g);
            carried[j] = dh[j] * z;
        }

        // What the candidate's gradient sends through the reset gate: to the state's part behind it, or to the state before it.
        var multiplied = new double[Units];
        for (var k = 0; k < Units; k++)
        {
            var (r, slope) = (gates[Units + k], Slope(Shape.RecurrentActivation, gates[Units + k]));
            if (Shape.ResetAfter)
            {
                dz[Units + k] = dz[(2 * Units) + k] * part[(2 * Units) + k] * slope;
                continue;
            }

            for (var j = 0; j < Units; j++) multiplied[k] += dz[(2 * Units) + j] * numbers.RecurrentKernel[(k * Columns) + (2 * Units) + j];
            dz[Units + k] = multiplied[k] * Before(s, t, k) * slope;
            carried[k] += multiplied[k] * r;
        }

        AddInputGradients(numbers, s, t, dz);
        for (var j = 0; j < Columns; j++)
        {
            var isCandidate = j >= 2 * Units;
            var gradient = isCandidate && Shape.ResetAfter ? dz[j] * gates[j - Units] : dz[j];
            if (Shape.ResetAfter) BiasGradient[Columns + j] += gradient;
            for (var k = 0; k < Units; k++)
            {
                var state = isCandidate && !Shape.ResetAfter ? gates[Units + k] * Before(s, t, k) : Before(s, t, k);
                RecurrentKernelGradient[(k * Columns) + j] += gradient * state;
                if (!isCandidate || Shape.ResetAfter) carried[k] += gradient * numbers.RecurrentKernel[(k * Columns) + j];
            }
        }

        carried.CopyTo(dh, 0);
    }

    protected override void Activate(int s, int t, Span<double> z, Span<double> hidden) => throw new NotSupportedException();

    protected override void Differentiate(int s, int t, ReadOnlySpan<double> dh, Span<double> dz) => throw new NotSupportedException();

    private double StatePart(RecurrentCase numbers, int s, int t, int column, Func<int, double> factor)
    {
        var sum = Shape.UseBias && Shape.ResetAfter ? numbers.Bias[Columns + column] : 0.0;
        for (var k = 0; k < Units; k++) sum += factor(k) * Before(s, t, k) * numbers.RecurrentKernel[(k * Columns) + column];
        return sum;
    }

    private double Before(int s, int t, int j) => t == 0 ? 0 : Hidden[(Row(s, t - 1) * Units) + j];
}
