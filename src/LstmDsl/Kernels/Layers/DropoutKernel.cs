using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Dropout over a block of n samples (Srivastava et al., 2014).
/// <code>
/// x, y (T, n, u)
/// forward     y = m·x         m is 0 with the probability of the rate, else 1 / (1 − rate)
/// backward    dx = m·dy
/// </code>
/// The mask is not kept but drawn again (<see cref="DropoutDraws"/>); a sample's units are counted through its timesteps, or within each
/// where all have one mask. Nothing overlaps.
/// </summary>
internal static unsafe class DropoutKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>x → y.</summary>
    public static void Forward<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int samples, int timesteps)
        where TShape : struct, IDropoutShape =>
        Multiply<TShape>(blocks, blocks.Activations + offsets.Input, blocks.Activations + offsets.Output, samples, timesteps, adds: false);

    /// <summary>dy → dx.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in WeightlessOffsets offsets, int samples, int timesteps)
        where TShape : struct, IDropoutShape
    {
        if (offsets.InputGradient < 0)
            return;
        Multiply<TShape>(
            blocks, blocks.Activations + offsets.OutputGradient, blocks.Activations + offsets.InputGradient, samples, timesteps,
            TShape.AddsInputGradient);
    }

    /// <summary>Writes the mask of a layer's gate for each sample, (n, units).</summary>
    public static void DrawMask(in DropoutDraws draws, double rate, int layer, int gate, T* mask, int samples, int units)
    {
        var (threshold, scale) = (DropoutDraws.Threshold(rate), T.CreateTruncating(DropoutDraws.Scale(rate)));
        for (var sample = 0; sample < samples; sample++, mask += units)
        {
            var words = default(PhiloxWords);
            for (var unit = 0; unit < units; unit++)
            {
                if (unit % DropoutDraws.AtATime == 0)
                    words = draws.Draw(sample, layer, gate, unit / DropoutDraws.AtATime);
                mask[unit] = words[unit % DropoutDraws.AtATime] >= threshold ? scale : T.Zero;
            }
        }
    }

    private static void Multiply<TShape>(in HostBlocks<T> blocks, T* source, T* destination, int samples, int timesteps, bool adds)
        where TShape : struct, IDropoutShape
    {
        var (threshold, scale) = (DropoutDraws.Threshold(TShape.Rate), T.CreateTruncating(DropoutDraws.Scale(TShape.Rate)));
        var draws = blocks.Dropout;
        for (var sample = 0; sample < samples; sample++)
        {
            var words = default(PhiloxWords);
            for (var t = 0; t < timesteps; t++)
            {
                var row = ((t * samples) + sample) * TShape.Units;
                for (var unit = 0; unit < TShape.Units; unit++)
                {
                    var counted = DropoutDraws.Counted(t, unit, TShape.Units, TShape.SameOverTime);
                    if (unit == 0 || counted % DropoutDraws.AtATime == 0)
                        words = draws.Draw(sample, TShape.Layer, gate: 0, counted / DropoutDraws.AtATime);
                    var value = words[counted % DropoutDraws.AtATime] >= threshold ? scale * source[row + unit] : T.Zero;
                    destination[row + unit] = adds ? destination[row + unit] + value : value;
                }
            }
        }
    }
}
