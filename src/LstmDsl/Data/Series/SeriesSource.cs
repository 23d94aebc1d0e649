namespace LstmDsl;

/// <summary>What a series knows of what it was read from.</summary>
/// <param name="Words">The words of each column of categories, in the order of their numbers; null for columns of numbers.</param>
/// <param name="AreFlags">Which columns were read as true and false.</param>
/// <param name="ReadAs">What about the form was not the usual one, in words; null where nothing was.</param>
internal sealed record SeriesSource(IReadOnlyList<string>?[] Words, bool[] AreFlags, string? ReadAs);
