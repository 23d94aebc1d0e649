namespace LstmDsl;

/// <summary>What one model of a backtest is trained with.</summary>
/// <param name="Series">The rows that are known when it is trained, and that it may learn from.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Refit">The model's number, from 0.</param>
public sealed record BacktestPart(TimeSeries Series, int Seed, int Refit);
