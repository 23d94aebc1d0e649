using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Where values that are given in another order come from; see <see cref="IRearrangeShape"/>.</summary>
internal static class RearrangeFormulas
{
    /// <summary>Where in an input of several samples a value of the output stands.</summary>
    public static int Place<TShape>(int t, int sample, int samples, int unit) where TShape : struct, IRearrangeShape
    {
        var position = Position<TShape>(t, unit);
        return (((position / TShape.Inputs * samples) + sample) * TShape.Inputs) + (position % TShape.Inputs);
    }

    /// <summary>How many values of the output from this one on lie side by side in the input.</summary>
    public static int Run<TShape>(int t, int unit) where TShape : struct, IRearrangeShape => TShape.UnitDistance == 1
        ? Math.Min(TShape.Units - unit, TShape.Inputs - (Position<TShape>(t, unit) % TShape.Inputs))
        : 1;

    private static int Position<TShape>(int t, int unit) where TShape : struct, IRearrangeShape =>
        TShape.Start + (t * TShape.TimestepDistance) + (unit * TShape.UnitDistance);
}
