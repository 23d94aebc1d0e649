namespace LstmDsl.Tests;

/// <summary>The simple recurrent layer's formulas in double.</summary>
internal sealed class SimpleRnnReference(DrawnShape shape, int samples, int timesteps) : RecurrentReference(shape, 1, samples, timesteps)
{
    protected override void Activate(int s, int t, Span<double> z, Span<double> hidden)
    {
        for (var j = 0; j < z.Length; j++) hidden[j] = Apply(Shape.Activation, z[j]);
    }

    protected override void Differentiate(int s, int t, ReadOnlySpan<double> dh, Span<double> dz)
    {
        for (var j = 0; j < dz.Length; j++) dz[j] = dh[j] * Slope(Shape.Activation, Hidden[(Row(s, t) * Units) + j]);
    }
}
