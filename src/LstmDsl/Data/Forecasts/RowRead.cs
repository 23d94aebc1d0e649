namespace LstmDsl;

/// <summary>A row of a column that a forecast reads.</summary>
/// <param name="Column">The column.</param>
/// <param name="Row">The row; perhaps before the first.</param>
/// <param name="CountedRow">The row that lies as many steps back by their number alone: there the clock is looked up, too.</param>
internal readonly record struct RowRead(string Column, int Row, int CountedRow);
