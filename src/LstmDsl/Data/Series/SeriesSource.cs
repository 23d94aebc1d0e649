namespace LstmDsl;

/// <summary>What a series knows of the file that it came from.</summary>
/// <param name="Zone">The time zone that was named; null where none was.</param>
/// <param name="Words">The words of each column of categories, in the order of their numbers; null for columns of numbers.</param>
/// <param name="ReadAs">What about the file's form was not the usual one, in words; null where nothing was.</param>
internal sealed record SeriesSource(string? Zone, IReadOnlyList<string>?[] Words, string? ReadAs);
