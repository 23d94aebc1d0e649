namespace LstmDsl;

/// <summary>One part of a sample: some rows, counted from where a window begins.</summary>
/// <param name="Rows">The rows' values in the network's units, (rows, features).</param>
/// <param name="Features">Values in a row.</param>
/// <param name="Timesteps">Rows of the part, one after the other.</param>
internal sealed record RowsView(FloatRows Rows, int Features, int Timesteps)
{
    /// <summary>Rows from where the window begins to the part's first.</summary>
    public int First { get; init; }

    /// <summary>Rows of the source for each place at which a window may begin: 1 where windows overlap.</summary>
    public int RowsOfStart { get; init; } = 1;

    /// <summary>For each feature which of the windows' own scales it takes, −1 for none; null where none takes any.</summary>
    public int[]? Scales { get; init; }

    /// <summary>Values of the part.</summary>
    public int Length => Timesteps * Features;
}

/// <summary>What windows are scaled by that have numbers of their own: z = (x − center) · factor, by the row in which a window begins.</summary>
/// <param name="Columns">How many columns have such numbers.</param>
/// <param name="Centers">(rows, columns).</param>
/// <param name="Factors">(rows, columns).</param>
internal sealed record WindowScales(int Columns, float[] Centers, float[] Factors);

/// <summary>Samples that are put together of several parts, one after the other, or whose windows have scales of their own.</summary>
/// <param name="views">The parts.</param>
/// <param name="scales">The windows' own scales; null where none has any.</param>
internal sealed class SampleParts(RowsView[] views, WindowScales? scales)
{
    /// <summary>The parts.</summary>
    public ReadOnlySpan<RowsView> Views => views;

    /// <summary>The windows' own scales; null where none has any.</summary>
    public WindowScales? Scales => scales;

    /// <summary>Values of a sample.</summary>
    public int Length { get; } = views.Sum(view => view.Length);

    /// <summary>The longest row of a part.</summary>
    public int LongestRow { get; } = views.Max(view => view.Features);

    /// <summary>A row of a part, as the network takes it.</summary>
    /// <param name="view">The part.</param>
    /// <param name="start">The row in which the window begins.</param>
    /// <param name="timestep">The row of the part.</param>
    /// <param name="destination">Takes the features.</param>
    public void CopyRow(RowsView view, int start, int timestep, Span<float> destination)
    {
        var row = ((long)start * view.RowsOfStart) + view.First + timestep;
        view.Rows.Slice(row * view.Features, view.Features).CopyTo(destination);
        if (view.Scales is not { } taken) return;
        for (var feature = 0; feature < taken.Length; feature++)
        {
            if (taken[feature] < 0) continue;
            var place = (start * scales!.Columns) + taken[feature];
            destination[feature] = (destination[feature] - scales.Centers[place]) * scales.Factors[place];
        }
    }

    /// <summary>A sample, its parts one after the other, each row-major.</summary>
    public void Copy(int start, Span<float> destination)
    {
        foreach (var view in views)
        {
            for (var timestep = 0; timestep < view.Timesteps; timestep++)
            {
                CopyRow(view, start, timestep, destination);
                destination = destination[view.Features..];
            }
        }
    }
}
