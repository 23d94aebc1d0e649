namespace LstmDsl.Tests;

/// <summary>The minimal GRU's formulas in double.</summary>
internal sealed class MinGruReference(DrawnShape shape, int samples, int timesteps) : RecurrentReference(shape, 2, samples, timesteps)
{
    protected override void Forward(RecurrentCase numbers, int s, int t)
    {
        var z = PreActivations.AsSpan(Row(s, t) * 2 * Units, 2 * Units);
        for (var j = 0; j < z.Length; j++)
        {
            z[j] = Shape.UseBias ? numbers.Bias[j] : 0;
            for (var k = 0; k < Shape.Inputs; k++)
                z[j] += (double)numbers.Input[(InputRow(s, t) * Shape.Inputs) + k] * numbers.Kernel[(k * z.Length) + j];
        }

        Activate(s, t, z, Hidden.AsSpan(Row(s, t) * Units, Units));
    }

    protected override void Backward(RecurrentCase numbers, int s, int t, double[] dh)
    {
        var dz = PreActivationGradient.AsSpan(Row(s, t) * 2 * Units, 2 * Units);
        AddReceived(numbers, s, t, dh);
        Differentiate(s, t, dh, dz);
        AddInputGradients(numbers, s, t, dz);
        for (var j = 0; j < Units; j++) dh[j] *= 1 - PreActivations[(Row(s, t) * 2 * Units) + j];
    }

    protected override void Activate(int s, int t, Span<double> z, Span<double> hidden)
    {
        for (var j = 0; j < Units; j++)
        {
            z[j] = Apply(Shape.RecurrentActivation, z[j]);
            z[Units + j] = Apply(Shape.Activation, z[Units + j]);
            hidden[j] = ((1 - z[j]) * Before(s, t, j)) + (z[j] * z[Units + j]);
        }
    }

    protected override void Differentiate(int s, int t, ReadOnlySpan<double> dh, Span<double> dz)
    {
        var gates = PreActivations.AsSpan(Row(s, t) * 2 * Units, 2 * Units);
        for (var j = 0; j < Units; j++)
        {
            dz[j] = dh[j] * (gates[Units + j] - Before(s, t, j)) * Slope(Shape.RecurrentActivation, gates[j]);
            dz[Units + j] = dh[j] * gates[j] * Slope(Shape.Activation, gates[Units + j]);
        }
    }

    private double Before(int s, int t, int unit) => t == 0 ? 0 : Hidden[(Row(s, t - 1) * Units) + unit];
}
