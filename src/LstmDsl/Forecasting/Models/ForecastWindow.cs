namespace LstmDsl;

/// <summary>One window to forecast from.</summary>
/// <param name="Rows">The rows that it lies in.</param>
/// <param name="Start">Its first row.</param>
internal readonly record struct ForecastWindow(ForecastRows Rows, int Start);
