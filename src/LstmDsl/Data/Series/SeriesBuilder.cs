using System.Runtime.InteropServices;

namespace LstmDsl;

/// <summary>
/// Makes a series of rows with times: checks that times rise, resolves duplicates, missing values and gaps as chosen, and finds the
/// step.
/// </summary>
/// <param name="origin">Where the rows come from.</param>
/// <param name="choices">What becomes of what is wrong.</param>
internal sealed class SeriesBuilder(SeriesOrigin origin, SeriesChoices choices)
{
    // A wrong time far in the future must not allocate millions of rows; values that fill gaps may be this many, and this many for
    // each value that was read.
    private const long FreeGapValues = 16_777_216;
    private const int GapValuesPerValue = 16;

    private readonly int columns = origin.ColumnPlaces.Count;
    private readonly List<DateTime> times = [];
    private readonly List<TimeSpan> offsets = [];
    private readonly List<double> values = [];
    private readonly List<int> numbers = [];
    private int duplicates, filledValues;
    private string? firstDuplicate;

    /// <summary>Adds a row.</summary>
    /// <param name="number">The row's number in its origin.</param>
    /// <param name="time">Its time.</param>
    /// <param name="row">Its values, each finite or NaN where it is missing.</param>
    /// <param name="offset">How far the clocks were ahead of UTC, where the time is in UTC and that is known.</param>
    public void Add(int number, DateTime time, ReadOnlySpan<double> row, TimeSpan? offset = null)
    {
        if (times.Count > 0 && time.Kind != times[0].Kind)
        {
            throw origin.TimeError(number,
                $"the time is {KindText(time)}, that of {origin.Row(numbers[0])} is {KindText(times[0])}; give all in one way");
        }
        if (times.Count > 0 && time <= times[^1])
        {
            var earlier = times.BinarySearch(time);
            if (earlier < 0)
            {
                throw origin.TimeError(number,
                    $"the time {TimeText.Of(time)} comes before {TimeText.Of(times[^1])} of {origin.Row(numbers[^1])}, "
                    + "and times must rise; sort the rows by time");
            }
            duplicates++;
            firstDuplicate ??= DuplicateText(number, time, numbers[earlier]);
            numbers[earlier] = number;
            row.CopyTo(CollectionsMarshal.AsSpan(values)[(earlier * columns)..]);
            return;
        }
        times.Add(time);
        if (offset is { } known) offsets.Add(known);
        numbers.Add(number);
        values.AddRange(row);
    }

    /// <summary>The series, once all rows are added.</summary>
    public TimeSeries Build(IReadOnlyList<string> columnNames, string? unit)
    {
        if (times.Count < 2)
        {
            throw new InvalidDataException(
                $"{origin.Name}: a series needs at least two rows with different times, from which its step is found; "
                + $"there {(times.Count == 0 ? "is none" : "is one")}.");
        }
        if (duplicates > 0 && choices.Duplicates == Duplicates.Error)
        {
            throw new InvalidDataException(
                $"{firstDuplicate}{AndMore(duplicates - 1, "duplicate")}. Choose Duplicates.Last to keep the last row of each time.");
        }
        ResolveMissing();
        TakeClockTimes();
        var step = TimeStepFinder.Find(CollectionsMarshal.AsSpan(times));
        long[] rows = PlaceOnGrid(step);
        var gapRows = CheckGaps(rows, step);
        return new TimeSeries(columnNames, Expand(rows), times[0], step)
        {
            Name = Path.GetFileName(origin.Name),
            Unit = unit,
            Repairs = new SeriesRepairs(filledValues, gapRows, duplicates),
        };
    }

    private void ResolveMissing()
    {
        var all = CollectionsMarshal.AsSpan(values);
        if (choices.Missing == Missing.Hole) return;
        for (var i = 0; i < all.Length; i++)
        {
            if (!double.IsNaN(all[i])) continue;
            var (row, column) = Math.DivRem(i, columns);
            if (choices.Missing == Missing.Error)
            {
                var more = CountMissing(all[(i + 1)..]);
                throw origin.ValueError(numbers[row], column,
                    $"the value is missing{AndMore(more, "missing value")}. "
                    + "Choose Missing.Hole to leave holes that no window crosses, or Missing.Forward to repeat the value before");
            }
            if (row == 0)
            {
                throw origin.ValueError(numbers[row], column,
                    "the first value is missing, so there is none before it to repeat. Choose Missing.Hole");
            }
            all[i] = all[i - columns];
            filledValues++;
        }
    }

    private void TakeClockTimes()
    {
        if (offsets.Count != times.Count) return;
        if (ClockTimes.Of(CollectionsMarshal.AsSpan(times), CollectionsMarshal.AsSpan(offsets)) is not { } shown) return;
        times.Clear();
        times.AddRange(shown);
    }

    // The row of the series at which each row that was read stands.
    private long[] PlaceOnGrid(TimeStep step)
    {
        var rows = new long[times.Count];
        int firstOff = -1, off = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (step.TryCount(times[0], times[i], out rows[i])) continue;
            if (off++ == 0) firstOff = i;
        }
        if (off == 0) return rows;
        throw origin.TimeError(numbers[firstOff],
            $"the time {TimeText.Of(times[firstOff])} lies off the step of {step} from {TimeText.Of(times[0])}, "
            + $"the most common difference{AndMore(off - 1, "time")}. Mend or remove the row, or bring the rows to one step first");
    }

    private int CheckGaps(long[] rows, TimeStep step)
    {
        var gapRows = rows[^1] + 1 - rows.Length;
        if (gapRows == 0) return 0;
        int first = -1, gaps = 0;
        for (var i = 1; i < rows.Length; i++)
        {
            if (rows[i] != rows[i - 1] + 1 && gaps++ == 0) first = i;
        }
        var gap =
            $"between {TimeText.Of(times[first - 1])} ({origin.Row(numbers[first - 1])}) and {TimeText.Of(times[first])} "
            + $"{Counted.Of(rows[first] - rows[first - 1] - 1, "row")} of the step of {step} "
            + $"{(rows[first] == rows[first - 1] + 2 ? "is" : "are")} absent";
        if (choices.Gaps == Gaps.Error)
        {
            var more = gaps == 1 ? "" : $"{AndMore(gaps - 1, "gap")}, {Counted.Of(gapRows, "absent row")} in all";
            throw origin.TimeError(numbers[first],
                $"{gap}{more}. Choose Gaps.Hole to leave holes that no window crosses, or Gaps.Forward to repeat the row before");
        }
        if (gapRows > FreeGapValues / columns + (long)GapValuesPerValue * times.Count || (rows[^1] + 1) * columns > Array.MaxLength)
        {
            throw origin.TimeError(numbers[first],
                $"{gap}, and the gaps would add {Counted.Of(gapRows, "row")} to {Counted.Of(times.Count, "row")}; "
                + "one of these times may be wrong");
        }
        return (int)gapRows;
    }

    private double[] Expand(long[] rows)
    {
        var source = CollectionsMarshal.AsSpan(values);
        if (rows[^1] + 1 == rows.Length) return source.ToArray();
        var expanded = new double[(rows[^1] + 1) * columns];
        Array.Fill(expanded, double.NaN);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = source.Slice(i * columns, columns);
            var end = choices.Gaps == Gaps.Forward && i + 1 < rows.Length ? rows[i + 1] : rows[i] + 1;
            for (var at = rows[i]; at < end; at++) row.CopyTo(expanded.AsSpan((int)(at * columns), columns));
        }
        return expanded;
    }

    private string DuplicateText(int number, DateTime time, int earlier) =>
        $"{origin.Name}, {origin.Row(number)}, {origin.TimePlace}: the time {TimeText.Of(time)} is that of {origin.Row(earlier)} too";

    private static int CountMissing(ReadOnlySpan<double> values)
    {
        var count = 0;
        foreach (var value in values)
        {
            if (double.IsNaN(value)) count++;
        }
        return count;
    }

    private static string AndMore(int count, string what) =>
        count == 0 ? "" : $" (and {Counted.Of(count, $"more {what}")} after it)";

    private static string KindText(DateTime time) => time.Kind switch
    {
        DateTimeKind.Utc => "in UTC",
        DateTimeKind.Local => "local",
        _ => "of no time zone",
    };
}
