using System.Globalization;

namespace LstmDsl;

/// <summary>
/// The rows that a declared forecast reads, in raw units: those of a series and, behind them, what is known of the steps ahead.
/// </summary>
internal sealed class FrameRows
{
    private readonly Dictionary<string, double[]> columns = new(StringComparer.Ordinal);
    private readonly ForecastPlan plan;
    private ClockRows? clock;
    private DateTimeOffset[]? times;

    /// <summary>Takes a series' rows alone: for training, and to forecast where what came is known.</summary>
    /// <exception cref="ArgumentException">A column is missing, or it has other units or words than were declared.</exception>
    public FrameRows(ForecastPlan plan, TimeSeries series)
    {
        (this.plan, Series, Count) = (plan, series, series.Count);
        foreach (var column in plan.Columns.Where(column => column.Part is null))
        {
            if (!columns.ContainsKey(column.Name))
                columns.Add(column.Name, Values(series, column));
        }

        RequireTimes();
    }

    /// <summary>Takes a series' rows and the steps ahead of them.</summary>
    /// <param name="plan">What is forecast.</param>
    /// <param name="series">The known rows.</param>
    /// <param name="known">What is known of the steps ahead; null where that is nothing.</param>
    /// <param name="reach">How far the forecast goes.</param>
    /// <exception cref="ArgumentException">Something that has to be known is not; the message says of which column from when to when.</exception>
    public FrameRows(ForecastPlan plan, TimeSeries series, TimeSeries? known, ForecastReach reach)
        : this(plan, series)
    {
        Count = checked(series.Count + reach.RowsAhead);
        if (series.Start is not null && series.TimeAt(Count - 1) is null)
        {
            throw new ArgumentException(
                $"{series.Name} has times that follow each other by no step, so that nobody can say when the rows behind it are. Bring it to one: "
                + "series.Resample(…).", nameof(series));
        }

        foreach (var (name, values) in columns.ToArray())
        {
            var longer = new double[Count];
            values.CopyTo(longer, 0);
            longer.AsSpan(series.Count).Fill(double.NaN);
            columns[name] = longer;
        }

        var names = reach.KnownColumns.Names;
        if (names.Count == 0)
            return;
        var needed = (First: series.Count + reach.FirstKnown - 1, Last: series.Count + reach.LastKnown - 1);
        if (known is null)
        {
            throw new ArgumentException(
                $"The forecast needs {ColumnNames.Listed(names)} from {When(needed.First)} to {When(needed.Last)}, which the series "
                + "cannot know; pass them: Forecast(series, known).", nameof(known));
        }

        if (names.FirstOrDefault(name => !known.Columns.Contains(name)) is { } lacking)
        {
            throw new ArgumentException(
                $"What is known of the steps ahead has the columns {ColumnNames.Listed(known.Columns)}; it lacks '{lacking}', which the forecast "
                + "needs, too.", nameof(known));
        }

        var rows = RowsAhead(known);
        foreach (var name in names)
        {
            var own = Values(known, plan.Columns.First(column => column.Name == name && column.Role == ForecastRole.Known));
            for (var ahead = 0; ahead < rows.Length; ahead++)
            {
                if (rows[ahead] is { } row)
                    columns[name][series.Count + ahead] = own[row];
            }

            RequireKnown(name, needed.First, needed.Last, WholeHorizons(reach));
        }
    }

    // The same rows with targets of their own, for what is forecast to be put there.
    private FrameRows(FrameRows like)
    {
        (plan, Series, Count, clock, times) = (like.plan, like.Series, like.Count, like.Clock, like.times);
        foreach (var (name, values) in like.columns)
            columns.Add(name, plan.Targets.Any(target => target.Name == name) ? [.. values] : values);
    }

    /// <summary>The series.</summary>
    public TimeSeries Series { get; }

    /// <summary>Number of rows, those ahead among them.</summary>
    public int Count { get; }

    /// <summary>A column's raw values; NaN where there is none. Of a category its place in the declaration, −1 for none of them.</summary>
    public double[] this[string column] => columns[column];

    /// <summary>Rows by the clocks of the zone.</summary>
    public ClockRows Clock => clock ??= new(Series.Axis, Count);

    /// <summary>A row's time; rows must have some.</summary>
    public DateTimeOffset TimeAt(int row)
    {
        if (times is null)
        {
            var all = new DateTimeOffset[Count];
            for (var each = 0; each < all.Length; each++)
                all[each] = Series.TimeAt(each)!.Value;
            times = all;
        }

        return times[row];
    }

    /// <summary>The same rows, with targets of their own that can be set.</summary>
    public FrameRows WithOwnTargets() => new(this);

    /// <summary>Words of the data that were not declared, in sentences: to the network they are none of the categories.</summary>
    public IEnumerable<string> UndeclaredWords() =>
        from column in plan.Columns
        where column.Categories.Count > 0 && column.Lag == 0
        let words = Series.Categories(column.Name).Except(column.Categories, StringComparer.Ordinal).ToArray()
        where words.Length > 0
        select $"The column '{column.Name}' holds {ColumnNames.Listed(words)}, which is none of the declared categories: each of them is 0 there.";

    /// <summary>A row's time in words.</summary>
    public string When(int row) => TimeSeriesText.Time(Series, row);

    private static double[] Values(TimeSeries series, ForecastColumn column)
    {
        var place = series.ColumnIndex(column.Name, nameof(series));
        if (column.Unit is { } unit && series.Units[place] is { } found && found != unit)
        {
            throw new ArgumentException(
                $"The column '{column.Name}' of {series.Name} is in {found}; it is declared in {unit}. Convert the values, or declare their unit.",
                nameof(series));
        }

        var words = series.Categories(column.Name);
        if (column.Categories.Count > 0 != words.Count > 0)
        {
            throw new ArgumentException(words.Count > 0
                ? $"The column '{column.Name}' of {series.Name} holds words ({ColumnNames.Listed(words)}); declare them: "
                    + $"Categories = [{string.Join(", ", words.Take(3).Select(word => $"\"{word}\""))}{(words.Count > 3 ? ", …" : "")}]."
                : $"The column '{column.Name}' of {series.Name} holds numbers; it is declared with categories, which are words. Name it among "
                    + "the categories where it is read (categories: …), or declare it without them.",
                nameof(series));
        }

        var places = words.Select(word => (double)Place(column.Categories, word)).ToArray();
        var values = new double[series.Count];
        for (var row = 0; row < values.Length; row++)
        {
            var value = series[row, place];
            values[row] = words.Count == 0 || double.IsNaN(value) ? value : places[(int)value];
        }

        return values;
    }

    private static int Place(IReadOnlyList<string> categories, string word)
    {
        for (var place = 0; place < categories.Count; place++)
        {
            if (categories[place] == word)
                return place;
        }

        return -1;
    }

    // Where rows have no times, what is known begins behind the last one.
    private int?[] RowsAhead(TimeSeries known)
    {
        var rows = new int?[Count - Series.Count];
        if (Series.Start is null || known.Start is null)
        {
            for (var ahead = 0; ahead < rows.Length; ahead++)
                rows[ahead] = ahead < known.Count ? ahead : null;
            return rows;
        }

        var row = 0;
        for (var ahead = 0; ahead < rows.Length; ahead++)
        {
            var time = Series.TimeAt(Series.Count + ahead) ?? throw new ArgumentException(
                $"The rows of {Series.Name} follow each other by no rule, so that it is not known when the steps ahead are. Bring them to a step "
                + "(Resample).", nameof(known));
            while (row < known.Count && known.TimeAt(row)!.Value < time)
                row++;
            rows[ahead] = row < known.Count && known.TimeAt(row)!.Value == time ? row : null;
        }

        return rows;
    }

    private string WholeHorizons(ForecastReach reach) => reach.Steps == plan.Horizon
        ? ""
        : FormattableString.Invariant($" {Counted.Of(reach.Steps, "step")} take")
            + (reach.Steps == 1 ? "s" : "")
            + FormattableString.Invariant($" {(reach.Horizons == 1 ? "the whole horizon" : $"{reach.Horizons} whole horizons")} of {plan.Horizon}.");

    private void RequireKnown(string name, int firstNeeded, int lastNeeded, string why, string parameter = "known")
    {
        int first = -1, last = -1, missing = 0;
        for (var row = firstNeeded; row <= lastNeeded; row++)
        {
            if (!double.IsNaN(columns[name][row]))
                continue;
            first = first < 0 ? row : first;
            last = row;
            missing++;
        }

        if (missing > 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The forecast needs '{name}' from {When(firstNeeded)} to {When(lastNeeded)}; what is known lacks "
                + $"{Counted.Of(missing, "value")} of it, the first at {When(first)}, the last at {When(last)}.{why}"), parameter);
        }
    }

    private void RequireTimes()
    {
        if (Series.Start is null && plan.Columns.FirstOrDefault(column => column.Part is not null) is { } part)
        {
            throw new ArgumentException(
                $"{Series.Name} has no times, but the model knows the {part.Name} of each row. Give the series its start and step, or leave "
                + $"[Known(DatePart.{part.Name})] out.", "series");
        }
    }
}
