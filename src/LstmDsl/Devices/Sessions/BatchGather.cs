using System.Numerics;

namespace LstmDsl;

/// <summary>Copies between row-major samples and the time-major activation block, (timesteps, n, width).</summary>
internal static unsafe class BatchGather
{
    /// <summary>Windows of a source → (timesteps, n, features).</summary>
    public static void Inputs<T>(BatchSource source, ReadOnlySpan<int> windows, T* destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (source.Parts is { } parts)
        {
            Inputs(source, parts, windows, destination);
            return;
        }

        var features = source.Features;
        for (var sample = 0; sample < windows.Length; sample++)
        {
            long row = source.Starts[windows[sample]];
            for (var t = 0; t < source.Timesteps; t++, row += source.SamplingRate)
                Convert(source.Rows.Slice(row * features, features), destination + (((t * windows.Length) + sample) * features));
        }

        GC.KeepAlive(source);
    }

    // Several parts make one row of values; one alone keeps its timesteps.
    private static void Inputs<T>(BatchSource source, SampleParts parts, ReadOnlySpan<int> windows, T* destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int OnStack = 1024;
        var longest = parts.LongestRow;
        var row = longest <= OnStack ? stackalloc float[longest] : new float[longest];
        for (var sample = 0; sample < windows.Length; sample++)
        {
            var start = source.Starts[windows[sample]];
            var offset = 0;
            foreach (var view in parts.Views)
            {
                for (var t = 0; t < view.Timesteps; t++, offset += view.Features)
                {
                    var (timestep, feature) = Math.DivRem(offset, source.Features);
                    parts.CopyRow(view, start, t, row);
                    Convert<T>(row[..view.Features], destination + (((timestep * windows.Length) + sample) * source.Features) + feature);
                }
            }
        }

        GC.KeepAlive(source);
    }

    /// <summary>Targets of a source → (timesteps, n, columns).</summary>
    public static void Targets<T>(BatchSource source, ReadOnlySpan<int> windows, int timesteps, int columns, T* destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var sample = 0; sample < windows.Length; sample++)
        {
            var target = source.Targets!.Slice(source.TargetStarts[windows[sample]], timesteps * columns);
            Scatter(target, sample, windows.Length, timesteps, columns, destination);
        }

        GC.KeepAlive(source);
    }

    /// <summary>Weights of a source → (timesteps, n); a window's only weight goes to all of its timesteps.</summary>
    public static void Weights<T>(BatchSource source, ReadOnlySpan<int> windows, int timesteps, T* destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var sample = 0; sample < windows.Length; sample++)
        {
            var weights = source.Weights.AsSpan(windows[sample] * source.WeightsPerWindow, source.WeightsPerWindow);
            for (var t = 0; t < timesteps; t++)
                destination[(t * windows.Length) + sample] = T.CreateTruncating(weights[weights.Length == 1 ? 0 : t]);
        }
    }

    /// <summary>The sum of what <see cref="Weights"/> writes, in ascending order; null where all weigh 1.</summary>
    public static double? WeightSum(BatchSource source, ReadOnlySpan<int> windows, int timesteps)
    {
        if (source.Weights is null)
            return null;
        var sum = 0.0;
        foreach (var window in windows)
        {
            foreach (var weight in source.Weights.AsSpan(window * source.WeightsPerWindow, source.WeightsPerWindow))
                sum += weight;
        }

        return sum * timesteps / source.WeightsPerWindow;
    }

    /// <summary>One sample's row-major (timesteps, width) → its places in (timesteps, n, width).</summary>
    public static void Scatter<T>(ReadOnlySpan<float> values, int sample, int samples, int timesteps, int width, T* destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var t = 0; t < timesteps; t++)
            Convert(values.Slice(t * width, width), destination + (((t * samples) + sample) * width));
    }

    /// <summary>(timesteps, n, width) → row-major (n, timesteps, width).</summary>
    public static void Collect<T>(T* values, int samples, int timesteps, int width, Span<float> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var sample = 0; sample < samples; sample++)
        {
            for (var t = 0; t < timesteps; t++)
            {
                var from = values + (((t * samples) + sample) * width);
                var to = destination.Slice(((sample * timesteps) + t) * width, width);
                for (var index = 0; index < width; index++)
                    to[index] = float.CreateTruncating(from[index]);
            }
        }
    }

    /// <summary>Floats → the backend's element type.</summary>
    public static void Convert<T>(ReadOnlySpan<float> values, T* destination) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var index = 0; index < values.Length; index++)
            destination[index] = T.CreateTruncating(values[index]);
    }
}
