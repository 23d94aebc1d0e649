using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>
/// Rows of epochs as Keras's <c>CSVLogger</c> lays them out: the epoch's index first, then the values; <c>NA</c> where an epoch has none.
/// Numbers read back as they were; lines end in <c>\n</c>.
/// </summary>
internal static class EpochCsv
{
    /// <summary>Name of the first column.</summary>
    public const string EpochColumn = "epoch";

    private const string Missing = "NA";

    /// <summary>The line of column names.</summary>
    public static string Header(IEnumerable<string> names, char separator) =>
        string.Join(separator, names.Prepend(EpochColumn).Select(name => CsvField.Quoted(name, separator))) + "\n";

    /// <summary>The line of an epoch.</summary>
    public static string Row(int epoch, IEnumerable<double?> values, char separator)
    {
        var row = new StringBuilder(epoch.ToString(CultureInfo.InvariantCulture));
        foreach (var value in values) row.Append(separator).Append(value?.ToString("R", CultureInfo.InvariantCulture) ?? Missing);
        return row.Append('\n').ToString();
    }
}
