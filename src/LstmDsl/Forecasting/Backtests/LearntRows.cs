namespace LstmDsl;

/// <summary>Keeps a backtest apart from the rows that a model learnt from.</summary>
internal static class LearntRows
{
    /// <summary>Refuses origins whose forecasts lie within the rows that a model learnt from.</summary>
    /// <returns>What a reader has to know.</returns>
    /// <exception cref="ArgumentException">There are some, and they are not allowed.</exception>
    public static IEnumerable<string> Check(IForecaster forecaster, TimeSeries series, int[] rows, bool allowed)
    {
        if (forecaster is BaselineForecaster)
            return [];
        if (series.Start is null)
            return ["Rows have no times, so that nobody can tell whether the model learnt from those that it forecasts here."];
        if (forecaster.LearntUntil is not { } until)
            return ["It is not known until when the model learnt, so that nobody can tell whether it did from rows that it forecasts here."];
        if (Within(forecaster, series, rows, "origin", until) is not (var within, var text))
            return [];
        if (allowed)
            return [text + ": errors there say nothing of other rows."];
        var first = Array.Find(rows, row => FirstForecast(forecaster, series, row) > series.Axis.TicksOf(until));
        throw new ArgumentException($"{text}. Errors there say nothing of other rows; the first origin would be {TimeSeriesText.Time(series, rows[0])}. "
            + (first > 0 ? $"Ask for the last {Counted.Of(rows.Length - within, "origin")}, " : "Give it rows that came later, ")
            + "train on an earlier part, or write allowTrainingRows: true.");
    }

    /// <summary>Whether some of the forecasts lie within the rows that a model is known to have learnt from.</summary>
    public static bool Any(IForecaster forecaster, TimeSeries series, int[] rows) =>
        series.Start is not null && forecaster.LearntUntil is { } until && Within(forecaster, series, rows, "origin", until) is not null;

    /// <summary>Refuses to calibrate by rows that a model learnt from.</summary>
    /// <param name="forecaster">The model.</param>
    /// <param name="series">The series; where it has no times, nobody can tell.</param>
    /// <param name="rows">The last known rows of the windows.</param>
    /// <param name="parameter">The parameter that the windows were given as.</param>
    /// <exception cref="ArgumentException">It learnt from some.</exception>
    public static void CheckHeldOut(IForecaster forecaster, TimeSeries series, int[] rows, string parameter)
    {
        if (series.Start is null || forecaster.LearntUntil is not { } until || Within(forecaster, series, rows, "window", until) is not (_, var text))
            return;
        throw new ArgumentException(
            $"{text}. Errors there are smaller than those of other rows, and bands by them too narrow. Calibrate on windows that it did not learn "
            + "from, such as those of the validation.", parameter);
    }

    /// <summary>Refuses a model that learnt from rows behind its part.</summary>
    /// <exception cref="InvalidOperationException">It did.</exception>
    public static void CheckPart(IForecaster forecaster, TimeSeries part)
    {
        if (forecaster.LearntUntil is { } until && part.End is { } end && part.Axis.TicksOf(until) > part.Axis.TicksOf(end))
        {
            throw new InvalidOperationException($"The recipe was given rows until {TimeText.Of(end, part.Zone, dateOnly: false)}, and {forecaster.Name} "
                + $"learnt until {TimeText.Of(until, part.Zone, dateOnly: false)}. Train on the part's own series.");
        }
    }

    // How many forecast rows that were learnt from, and that in words; null where none does.
    private static (int Count, string Text)? Within(IForecaster forecaster, TimeSeries series, int[] rows, string what, DateTimeOffset until)
    {
        var within = rows.Count(row => FirstForecast(forecaster, series, row) <= series.Axis.TicksOf(until));
        return within == 0 ? null : (within,
            $"{within} of {Counted.Of(rows.Length, what)} forecast rows that {forecaster.Name} learnt from, which were those until "
            + TimeText.Of(until, series.Zone, dateOnly: false));
    }

    private static long FirstForecast(IForecaster forecaster, TimeSeries series, int row) =>
        series.Axis.TicksOf(series.TimeAt(row + forecaster.Declared.Lead + 1L)!.Value);
}
