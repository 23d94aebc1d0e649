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
        var (threshold, kept) = (DropoutDraws.Threshold(rate), T.CreateTruncating(1 / (1 - rate)));
        var words = stackalloc uint[DropoutDraws.AtATime];
        for (var sample = 0; sample < samples; sample++, mask += units)
        {
            for (var unit = 0; unit < units; unit++)
            {
                if (unit % DropoutDraws.AtATime == 0)
                    Draw(draws, sample, layer, gate, unit / DropoutDraws.AtATime, words);
                mask[unit] = words[unit % DropoutDraws.AtATime] >= threshold ? kept : T.Zero;
            }
        }
    }

    private static void Multiply<TShape>(in HostBlocks<T> blocks, T* source, T* destination, int samples, int timesteps, bool adds)
        where TShape : struct, IDropoutShape
    {
        var (threshold, kept) = (DropoutDraws.Threshold(TShape.Rate), T.CreateTruncating(1 / (1 - TShape.Rate)));
        var words = stackalloc uint[DropoutDraws.AtATime];
        for (var sample = 0; sample < samples; sample++)
        {
            for (var t = 0; t < timesteps; t++)
            {
                var row = ((t * samples) + sample) * TShape.Units;
                for (var unit = 0; unit < TShape.Units; unit++)
                {
                    var counted = TShape.SameOverTime ? unit : (t * TShape.Units) + unit;
                    if (unit == 0 || counted % DropoutDraws.AtATime == 0)
                        Draw(blocks.Dropout, sample, TShape.Layer, gate: 0, counted / DropoutDraws.AtATime, words);
                    var value = words[counted % DropoutDraws.AtATime] >= threshold ? kept * source[row + unit] : T.Zero;
                    destination[row + unit] = adds ? destination[row + unit] + value : value;
                }
            }
        }
    }

    private static void Draw(in DropoutDraws draws, int sample, int layer, int gate, int group, uint* words)
    {
        var drawn = draws.Draw(sample, layer, gate, group);
        (words[0], words[1], words[2], words[3]) = (drawn.Word0, drawn.Word1, drawn.Word2, drawn.Word3);
    }
}
