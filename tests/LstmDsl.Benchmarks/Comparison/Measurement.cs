namespace LstmDsl.Benchmarks;

/// <summary>One measured round.</summary>
/// <param name="Seconds">Time of one unit of work.</param>
/// <param name="PeakBytes">Largest memory of the process that was measured, in bytes; null where it does other things too.</param>
internal readonly record struct Measurement(double Seconds, long? PeakBytes = null);
