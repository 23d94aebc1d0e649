using System.Globalization;

namespace LstmDsl;

/// <summary>What is to be read from records, such as the rows of a query.</summary>
/// <param name="Name">What messages call them.</param>
/// <param name="Time">The column of times.</param>
/// <param name="Columns">The columns of values.</param>
/// <param name="TimeFormat">How times are written where they are texts, or counted where they are numbers; null for ISO 8601.</param>
/// <param name="Choices">What becomes of what is wrong.</param>
/// <param name="Unit">The unit of columns that have none of their own.</param>
/// <param name="Categories">Which columns hold words.</param>
internal sealed record RecordRequest(
    string Name, string Time, SeriesColumns Columns, TimeFormats? TimeFormat, SeriesChoices Choices, string? Unit,
    IReadOnlyList<CategoryColumn> Categories);

/// <summary>Makes a series of records whose fields have types: numbers, true and false, texts, times, or nothing.</summary>
internal sealed class RecordSeries
{
    private const int LongestExcerpt = 40;

    private readonly RecordRequest request;
    private readonly SeriesOrigin origin;
    private readonly SeriesBuilder builder;
    private readonly TimeField timeField;
    private readonly CategoryWords?[] words;
    private readonly bool[] hasTruth, hasNumbers;
    private readonly double[] row;
    private int index;

    /// <summary>Makes ready for records by rising time.</summary>
    public RecordSeries(RecordRequest request)
    {
        this.request = request;
        request.Choices.Check();
        var names = request.Columns.Names;
        CheckColumns(request.Time, names);
        words = CategoryWords.Of(request.Categories, names);
        origin = new SeriesOrigin(request.Name, "row", $"column '{request.Time}'", [.. names.Select(name => $"column '{name}'")], names);
        builder = new SeriesBuilder(origin, request.Choices);
        timeField = new TimeField(request.TimeFormat);
        (hasTruth, hasNumbers, row) = (new bool[names.Count], new bool[names.Count], new double[names.Count]);
    }

    /// <summary>Takes a record.</summary>
    /// <param name="time">Its time.</param>
    /// <param name="values">Its values, in the columns' order.</param>
    public void Add(object? time, ReadOnlySpan<object?> values)
    {
        index++;
        for (var column = 0; column < row.Length; column++)
            row[column] = Value(values[column], column);
        if (time is string or byte or short or int or long)
        {
            var field = Parsed(time);
            builder.Add(index, field.Time, row, field.Offset, field.IsDate);
            return;
        }

        ItemTime at = time switch
        {
            DateTimeOffset known => known,
            DateTime clock => clock,
            DateOnly day => day,
            null or DBNull => throw origin.TimeError(index, "the time is missing"),
            _ => throw origin.TimeError(index, $"the time is {TypeText(time)}; expected a date, a time, a text or a whole number"),
        };
        builder.Add(index, at.Time, row, at.Offset, at.IsDate);
    }

    /// <summary>The series of all records.</summary>
    public TimeSeries Build()
    {
        var source = new SeriesSource(
            [.. words.Select(column => column?.Words)], [.. hasTruth.Zip(hasNumbers, (truth, numbers) => truth && !numbers)], ReadAs: null);
        return builder.Build(request.Columns.WithUnit(request.Unit, column => words[column] is not null), source);
    }

    private static void CheckColumns(string time, IReadOnlyList<string> values)
    {
        ArraySeries.CheckColumns(values);
        if (values.Contains(time))
            throw new ArgumentException($"The column '{time}' is named twice, as the time and as a value.", nameof(values));
    }

    private FieldTime Parsed(object time)
    {
        var text = Convert.ToString(time, CultureInfo.InvariantCulture)!.Trim();
        if (time is not string && request.TimeFormat is null)
        {
            throw origin.TimeError(index, $"the time is the number {text}; where it is counted from 1970, write "
                + (new UnixTime("", 1).Doubt(text) ?? "timeFormat: TimeFormats.UnixSeconds"));
        }

        return timeField.TryParse(text, out var field)
            ? field
            : throw origin.TimeError(index, $"'{Excerpt.Of(text, LongestExcerpt)}' is no time in the form expected: {timeField.Expected}");
    }

    private double Value(object? value, int column)
    {
        if (value is null or DBNull)
            return double.NaN;
        if (words[column] is { } known)
            return Word(value, column, known);
        if (value is bool truth)
        {
            hasTruth[column] = true;
            return truth ? 1 : 0;
        }

        var number = value switch
        {
            double one => one,
            float one => one,
            decimal one => (double)one,
            byte or sbyte or short or ushort or int or uint or long or ulong => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            string text => throw origin.ValueError(index, column, $"the value is the text '{Excerpt.Of(text, LongestExcerpt)}'; expected a number. Where the "
                + $"column holds words, write categories: [\"{origin.ColumnNames[column]}\"]"),
            _ => throw origin.ValueError(index, column, $"the value is {TypeText(value)}; expected a number"),
        };
        if (double.IsInfinity(number))
            throw origin.ValueError(index, column, "the value is infinite; expected a finite number, or nothing where it is missing");
        hasNumbers[column] |= !double.IsNaN(number);
        return number;
    }

    private double Word(object value, int column, CategoryWords known)
    {
        var word = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        if (known.TryFind(word, out var number) || (!known.AreDeclared && known.TryAdd(word, out number)))
            return number;
        throw origin.ValueError(index, column, known.AreDeclared
            ? $"'{Excerpt.Of(word, LongestExcerpt)}' is none of the words that were declared"
            : $"'{Excerpt.Of(word, LongestExcerpt)}' is one more than {CategoryWords.MostText}");
    }

    private static string TypeText(object value) => $"of the type {value.GetType().Name}";
}
