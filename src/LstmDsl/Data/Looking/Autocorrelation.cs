using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>
/// How much a column resembles itself k rows later: r(k) = Σ (x(t) − m)·(x(t + k) − m) / Σ (x(t) − m)², as Box and Jenkins have it.
/// Where values are missing, the sums run over the pairs that are there, and count as if all were.
/// </summary>
public sealed class Autocorrelation
{
    // How far a peak rises above the valleys beside it before it counts as one.
    private const double LeastProminence = 0.05;

    private readonly TimeSeries series;
    private readonly double[] values;

    /// <summary>Measures a column.</summary>
    internal Autocorrelation(TimeSeries series, int column, int maxLag)
    {
        this.series = series;
        Column = series.Columns[column];
        values = Measure(series, column, maxLag, out var count);
        Bound = 1.96 / Math.Sqrt(count);
        StandsOut = FindSeasons();
    }

    /// <summary>The column.</summary>
    public string Column { get; }

    /// <summary>r of each lag, from 0 (which is 1) to the largest.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>1.96 / √n: of values without any order 95 % lie within ±this.</summary>
    public double Bound { get; }

    /// <summary>
    /// The lags that stand out, rising: peaks beyond <see cref="Bound"/> that rise from the valleys beside them, without the multiples of
    /// an earlier one, unless they stand out among these. The first is often a day or a week: a season for a naive forecast, a window's length.
    /// </summary>
    public IReadOnlyList<int> StandsOut { get; }

    /// <summary>The column with the lags that stand out, with how long they are where rows have times.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Column);
        if (StandsOut.Count == 0)
        {
            return text.Append(CultureInfo.InvariantCulture, $": no lag up to {values.Length - 1} stands out").ToString();
        }
        text.Append(StandsOut.Count == 1 ? ": one lag stands out" : ": lags that stand out");
        foreach (var lag in StandsOut) text.Append(CultureInfo.InvariantCulture, $"\n  {LagText(lag)}: {values[lag]:0.00}");
        return text.ToString();
    }

    /// <summary>A lag in rows and, where these have times, how long that is.</summary>
    internal string LagText(int lag)
    {
        var rows = Counted.Of(lag, "row");
        return series.Start is { } start && series.TimeAt(lag) is { } later ? $"{rows} ({TimeStep.OfTicks((later - start).Ticks)})" : rows;
    }

    private static double[] Measure(TimeSeries series, int column, int maxLag, out int count)
    {
        var centred = series.Column(series.Columns[column]);
        count = 0;
        var sum = 0.0;
        foreach (var value in centred)
        {
            if (double.IsNaN(value)) continue;
            sum += value;
            count++;
        }
        var squares = 0.0;
        for (var row = 0; row < centred.Length; row++)
        {
            centred[row] -= sum / count;
            if (!double.IsNaN(centred[row])) squares += centred[row] * centred[row];
        }
        if (count < 2 || Spread.IsRounding(squares / count, sum / count, count))
        {
            throw new InvalidDataException(
                $"{series.Name}, column '{series.Columns[column]}': "
                + $"{(count < 2 ? $"there is {Counted.Of(count, "value")}" : "all values are equal")}, so that nothing can be said of how it repeats.");
        }
        var result = new double[maxLag + 1];
        for (var lag = 0; lag <= maxLag; lag++)
        {
            var (products, pairs, possible) = (0.0, 0, centred.Length - lag);
            for (var row = 0; row < possible; row++)
            {
                var product = centred[row] * centred[row + lag];
                if (double.IsNaN(product)) continue;
                products += product;
                pairs++;
            }
            if (pairs > 0) result[lag] = products / pairs * possible / (squares / count * centred.Length);
        }
        return result;
    }

    // The factor (n − k) / n of the definition moves a broad peak to shorter lags, so peaks are looked for without it.
    private int[] FindSeasons()
    {
        double[] level = [.. values.Select((value, lag) => value * series.Count / (series.Count - lag))];
        var found = new List<int>();
        for (var lag = 2; lag < level.Length - 1; lag++)
        {
            var isPeak = level[lag] > level[lag - 1] && level[lag] >= level[lag + 1];
            var standsOut = isPeak && values[lag] > Bound && Prominence(level, lag) >= LeastProminence;
            if (standsOut && !found.Any(earlier => IsEcho(level, lag, earlier))) found.Add(lag);
        }
        return [.. found];
    }

    // What repeats after a day repeats after two, somewhat less; a multiple counts by itself only where it is higher than those beside it,
    // as the seventh day is. A season of 11.97 rows has its third peak at 36.
    private static bool IsEcho(double[] level, int lag, int season)
    {
        var times = (int)Math.Round(lag / (double)season);
        var reach = Math.Max(1, lag / 50);
        if (times < 1 || Math.Abs(lag - times * season) > reach) return false;
        if (times == 1) return true;
        return Math.Max(Highest(lag - season), Highest(lag + season)) + LeastProminence > level[lag];

        double Highest(int at) => at + reach < level.Length ? level[(at - reach)..(at + reach + 1)].Max() : double.PositiveInfinity;
    }

    // How deep one has to go down on both sides before it goes up higher, or ends.
    private static double Prominence(double[] level, int lag) => level[lag] - Math.Max(Valley(level, lag, -1), Valley(level, lag, 1));

    private static double Valley(double[] level, int lag, int direction)
    {
        var lowest = level[lag];
        for (var other = lag + direction; other >= 0 && other < level.Length && level[other] <= level[lag]; other += direction)
            lowest = Math.Min(lowest, level[other]);
        return lowest;
    }
}
