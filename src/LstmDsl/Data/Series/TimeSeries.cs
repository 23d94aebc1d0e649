using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LstmDsl;

/// <summary>
/// A series of values at equal steps of time: one or several named columns of doubles, in the user's units. A row in which a value is
/// missing is a hole, which no window crosses. A series does not change once it is made.
/// </summary>
public sealed partial class TimeSeries
{
    private readonly double[] values;

    /// <summary>Takes values, (rows, columns), NaN where one is missing; the array is the series' own from here on.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="values">The array, which begins with the values.</param>
    /// <param name="axis">When the rows are.</param>
    /// <param name="source">What the series knows of what it was read from; null where it has none.</param>
    internal TimeSeries(SeriesColumns columns, double[] values, TimeAxis axis, SeriesSource? source = null)
    {
        (DescribedColumns, Axis, Source, this.values) = (columns, axis, source, values);
        HoleRows = FindHoles();
    }

    /// <summary>When the rows are: their number, the first one's time, the step and the time zone.</summary>
    public TimeAxis Axis { get; }

    /// <summary>The columns' names, in order.</summary>
    public IReadOnlyList<string> Columns => DescribedColumns.Names;

    /// <summary>Number of rows, holes included.</summary>
    public int Count => Axis.Count;

    /// <summary>Each column's unit, such as <c>MW</c>; null where none was given.</summary>
    public IReadOnlyList<string?> Units => [.. DescribedColumns.Select(column => column.Unit)];

    /// <summary>The unit of every column, such as <c>°C</c>; null where none was given, or not all have the same.</summary>
    public string? Unit => ColumnUnits.Same(DescribedColumns.Select(column => column.Unit));

    /// <summary>
    /// The step from one row to the next in words: <c>1 day</c>, <c>10 minutes</c>, <c>3 months</c>; null where rows have no times, or
    /// times of no step.
    /// </summary>
    public string? Step => Axis.Step?.ToString();

    /// <summary>The first row's time, by the clocks of the <see cref="Zone"/>; null where rows have none.</summary>
    public DateTimeOffset? Start => Axis.Start;

    /// <summary>The last row's time, by the clocks of the <see cref="Zone"/>; null where rows have none.</summary>
    public DateTimeOffset? End => TimeAt(Count - 1);

    /// <summary>
    /// The IANA name of the time zone whose clocks are meant, <c>UTC</c> among them; null where it is not known, and times are what some
    /// clocks showed.
    /// </summary>
    public string? Zone => Axis.Zone;

    /// <summary>Number of rows that are holes.</summary>
    public int HoleCount => HoleRows.Length;

    /// <summary>What the series is called in summaries: its file, if it has one.</summary>
    internal string Name { get; init; } = "series";

    /// <summary>The columns, with their units.</summary>
    internal SeriesColumns DescribedColumns { get; }

    /// <summary>What the series knows of the file that it came from; null where it came from none.</summary>
    internal SeriesSource? Source { get; }

    /// <summary>What was mended when the series was made.</summary>
    internal SeriesRepairs Repairs { get; init; }

    /// <summary>The rows that are holes, rising.</summary>
    internal int[] HoleRows { get; }

    /// <summary>All values, (rows, columns), NaN where one is missing.</summary>
    internal ReadOnlySpan<double> Values => values.AsSpan(0, Count * Columns.Count);

    /// <summary>A value, in the series' unit; NaN where it is missing.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public double this[int row, int column]
    {
        get
        {
            CheckIndex(row, Count, nameof(row), "row");
            CheckIndex(column, Columns.Count, nameof(column), "column");
            return values[row * Columns.Count + column];
        }
    }

    /// <summary>Makes a series of one column, named <c>value</c>.</summary>
    /// <param name="values">The values, copied.</param>
    /// <param name="start">The first value's time; given with <paramref name="step"/> or not at all.</param>
    /// <param name="step">The time from one value to the next, such as <c>TimeStep.Days(1)</c>, or a length of time.</param>
    /// <param name="missing">What becomes of values that are NaN.</param>
    /// <param name="unit">The values' unit, for reports.</param>
    /// <param name="zone">The time zone, by its IANA name, whose clocks are meant; by default UTC where the start is in UTC, else none.</param>
    /// <exception cref="ArgumentException">
    /// There are no values, one is infinite or (by default) NaN, or start and step do not fit.
    /// </exception>
    public static TimeSeries FromArrays(double[] values, DateTime? start = null, TimeStep? step = null,
        Missing missing = Missing.Error, string? unit = null, string? zone = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return ArraySeries.Make([.. values], ["value"], start, step, zone, missing, unit);
    }

    /// <summary>Makes a series of several columns.</summary>
    /// <param name="values">The values, (rows, columns), copied.</param>
    /// <param name="columns">The columns' names, with units where they have some: <c>[new("Demand", "MW"), "Holiday"]</c>.</param>
    /// <param name="start">The first row's time; given with <paramref name="step"/> or not at all.</param>
    /// <param name="step">The time from one row to the next, such as <c>TimeStep.Days(1)</c>, or a length of time.</param>
    /// <param name="missing">What becomes of values that are NaN.</param>
    /// <param name="unit">The unit of columns that have none of their own, for reports.</param>
    /// <param name="zone">The time zone, by its IANA name, whose clocks are meant; by default UTC where the start is in UTC, else none.</param>
    /// <exception cref="ArgumentException">
    /// There are no values, one is infinite or (by default) NaN, start and step do not fit, or names are too few, too many or not unique.
    /// </exception>
    public static TimeSeries FromArrays(double[,] values, SeriesColumns columns, DateTime? start = null, TimeStep? step = null,
        Missing missing = Missing.Error, string? unit = null, string? zone = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(columns);
        if (values.GetLength(1) != columns.Count)
        {
            throw new ArgumentException($"Found {Counted.Of(columns.Count, "name")} for " +
                $"{Counted.Of(values.GetLength(1), "column")}; give each column its own.", nameof(columns));
        }
        ref double first = ref Unsafe.As<byte, double>(ref MemoryMarshal.GetArrayDataReference(values));
        var rows = MemoryMarshal.CreateReadOnlySpan(ref first, values.Length);
        return ArraySeries.Make(rows.ToArray(), columns, start, step, zone, missing, unit);
    }

    /// <summary>
    /// The time of a row, which may lie before the first or beyond the last, by the clocks of the <see cref="Zone"/>; null where rows have
    /// no times.
    /// </summary>
    /// <param name="index">The row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is out of the calendar's range, years 1 to 9999.</exception>
    public DateTimeOffset? TimeAt(long index) => Axis[index];

    /// <summary>Whether a value of a row is missing.</summary>
    /// <param name="row">The row, from 0.</param>
    public bool IsHole(int row) => Array.BinarySearch(HoleRows, row) >= 0;

    /// <summary>A column's values, in the series' unit; NaN where one is missing.</summary>
    /// <param name="name">The column.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public double[] Column(string name)
    {
        int column = ColumnIndex(name, nameof(name));
        var result = new double[Count];
        for (int row = 0; row < result.Length; row++) result[row] = values[row * Columns.Count + column];
        return result;
    }

    /// <summary>
    /// The words of a column that was read as categories: the first stands for 0, the next for 1. Empty for a column of numbers.
    /// </summary>
    /// <param name="name">The column.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public IReadOnlyList<string> Categories(string name) => Source?.Words[ColumnIndex(name, nameof(name))] ?? [];

    /// <summary>A column's unit; null where none was given.</summary>
    /// <param name="name">The column.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public string? UnitOf(string name) => DescribedColumns[ColumnIndex(name, nameof(name))].Unit;

    /// <summary>The same rows by the clocks of another time zone, in which days begin when they do there.</summary>
    /// <param name="zone">The zone, by its IANA name, such as <c>Australia/Melbourne</c>.</param>
    /// <exception cref="InvalidOperationException">The zone of these times is not known, or rows go by its calendar.</exception>
    /// <exception cref="ArgumentException">This machine does not know the zone.</exception>
    public TimeSeries InZone(string zone) => new(DescribedColumns, values, Axis.InZone(zone), Source) { Name = Name, Repairs = Repairs };

    /// <summary>Some rows as a series of its own, whose rows count from 0; <c>series[..^5]</c> calls this.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="length">Number of rows; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The series does not have these rows.</exception>
    public TimeSeries Slice(int start, int length)
    {
        if (start < 0 || length < 1 || length > Count - start)
        {
            throw new ArgumentOutOfRangeException(nameof(start), string.Create(CultureInfo.InvariantCulture,
                $"Asked for {Counted.Of(length, "row")} " +
                $"from row {start} of a series of {Count}; expected at least one, all within it."));
        }
        int columns = Columns.Count;
        var rows = values[(start * columns)..((start + length) * columns)];
        return new TimeSeries(DescribedColumns, rows, Axis.Slice(start, length), Source) { Name = Name };
    }

    /// <summary>
    /// Cuts the series into a training, a validation and a test part, in the order of time, at ⌊n·a⌋ and ⌊n·(a + b)⌋ of its n rows.
    /// </summary>
    /// <param name="training">The training part's share a, between 0 and 1.</param>
    /// <param name="validation">The validation part's share b; what is left is for the test.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is not positive, or nothing is left for the test.</exception>
    public SplitSeries Split(double training, double validation) => SplitSeries.Cut(this, training, validation);

    /// <summary>
    /// Cuts the series by dates: rows before the first are to train on, rows from there on to validate, rows from the second on for the test.
    /// A <see cref="DateOnly"/>, or a <see cref="DateTime"/> that is not in UTC, is what the clocks of its <see cref="Zone"/> showed. Where the
    /// series has none, dates are what its clocks showed, and their offsets say nothing.
    /// </summary>
    /// <param name="validation">The validation part's first time.</param>
    /// <param name="test">The test part's first time.</param>
    /// <exception cref="InvalidOperationException">The rows have no times.</exception>
    /// <exception cref="ArgumentException">A part would have no row.</exception>
    public SplitSeries Split(ItemTime validation, ItemTime test) => SplitSeries.Cut(this, validation, test);

    /// <summary>Cuts the last rows off: those to validate and, behind them, those for the test.</summary>
    /// <param name="validation">Rows of the validation part; positive.</param>
    /// <param name="test">Rows of the test part; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or nothing is left to train on.</exception>
    public SplitSeries SplitLast(int validation, int test) => SplitSeries.CutLast(this, validation, test);

    /// <summary>What a person would look at: rows, step, first and last time, each column's range, holes and repairs.</summary>
    public override string ToString() => TimeSeriesText.Of(this);

    /// <summary>A column's index, by its name.</summary>
    internal int ColumnIndex(string name, string parameter)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == name) return i;
        }
        throw new ArgumentException($"There is no column '{name}'; the columns are '{string.Join("', '", Columns)}'.", parameter);
    }

    private int[] FindHoles()
    {
        var holes = new List<int>();
        var all = Values;
        for (var row = 0; row < Count; row++)
        {
            foreach (var value in all.Slice(row * Columns.Count, Columns.Count))
            {
                if (!double.IsNaN(value))
                    continue;
                holes.Add(row);
                break;
            }
        }

        return [.. holes];
    }

    private static void CheckIndex(int index, int count, string parameter, string what)
    {
        if ((uint)index >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(parameter, index, string.Create(CultureInfo.InvariantCulture,
                $"There {(count == 1 ? "is" : "are")} {Counted.Of(count, what)}; expected 0 " +
                $"to {count - 1}."));
        }
    }
}
