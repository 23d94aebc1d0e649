namespace LstmDsl;

/// <summary>
/// How far a series moves by itself: errors of the forecast that repeats the value some rows before, over the training rows: those until the
/// last that the model learnt from, or, where that is none or not known or models are trained afresh, until the first origin.
/// MASE, RMSSE and MSIS are errors divided by it, so that 1 is as good as that forecast was there, one step ahead.
/// </summary>
/// <param name="Lag">How many rows before.</param>
/// <param name="Rows">From how many rows on, counted from the first, it is taken: those before <paramref name="Rows"/>.</param>
/// <param name="MeanAbsolute">Mean of |y(t) − y(t − lag)|; NaN where there is no such pair of rows.</param>
/// <param name="RootMeanSquare">Root of the mean of (y(t) − y(t − lag))²; NaN where there is none.</param>
public sealed record ErrorScale(int Lag, int Rows, double MeanAbsolute, double RootMeanSquare)
{
    /// <summary>Measures a column's first rows; pairs of which one is missing are left out.</summary>
    internal static ErrorScale Of(TimeSeries series, int column, int rows, int lag)
    {
        var (absolute, squared, count) = (0.0, 0.0, 0L);
        for (var row = lag; row < rows; row++)
        {
            var difference = series[row, column] - series[row - lag, column];
            if (double.IsNaN(difference))
                continue;
            absolute += Math.Abs(difference);
            squared += difference * difference;
            count++;
        }

        return new(lag, rows, count == 0 ? double.NaN : absolute / count, count == 0 ? double.NaN : Math.Sqrt(squared / count));
    }
}
