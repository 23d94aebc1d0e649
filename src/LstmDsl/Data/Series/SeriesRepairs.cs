namespace LstmDsl;

/// <summary>What was mended while a series was read.</summary>
/// <param name="FilledValues">Missing values that repeat the one before, or lie between two.</param>
/// <param name="GapRows">Rows that were absent and are now holes or repeat the row before.</param>
/// <param name="Duplicates">Rows that a later one of the same time replaced.</param>
/// <param name="ClosedGaps">Gaps whose missing times do not exist.</param>
/// <param name="PartialSteps">Steps at the ends that were left out, since they reach beyond the rows that were brought to them.</param>
internal readonly record struct SeriesRepairs(
    int FilledValues, int GapRows, int Duplicates, int ClosedGaps = 0, int PartialSteps = 0);
