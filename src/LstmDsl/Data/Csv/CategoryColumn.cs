using System.Diagnostics.CodeAnalysis;

namespace LstmDsl;

/// <summary>
/// A column of words that each stand for a number: the first for 0, the next for 1. A name alone (<c>"weather"</c>) numbers the words in
/// the order of their first appearance in the file; <see cref="TimeSeries.Categories"/> lists them.
/// </summary>
/// <param name="Name">The column.</param>
/// <param name="Words">The words in the order of their numbers, where no other may occur; null where they are found.</param>
public sealed record CategoryColumn(string Name, IReadOnlyList<string>? Words = null)
{
    /// <summary>A column whose words are found.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator CategoryColumn?(string? name) => name is null ? null : new(name);
}
