using System.Globalization;

namespace LstmDsl;

/// <summary>One forecast value.</summary>
/// <param name="Time">
/// When, by the clocks of the series' time zone; null for a series without times. Where the zone is not known, it is what the clocks of the
/// data show, and its offset says nothing.
/// </param>
/// <param name="Value">
/// The value, in the series' units: the first of several target columns' or quantiles', or the first class's probability.
/// </param>
public readonly record struct ForecastPoint(DateTimeOffset? Time, double Value)
{
    private const string SevenDigits = "G7";

    private static string When(DateTimeOffset time) =>
        TimeText.Of(time.DateTime) + (time.Offset == TimeSpan.Zero ? "" : time.ToString("zzz", CultureInfo.InvariantCulture));

    /// <summary>
    /// All values: target columns in the order of the pipeline's targets, each with its quantiles where several are forecast; or the
    /// probabilities of classes.
    /// </summary>
    public IReadOnlyList<double> Values { get; init; } = [Value];

    /// <summary>
    /// All steps where a window's target has several (<c>targetSteps</c>), each with its time, this point the first of them; empty else.
    /// </summary>
    public IReadOnlyList<ForecastPoint> Steps { get; init; } = [];

    /// <summary>
    /// Time and values, to seven digits and whatever the machine's culture: <c>2016-01-01: 9.84</c>, <c>2016-01-01 06:00: (9.84, 1013.2)</c>.
    /// </summary>
    public override string ToString()
    {
        var values = (Values ?? [Value]).Select(value => value.ToString(SevenDigits, CultureInfo.InvariantCulture)).ToArray();
        var shown = values.Length == 1 ? values[0] : $"({string.Join(", ", values)})";
        return Time is { } time ? $"{When(time)}: {shown}" : shown;
    }
}
