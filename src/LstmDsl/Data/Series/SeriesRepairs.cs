namespace LstmDsl;

/// <summary>What was mended while a series was read.</summary>
/// <param name="FilledValues">Missing values that repeat the one before.</param>
/// <param name="GapRows">Rows that were absent and are now holes or repeat the row before.</param>
/// <param name="Duplicates">Rows that a later one of the same time replaced.</param>
internal readonly record struct SeriesRepairs(int FilledValues, int GapRows, int Duplicates);
