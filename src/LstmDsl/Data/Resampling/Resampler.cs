using System.Globalization;

namespace LstmDsl;

/// <summary>Brings a series to another step, column by column.</summary>
internal sealed class Resampler
{
    private readonly TimeSeries series;
    private readonly TimeStep step;
    private readonly Aggregate[] aggregates;
    private readonly Fill fill;
    private readonly int? longestRun;
    private readonly double coverage;
    private readonly ResampledSteps steps;
    private readonly int columns;
    private int filled;

    /// <summary>Takes a series and how its rows come together.</summary>
    public Resampler(TimeSeries series, TimeStep step, Aggregate[] aggregates, Fill fill, int? longestRun, double coverage)
    {
        (this.series, this.step, this.aggregates, this.fill, this.longestRun, this.coverage) = (series, step, aggregates, fill, longestRun, coverage);
        columns = series.Columns.Count;
        steps = new ResampledSteps(series, step, throughLastRow: fill == Fill.Forward);
    }

    /// <summary>The series at the step.</summary>
    public TimeSeries Run()
    {
        RequireFill();
        RequireWholeSums();
        var (first, end) = WholeSteps();
        var values = new double[(end - first) * columns];
        for (var column = 0; column < columns; column++)
        {
            for (var at = first; at < end; at++)
                values[((at - first) * columns) + column] = Together(at, column);
            FillColumn(values, column, first);
        }

        var axis = steps.Axis.Slice(first, end - first);
        return new TimeSeries(series.DescribedColumns, values, axis, Source())
        {
            Name = series.Name,
            Repairs = new SeriesRepairs(filled, 0, 0) { PartialSteps = steps.Count - (end - first) },
        };
    }

    private SeriesSource? Source() => series.Source is not { } source ? null : source with
    {
        AreFlags = [.. source.AreFlags.Select((isFlag, column) => isFlag && aggregates[column] is not (Aggregate.Mean or Aggregate.Sum))],
    };

    /// <summary>The steps that rows fill, without those at both ends that reach beyond the rows.</summary>
    private (int First, int End) WholeSteps()
    {
        int first = 0, end = steps.Count;
        if (!IsWhole(first))
            first++;
        if (end > first && !IsWhole(end - 1))
            end--;
        if (end > first)
            return (first, end);
        throw new ArgumentException($"No step of {step} lies within the rows, which are from {TimeSeriesText.Time(series, 0)} to "
            + $"{TimeSeriesText.Time(series, series.Count - 1)}; take a shorter step, or a coverage below 1.", nameof(step));
    }

    private bool IsWhole(int at)
    {
        var absent = steps.AbsentRows(at);
        var (first, end) = steps.Rows(at);
        return absent == 0 || (!aggregates.Contains(Aggregate.Sum) && IsCovered(end - first, end - first + absent));
    }

    private bool IsCovered(long present, long expected) => present > 0 && present >= coverage * expected;

    private double Together(int at, int column)
    {
        var (first, end) = steps.Rows(at);
        var expected = end - first + steps.AbsentRows(at);
        var values = Values(column, first, end);
        var present = 0;
        for (var row = first; row < end; row++)
        {
            if (!double.IsNaN(series[row, column]))
                present++;
        }

        var isKnown = aggregates[column] == Aggregate.Sum ? present > 0 && present == expected : IsCovered(present, expected);
        return isKnown ? Of(aggregates[column], values, present) : double.NaN;
    }

    private IEnumerable<double> Values(int column, int first, int end)
    {
        for (var row = first; row < end; row++)
        {
            var value = series[row, column];
            if (!double.IsNaN(value))
                yield return value;
        }
    }

    private static double Of(Aggregate aggregate, IEnumerable<double> values, int count) => aggregate switch
    {
        Aggregate.Mean => count == 1 ? values.First() : values.Sum() / count,
        Aggregate.Sum => values.Sum(),
        Aggregate.First => values.First(),
        Aggregate.Last => values.Last(),
        Aggregate.Min => values.Min(),
        Aggregate.Max => values.Max(),
        _ => Middle([.. values.Order()]),
    };

    private static double Middle(double[] sorted)
    {
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : sorted[half - 1] + ((sorted[half] - sorted[half - 1]) / 2);
    }

    /// <summary>Fills steps that have no value, and can have one.</summary>
    private void FillColumn(double[] values, int column, int first)
    {
        var count = values.Length / columns;
        // Where nothing is said, of steps without rows between two with; a sum that is not known is never repeated.
        var runs = aggregates[column] == Aggregate.Sum ? null : longestRun;
        ref double At(int index) => ref values[(index * columns) + column];
        for (var index = 0; fill != Fill.None && index < count; index++)
        {
            if (!double.IsNaN(At(index)))
                continue;
            var end = index;
            while (end < count && double.IsNaN(At(end)) && (runs is not null || !HasRows(first + end)))
                end++;
            var isKnown = index > 0 && !double.IsNaN(At(index - 1));
            if (isKnown && (runs is { } longest ? end - index <= longest : steps.HasSteps))
                FillRun(values, column, index, end, end < count && !double.IsNaN(At(end)), first);
            index = Math.Max(index, end - 1);
        }

        if (fill == Fill.Forward && aggregates[column] == Aggregate.Sum && steps.HasSteps)
            SpreadSums(values, column, first);
    }

    private bool HasRows(int at) => steps.Rows(at) is var (first, end) && first < end;

    private void FillRun(double[] values, int column, int from, int end, bool hasNext, int first)
    {
        ref double At(int index) => ref values[(index * columns) + column];
        var isLine = fill == Fill.Linear && !series.IsWordOrFlag(column);
        if (isLine && !hasNext)
            return;
        double before = At(from - 1), begin = steps.Begin(first + from - 1);
        for (var index = from; index < end; index++)
        {
            var share = isLine ? (steps.Begin(first + index) - begin) / (steps.Begin(first + end) - begin) : 0;
            At(index) = isLine ? before + (share * (At(end) - before)) : before;
            filled++;
        }
    }

    /// <summary>Divides each row's sum among the steps that it fills.</summary>
    private void SpreadSums(double[] values, int column, int first)
    {
        var count = values.Length / columns;
        for (var index = 0; index < count;)
        {
            var end = index + 1;
            while (end < count && !HasRows(first + end))
                end++;
            for (var at = index; at < end; at++)
                values[(at * columns) + column] /= end - index;
            index = end;
        }
    }

    private bool HasEmptySteps => Enumerable.Range(0, steps.Count).Any(at => !HasRows(at));

    private void RequireFill()
    {
        if (fill != Fill.None && longestRun is null && !steps.HasSteps)
        {
            throw new ArgumentException("The rows are at no equal steps, so that nothing says how long a gap may be filled; give longestRun: the most "
                + "steps without a row.", nameof(longestRun));
        }

        if (fill != Fill.None || !steps.HasSteps)
            return;
        if (HasEmptySteps)
        {
            throw new ArgumentException($"Rows at a step of {series.Step} do not fill steps of {step}: choose Fill.Forward to repeat values, or Fill.Linear "
                + "for the line between them, which looks ahead.", nameof(fill));
        }
    }

    private void RequireWholeSums()
    {
        var column = Array.IndexOf(aggregates, Aggregate.Sum);
        if (column < 0)
            return;
        if (fill == Fill.Linear && HasEmptySteps)
        {
            throw new ArgumentException($"The sum of '{series.Columns[column]}' has no line between two rows; choose Fill.Forward, which spreads it, or "
                + "another aggregate.", nameof(fill));
        }

        if (steps.Straddling() is { } row)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The row of {TimeSeriesText.Time(series, row)} lies in several steps of {step}, so that there is no sum of '{series.Columns[column]}' "
                + $"in each of them; take a step that whole rows fill, or the mean."), nameof(step));
        }
    }
}
