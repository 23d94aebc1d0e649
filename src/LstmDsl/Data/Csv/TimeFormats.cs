using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LstmDsl;

/// <summary>
/// How times are written: as a .NET format (<c>"dd.MM.yyyy HH:mm:ss"</c>), as one of several, tried in this order
/// (<c>["dd.MM.yyyy HH:mm", "dd.MM.yyyy"]</c>), or counted from 1970-01-01T00:00Z.
/// </summary>
[CollectionBuilder(typeof(TimeFormats), nameof(Of))]
public sealed class TimeFormats : IReadOnlyList<string>
{
    private readonly string[] formats;

    private TimeFormats(string[] formats, string? unit = null, long unitsInSecond = 0)
    {
        this.formats = formats;
        Unit = unit;
        UnitsInSecond = unitsInSecond;
    }

    /// <summary>Numbers of seconds since 1970-01-01T00:00Z, with or without decimals.</summary>
    public static TimeFormats UnixSeconds { get; } = new([], "seconds", 1);

    /// <summary>Numbers of milliseconds since 1970-01-01T00:00Z.</summary>
    public static TimeFormats UnixMilliseconds { get; } = new([], "milliseconds", 1_000);

    /// <summary>Numbers of microseconds since 1970-01-01T00:00Z.</summary>
    public static TimeFormats UnixMicroseconds { get; } = new([], "microseconds", 1_000_000);

    /// <summary>Number of formats; 0 where times are counted.</summary>
    public int Count => formats.Length;

    /// <inheritdoc/>
    public string this[int index] => formats[index];

    /// <summary>What times are counted in; null where they are written by a format.</summary>
    internal string? Unit { get; }

    /// <summary>How many of the unit a second has.</summary>
    internal long UnitsInSecond { get; }

    /// <summary>Takes formats in the order in which they are tried.</summary>
    /// <exception cref="ArgumentException">
    /// There are none, or one names no point of time or means something else than it seems to.
    /// </exception>
    public static TimeFormats Of(ReadOnlySpan<string> timeFormat)
    {
        if (timeFormat.IsEmpty)
            throw new ArgumentException("Name at least one time format.", nameof(timeFormat));
        foreach (var format in timeFormat)
        {
            if (format is null)
                throw new ArgumentException("A time format is null.", nameof(timeFormat));
            if (TimeFormat.Problem(format) is { } problem)
                throw new ArgumentException($"The time format '{format}' {problem}.", nameof(timeFormat));
        }

        return new([.. timeFormat]);
    }

    /// <summary>One format; null stays null, which is ISO 8601.</summary>
    [return: NotNullIfNotNull(nameof(format))]
    public static implicit operator TimeFormats?(string? format) => format is null ? null : Of([format]);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)formats).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
