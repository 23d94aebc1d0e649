namespace LstmDsl;

/// <summary>A time as a field of a file gives it.</summary>
/// <param name="Time">The time; in UTC where it came with an offset.</param>
/// <param name="Offset">How far the clocks were ahead of UTC; null where the field does not say.</param>
/// <param name="FinerNanoseconds">What was cut off, from 0 to 99: .NET's times count in steps of 100 ns.</param>
/// <param name="IsDate">Whether it is a day or month, without a time of day.</param>
internal readonly record struct FieldTime(DateTime Time, TimeSpan? Offset, int FinerNanoseconds = 0, bool IsDate = false);
