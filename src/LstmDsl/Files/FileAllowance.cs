using System.Globalization;

namespace LstmDsl;

/// <summary>
/// How much may still be made of a file. What is made is taken from here before it is allocated, so that a file that claims much, or says the
/// same thing often, cannot ask for more than a multiple of its length, neither of memory nor of time.
/// </summary>
/// <param name="length">The file's length in bytes.</param>
internal sealed class FileAllowance(long length)
{
    /// <summary>Bytes that a small file may become, whatever its length: compressed zeros are short.</summary>
    private const long FreeBytes = 1 << 20;

    /// <summary>How many bytes one byte of a file may become.</summary>
    private const long LargestExpansion = 64;

    /// <summary>What is left for messages, buffers and whatever else does not depend on the file.</summary>
    private const long Unaccounted = 128 << 10;

    private long remaining = FreeBytes - Unaccounted + (LargestExpansion * length);

    /// <summary>The limit in words, to follow what exceeds it.</summary>
    public string Limit => string.Create(
        CultureInfo.InvariantCulture,
        $"more than a file of {length} bytes may become ({LargestExpansion} times its length and {FreeBytes} bytes, in all)");

    /// <summary>Takes so many bytes; false, and nothing is taken, where they are more than is left.</summary>
    public bool TryTake(long bytes)
    {
        if (bytes > remaining)
            return false;
        remaining -= bytes;
        return true;
    }

    /// <summary>Takes so many bytes.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="what">What they are for.</param>
    /// <exception cref="InvalidDataException">They are more than is left.</exception>
    public void Take(long bytes, string file, string what)
    {
        if (!TryTake(bytes))
            throw new InvalidDataException(FormattableString.Invariant($"'{file}': {what} would take {bytes} bytes, {Limit}."));
    }
}
