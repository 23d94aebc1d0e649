using System.Numerics;

namespace LstmDsl.Kernels;

/// <summary>
/// What a recurrent layer does at timesteps that its mask leaves out: the cells run as if there were no mask, and what they did to the rows
/// of skipped samples is undone. States (n, u) stay as they were, and in the backward pass their gradients go through to the timestep
/// before.
/// </summary>
internal static unsafe class SkippedTimesteps<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Puts the states before back where a sample skips the timestep.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="t">The timestep.</param>
    /// <param name="states">The states of the timestep.</param>
    /// <param name="before">Those before it; null for zeros.</param>
    public static void Keep(in RecurrentTensors<T> layer, int t, T* states, T* before)
    {
        if (layer.Mask == null)
            return;

        for (var sample = 0; sample < layer.Samples; sample++)
        {
            if (!layer.Skips(t, sample))
                continue;
            var to = new Span<T>(states + (sample * layer.Units), layer.Units);
            if (before == null)
                to.Clear();
            else
                new Span<T>(before + (sample * layer.Units), layer.Units).CopyTo(to);
        }
    }

    /// <summary>Keeps the gradients of skipped samples' states, before the cells change them.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="t">The timestep.</param>
    /// <param name="gradient">The gradients of the states.</param>
    /// <param name="received">What is added to them at this timestep; null for nothing.</param>
    /// <param name="kept">Takes them.</param>
    public static void KeepGradients(in RecurrentTensors<T> layer, int t, T* gradient, T* received, T* kept)
    {
        if (layer.Mask == null)
            return;

        for (var sample = 0; sample < layer.Samples; sample++)
        {
            if (!layer.Skips(t, sample))
                continue;
            for (var unit = sample * layer.Units; unit < (sample + 1) * layer.Units; unit++)
                kept[unit] = received == null ? gradient[unit] : gradient[unit] + received[unit];
        }
    }

    /// <summary>Puts the gradients of skipped samples' states back, behind the cells; what others have there can be cleared.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="t">The timestep.</param>
    /// <param name="gradient">The gradients of the states.</param>
    /// <param name="kept">What was kept of them.</param>
    /// <param name="clearsOthers">Whether the other samples' gradients become zero, for a product to be added to.</param>
    public static void PutGradientsBack(in RecurrentTensors<T> layer, int t, T* gradient, T* kept, bool clearsOthers)
    {
        if (layer.Mask == null)
            return;

        for (var sample = 0; sample < layer.Samples; sample++)
        {
            var row = new Span<T>(gradient + (sample * layer.Units), layer.Units);
            if (layer.Skips(t, sample))
                new Span<T>(kept + (sample * layer.Units), layer.Units).CopyTo(row);
            else if (clearsOthers)
                row.Clear();
        }
    }

    /// <summary>Clears the gradients (n, columns) of skipped samples' pre-activations.</summary>
    public static void Clear(in RecurrentTensors<T> layer, int t, T* gradients, int columns)
    {
        if (layer.Mask == null)
            return;

        for (var sample = 0; sample < layer.Samples; sample++)
        {
            if (layer.Skips(t, sample))
                new Span<T>(gradients + (sample * columns), columns).Clear();
        }
    }
}
