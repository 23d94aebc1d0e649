using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>
/// Checksums of what this library writes into a safetensors file, whose format has none: CRC-32C of its own metadata, then of each tensor's
/// bytes in the order of the data, eight hexadecimal digits each, as one text beside the metadata. Files without them are read as they are.
/// </summary>
internal static class SafetensorsChecksums
{
    /// <summary>Where they lie in <see cref="SafetensorsHeader.MetadataName"/>.</summary>
    public const string Name = "lstmdsl_crc32c";

    private const int Digits = 8;

    /// <summary>The text of the metadata's checksum and of the tensors'.</summary>
    public static string Text(IEnumerable<uint> checksums) =>
        string.Concat(checksums.Select(checksum => checksum.ToString("x8", CultureInfo.InvariantCulture)));

    /// <summary>Checks the metadata, and gives each tensor its checksum.</summary>
    /// <param name="checksums">The text; null in a file without it.</param>
    /// <param name="metadata">The library's own metadata.</param>
    /// <param name="entries">The tensors in the order of their data.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="InvalidDataException">The metadata are damaged, or it is no text of so many checksums.</exception>
    public static SafetensorsEntry[] Checked(string? checksums, string? metadata, SafetensorsEntry[] entries, string file)
    {
        if (checksums is null)
            return entries;
        if (checksums.Length != (entries.Length + 1) * Digits)
        {
            throw SafetensorsHeader.Fault(
                file, $"'{Name}' must have {Digits} digits for the metadata and for each of its {entries.Length} tensors, but has {checksums.Length}.");
        }

        if (Parsed(checksums, 0, file) != Checksum.Crc32C(Encoding.UTF8.GetBytes(metadata ?? "")))
            throw Damaged(file, $"its text '{SafetensorsHeader.OwnMetadataName}'");
        return [.. entries.Select((entry, i) => entry with { Checksum = Parsed(checksums, i + 1, file) })];
    }

    /// <summary>An exception that says what is not as it was written.</summary>
    public static InvalidDataException Damaged(string file, string what) => SafetensorsHeader.Fault(
        file, $"{what} is not as it was saved, by its checksum. Take another copy; whoever changed it on purpose leaves out '{Name}'.");

    private static uint Parsed(string checksums, int place, string file)
    {
        var digits = checksums.AsSpan(place * Digits, Digits);
        return uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var checksum)
            ? checksum
            : throw SafetensorsHeader.Fault(file, $"'{Name}' must have hexadecimal digits, but has '{Excerpt.Of(digits.ToString())}'.");
    }
}
