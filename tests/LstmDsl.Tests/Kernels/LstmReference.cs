namespace LstmDsl.Tests;

/// <summary>The LSTM's formulas in double.</summary>
internal sealed class LstmReference(DrawnShape shape, int samples, int timesteps) : RecurrentReference(shape, 4, samples, timesteps)
{
    private readonly double[] cells = new double[timesteps * samples * shape.Units];
    private readonly double[] cellGradient = new double[samples * shape.Units];

    public override void AssertStatesAgree(RecurrentCase numbers, double tolerance) =>
        Near.Assert("cells", cells, ((LstmCase)numbers).Cells, tolerance);

    protected override void Activate(int s, int t, Span<double> z, Span<double> hidden)
    {
        for (var j = 0; j < z.Length; j++) z[j] = Apply(j / Units == 2 ? Shape.Activation : Shape.RecurrentActivation, z[j]);
        for (var j = 0; j < Units; j++)
        {
            var c = (z[Units + j] * Cell(s, t - 1, j)) + (z[j] * z[(2 * Units) + j]);
            cells[(Row(s, t) * Units) + j] = c;
            hidden[j] = z[(3 * Units) + j] * Apply(Shape.Activation, c);
        }
    }

    protected override void Differentiate(int s, int t, ReadOnlySpan<double> dh, Span<double> dz)
    {
        var gates = PreActivations.AsSpan(Row(s, t) * 4 * Units, 4 * Units);
        var dc = cellGradient.AsSpan(s * Units, Units);
        for (var j = 0; j < Units; j++)
        {
            var (i, f, g, o) = (gates[j], gates[Units + j], gates[(2 * Units) + j], gates[(3 * Units) + j]);
            var activated = Apply(Shape.Activation, Cell(s, t, j));
            dc[j] += dh[j] * o * Slope(Shape.Activation, activated);
            dz[j] = dc[j] * g * Slope(Shape.RecurrentActivation, i);
            dz[Units + j] = dc[j] * Cell(s, t - 1, j) * Slope(Shape.RecurrentActivation, f);
            dz[(2 * Units) + j] = dc[j] * i * Slope(Shape.Activation, g);
            dz[(3 * Units) + j] = dh[j] * activated * Slope(Shape.RecurrentActivation, o);
            dc[j] *= f;
        }
    }

    private double Cell(int s, int t, int j) => t < 0 ? 0 : cells[(Row(s, t) * Units) + j];
}
