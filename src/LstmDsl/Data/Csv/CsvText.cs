using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>Writes a series as CSV that reads back to the same numbers and times.</summary>
internal static class CsvText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A line of names, then a line a row.</summary>
    public static void Write(TimeSeries series, string time, Stream stream)
    {
        using var writer = new StreamWriter(stream, Utf8, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', series.Columns.Prepend(time).Select(Field)));
        var words = series.Columns.Select(series.Categories).ToArray();
        var isDates = IsDates(series);
        for (var row = 0; row < series.Count; row++)
        {
            writer.Write(TimeOf(series, row, isDates));
            for (var column = 0; column < words.Length; column++)
            {
                writer.Write(',');
                writer.Write(Field(Value(series, row, column, words[column])));
            }

            writer.WriteLine();
        }
    }

    // Where the zone is known, a date could not tell of the hour that a day begins in, where clocks skip midnight.
    private static bool IsDates(TimeSeries series)
    {
        for (var row = 0; row < series.Count; row++)
        {
            if (series.Zone is not null || series.TimeAt(row)!.Value.TimeOfDay != TimeSpan.Zero)
                return false;
        }

        return true;
    }

    private static string TimeOf(TimeSeries series, int row, bool isDates)
    {
        var time = series.TimeAt(row)!.Value;
        if (isDates)
            return time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var shown = time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
        return series.Zone switch
        {
            null => shown,
            TimeAxis.Utc => shown + "Z",
            _ => shown + time.ToString("zzz", CultureInfo.InvariantCulture),
        };
    }

    private static string Value(TimeSeries series, int row, int column, IReadOnlyList<string> words)
    {
        var value = series[row, column];
        if (double.IsNaN(value))
            return "";
        if (words.Count > 0)
            return words[(int)value];
        if (series.IsWordOrFlag(column))
            return value == 0 ? "FALSE" : "TRUE";
        return value.ToString("R", CultureInfo.InvariantCulture);
    }

    // A reader takes what surrounds a field away, and a line that begins so for a remark.
    private static string Field(string text) => text.AsSpan().Trim().Length < text.Length || text.StartsWith('#')
        ? CsvField.InQuotes(text)
        : CsvField.Quoted(text, ',');
}
