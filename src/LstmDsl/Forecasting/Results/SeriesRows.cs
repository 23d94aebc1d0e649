namespace LstmDsl;

/// <summary>Finds rows of a series by their times.</summary>
internal static class SeriesRows
{
    /// <summary>The last row whose time is not behind another; −1 where all are. Rows must have times.</summary>
    public static int NotBehind(TimeSeries series, DateTimeOffset time)
    {
        var (low, high) = (-1, series.Count - 1);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (series.Axis.TicksOf(series.TimeAt(middle)!.Value) <= series.Axis.TicksOf(time))
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }
}
