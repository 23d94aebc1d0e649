namespace LstmDsl;

/// <summary>How a <see cref="LineChart"/> draws a series.</summary>
public sealed record LineStyle
{
    /// <summary>A plain line in the next colour.</summary>
    public static LineStyle Solid { get; } = new();

    /// <summary>A dashed line.</summary>
    public static LineStyle Dashes { get; } = new() { Dashed = true };

    /// <summary>A line with a dot at each point.</summary>
    public static LineStyle Dots { get; } = new() { Markers = true };

    /// <summary>The colour, in any of CSS's notations; null for the next of a palette that colour-blind readers can tell apart.</summary>
    public string? Color { get; init; }

    /// <summary>Whether the line is dashed.</summary>
    public bool Dashed { get; init; }

    /// <summary>Whether each point gets a dot.</summary>
    public bool Markers { get; init; }

    /// <summary>Width of the line in pixels.</summary>
    public double Width { get; init; } = 2;
}
