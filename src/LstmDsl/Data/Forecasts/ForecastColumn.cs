namespace LstmDsl;

/// <summary>One column of a declared forecast.</summary>
/// <param name="Name">The column's name in the data; of a part of the date that part's name.</param>
/// <param name="Role">What it is to the forecast.</param>
/// <param name="Scaling">How its raw values become the network's.</param>
public sealed record ForecastColumn(string Name, ForecastRole Role, Scaling Scaling = Scaling.Standard)
{
    /// <summary>The unit of its values; null for the data's own.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether forecasts of it are never below 0.</summary>
    public bool NonNegative { get; init; }

    /// <summary>The part of the date that it is, computed and never read; null for a column of the data.</summary>
    public DatePart? Part { get; init; }

    /// <summary>How many steps before, by the clock, it is taken; 0 for the row itself.</summary>
    public int Lag { get; init; }

    /// <summary>The words of a column of categories, each of which becomes a number of its own; none for numbers.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>How many numbers it is to the network: two of a part of the date, one a category, else one.</summary>
    public int Width => Part is not null ? 2 : Categories.Count > 0 ? Categories.Count : 1;

    /// <summary>Whether the network reads it at each row of the window; what it was some steps before stands there already.</summary>
    public bool IsInWindow => Lag == 0;
}
