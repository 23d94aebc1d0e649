namespace LstmDsl;

/// <summary>A series of values at equal steps of time.</summary>
public sealed class TimeSeries;
