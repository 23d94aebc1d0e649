namespace LstmDsl;

/// <summary>
/// Makes a series of rows with times: checks that times rise, resolves duplicates, missing values and gaps as chosen, and finds the
/// step.
/// </summary>
/// <param name="origin">Where the rows come from.</param>
/// <param name="choices">What becomes of what is wrong.</param>
internal sealed class SeriesBuilder(SeriesOrigin origin, SeriesChoices choices)
{
    private const string NamesZone = " name their zone, such as zone: \"Europe/Berlin\"";

    // A wrong time far in the future must not allocate millions of rows; values that fill gaps may be this many, and this many for
    // each value that was read.
    private const long FreeGapValues = 16_777_216;
    private const int GapValuesPerValue = 16;

    private readonly int columns = origin.ColumnPlaces.Count;
    private readonly Progression ticks = new();
    private readonly Progression offsets = new();
    private readonly Progression numbers = new();
    private readonly ValueRows values = new(origin.ColumnPlaces.Count);
    private readonly ZoneRules? rules = choices.Zone is null ? null : new(choices.Zone);
    private ZoneTimes? shownTimes;
    private DateTimeKind kind;
    private int duplicates, filledValues;
    private string? firstDuplicate, putBack;

    /// <summary>How much of the rows' source was read, from 0 to 1, for as long a series as it will need; null where that is not
    /// known.</summary>
    public Func<double?>? Progress { get; init; }

    /// <summary>Adds a row.</summary>
    /// <param name="number">The row's number in its origin.</param>
    /// <param name="time">Its time.</param>
    /// <param name="row">Its values, each finite or NaN where it is missing.</param>
    /// <param name="offset">How far the clocks were ahead of UTC, where the time is in UTC and that is known.</param>
    /// <param name="isDate">Whether the time is a day or month, without a time of day.</param>
    public void Add(int number, DateTime time, ReadOnlySpan<double> row, TimeSpan? offset = null, bool isDate = false)
    {
        if (rules is not null && time.Kind == DateTimeKind.Unspecified && !isDate)
            time = InZone(number, time);
        if (ticks.Count == 0)
            kind = time.Kind;
        if (time.Kind != kind)
        {
            throw origin.TimeError(number, $"the time is {KindText(time.Kind)}, that of {origin.Row((int)numbers.Last)} is {KindText(kind)}; "
                + "give all in one way");
        }

        if (ticks.Count > 0 && time.Ticks <= ticks.Last)
        {
            ReplaceEarlier(number, time, row);
            return;
        }

        ticks.Add(time.Ticks);
        if (offset is { } known)
            offsets.Add(known.Ticks);
        numbers.Add(number);
        values.Add(row, Progress);
    }

    /// <summary>The series, once all rows are added.</summary>
    public TimeSeries Build(SeriesColumns columnsOfSeries, SeriesSource? source = null)
    {
        if (ticks.Count < 2)
        {
            throw new InvalidDataException($"{origin.Name}: a series needs at least two rows with different times, from which its step " +
                $"is found; there {(ticks.Count == 0 ? "is none" : "is one")}.");
        }
        if (duplicates > 0 && choices.Duplicates == Duplicates.Error)
        {
            throw new InvalidDataException($"{firstDuplicate}{AndMore(duplicates - 1, "duplicate")}.{putBack} Choose Duplicates.Last to keep the " +
                $"last row of each time{SeveralSeries}.");
        }
        ResolveMissing();
        var times = new AxisFinder(choices, rules).Of(ticks, offsets, kind);
        if (choices.Zone is not null && times.Zone is null)
        {
            throw new InvalidDataException(
                $"{origin.Name}: rows are {times.Step} apart by the clocks of {choices.Zone}, but not in time, since these clocks were changed in "
                + "between. Leave the zone out to take the times as what some clocks showed.");
        }

        return choices.Gaps == Gaps.Close ? BuildClosed(columnsOfSeries, source, times) : BuildWhole(columnsOfSeries, source, times);
    }

    private TimeSeries BuildWhole(SeriesColumns columnsOfSeries, SeriesSource? source, FoundTimes times)
    {
        var rows = PlaceOnGrid(times.Rows, times.Step);
        int gapRows = CheckGaps(times.Rows, rows, times.Step);
        var axis = TimeAxis.From((int)rows.Last + 1, times.Rows.At(0), times.Step, times.Zone);
        return new TimeSeries(columnsOfSeries, Expand(rows), axis, source)
        {
            Name = Path.GetFileName(origin.Name),
            Repairs = new SeriesRepairs(filledValues, gapRows, duplicates),
        };
    }

    private TimeSeries BuildClosed(SeriesColumns columnsOfSeries, SeriesSource? source, FoundTimes times)
    {
        var (axis, closed) = ClosedGaps.Of(times, choices.Step);
        return new TimeSeries(columnsOfSeries, values.Take(), axis, source)
        {
            Name = Path.GetFileName(origin.Name),
            Repairs = new SeriesRepairs(filledValues, 0, duplicates, closed),
        };
    }

    private DateTime InZone(int number, DateTime shown) => (shownTimes ??= new(rules!)).Of(shown)
        ?? throw origin.TimeError(number, $"the clocks of {choices.Zone} skipped the time {TimeText.Of(shown)}, when they were put forward; is it of "
            + "another zone?");

    private void ReplaceEarlier(int number, DateTime time, ReadOnlySpan<double> row)
    {
        var earlier = ticks.IndexOf(time.Ticks);
        if (earlier < 0)
        {
            throw origin.TimeError(number, $"the time {Shown(time)} comes before {Shown(new DateTime(ticks.Last, kind))} of "
                + $"{origin.Row((int)numbers.Last)}, and times must rise; sort the rows by time{SeveralSeries}");
        }

        duplicates++;
        if (firstDuplicate is null)
        {
            firstDuplicate = DuplicateText(number, time, (int)numbers[earlier]);
            // Behind the hour that clocks show twice the next row is an hour ahead of where they are put back to.
            if (ticks.Count > 1 && IsClocksHour(time, ticks.Last + (ticks.Last - ticks[ticks.Count - 2]) - time.Ticks))
                putBack = " Where clocks were put back then," + NamesZone + ", by which both hours are told apart.";
        }

        numbers[earlier] = number;
        row.CopyTo(values.All[(earlier * columns)..]);
    }

    private void ResolveMissing()
    {
        var all = values.All;
        if (choices.Missing == Missing.Hole) return;
        for (int i = 0; i < all.Length; i++)
        {
            if (!double.IsNaN(all[i])) continue;
            var (row, column) = Math.DivRem(i, columns);
            if (choices.Missing == Missing.Error)
            {
                int more = CountMissing(all[(i + 1)..]);
                throw origin.ValueError((int)numbers[row], column, $"the value is missing{AndMore(more, "missing value")}. Choose " +
                    $"Missing.Hole to leave holes that no window crosses, or Missing.Forward to repeat the value before");
            }
            if (row == 0)
            {
                throw origin.ValueError((int)numbers[row], column, "the first value is missing, so there is none before it to repeat. Choose " +
                    "Missing.Hole");
            }
            all[i] = all[i - columns];
            filledValues++;
        }
    }

    // The row of the series at which each row that was read stands.
    private Progression PlaceOnGrid(RowTimes times, TimeStep step)
    {
        if (step is FixedStep even && even.Ticks == times.Ticks.Step)
            return Progression.Counting(times.Ticks.Count);
        var rows = new Progression();
        int firstOff = -1, off = 0;
        for (int i = 0; i < times.Ticks.Count; i++)
        {
            if (step.TryCount(times.At(0), times.At(i), out var row))
                rows.Add(row);
            else if (off++ == 0)
                firstOff = i;
        }

        if (off == 0) return rows;
        throw origin.TimeError((int)numbers[firstOff], $"the time {Shown(times.At(firstOff))} lies off the step of {step} from " +
            $"{Shown(times.At(0))}, {(choices.Step is null ? "the most common difference" : "which was asked for")}"
            + $"{AndMore(off - 1, "time")}. Mend or remove the row, or bring the rows to one step first: Gaps.Close reads them one after the "
            + $"other, and Resample(step) has one step");
    }

    private int CheckGaps(RowTimes times, Progression rows, TimeStep step)
    {
        long gapRows = rows.Last + 1 - rows.Count;
        if (gapRows == 0) return 0;
        int first = -1, gaps = 0;
        for (int i = 1; i < rows.Count; i++)
        {
            if (rows[i] != rows[i - 1] + 1 && gaps++ == 0) first = i;
        }
        string gap = $"between {Shown(times.At(first - 1))} ({origin.Row((int)numbers[first - 1])}) and {Shown(times.At(first))} " +
            $"{Counted.Of(rows[first] - rows[first - 1] - 1, "row")} of the step of {step} " +
            $"{(rows[first] == rows[first - 1] + 2 ? "is" : "are")} absent";
        if (choices.Gaps == Gaps.Error)
        {
            string more = gaps == 1 ? "" : $"{AndMore(gaps - 1, "gap")}, {Counted.Of(gapRows, "absent row")} in all";
            var absent = step.Add(times.At(first - 1), 1);
            var putForward = IsClocksHour(absent, times.At(first).Ticks - absent.Ticks)
                ? " Where clocks were put forward then," + NamesZone + ", by which no row is absent."
                : "";
            throw origin.TimeError((int)numbers[first], $"{gap}{more}.{putForward} Choose Gaps.Hole to leave holes that no window crosses, " +
                $"Gaps.Forward to repeat the row before, or Gaps.Close where such times do not exist, as on an exchange's free days");
        }
        if (gapRows > FreeGapValues / columns + (long)GapValuesPerValue * rows.Count || (rows.Last + 1) * columns > Array.MaxLength)
        {
            throw origin.TimeError((int)numbers[first], $"{gap}, and the gaps would add {Counted.Of(gapRows, "row")} to " +
                $"{Counted.Of(rows.Count, "row")}; one of these times may be wrong");
        }
        return (int)gapRows;
    }

    private double[] Expand(Progression rows)
    {
        if (rows.Last + 1 == rows.Count)
            return values.Take();
        var source = values.All;
        var expanded = new double[(rows.Last + 1) * columns];
        Array.Fill(expanded, double.NaN);
        for (int i = 0; i < rows.Count; i++)
        {
            var row = source.Slice(i * columns, columns);
            long end = choices.Gaps == Gaps.Forward && i + 1 < rows.Count ? rows[i + 1] : rows[i] + 1;
            for (long at = rows[i]; at < end; at++)
                row.CopyTo(expanded.AsSpan((int)(at * columns), columns));
        }

        return expanded;
    }

    // By the clocks of the zone that was named, whatever the rows are counted by.
    private string Shown(DateTime time) => rules is not null && choices.Zone != TimeAxis.Utc && time.Kind == DateTimeKind.Utc
        ? TimeText.Of(rules.At(time), choices.Zone, dateOnly: false)
        : TimeText.Of(time);

    /// <summary>Whether a stretch may be the hour that clocks show twice in autumn, or skip in spring: they are changed at night.</summary>
    private bool IsClocksHour(DateTime from, long stretch) => rules is null && kind == DateTimeKind.Unspecified
        && stretch == TimeSpan.TicksPerHour && from.Hour is 23 or <= 3;

    private string DuplicateText(int number, DateTime time, int earlier) =>
        $"{origin.Name}, {origin.Row(number)}, {origin.TimePlace}: the time {Shown(time)} is that of {origin.Row(earlier)} too";

    private string SeveralSeries => origin.RowWord == "line" ? ", or, where the file holds several series, pick one by where: [(\"column\", \"value\")]" : "";

    private static int CountMissing(ReadOnlySpan<double> values)
    {
        int count = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value)) count++;
        }
        return count;
    }

    private static string AndMore(int count, string what) =>
        count == 0 ? "" : $" (and {Counted.Of(count, $"more {what}")} after it)";

    private static string KindText(DateTimeKind kind) => kind switch
    {
        DateTimeKind.Utc => "in UTC",
        DateTimeKind.Local => "local",
        _ => "of no time zone",
    };
}
