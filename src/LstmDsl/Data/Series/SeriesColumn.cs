using System.Diagnostics.CodeAnalysis;

namespace LstmDsl;

/// <summary>A column of a series: its name alone (<c>"Demand"</c>), or with its unit (<c>new("Demand", "MW")</c>).</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Unit">Its values' unit, such as <c>MW</c>; null where it is not known or there is none.</param>
public sealed record SeriesColumn(string Name, string? Unit = null)
{
    /// <summary>A column without a unit of its own.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator SeriesColumn?(string? name) => name is null ? null : new(name);
}
