using System.Collections;
using System.Runtime.CompilerServices;

namespace LstmDsl;

/// <summary>
/// The column of a file that holds each row's time, or several whose texts, with a space between, are the time: <c>"Time"</c>, or
/// <c>["Date", "Time"]</c>.
/// </summary>
[CollectionBuilder(typeof(TimeColumns), nameof(Of))]
public sealed class TimeColumns : IReadOnlyList<string>
{
    private readonly string[] names;

    private TimeColumns(string[] names) => this.names = names;

    /// <inheritdoc/>
    public int Count => names.Length;

    /// <inheritdoc/>
    public string this[int index] => names[index];

    /// <summary>Takes the columns' names.</summary>
    /// <exception cref="ArgumentException">There are none, or one is null.</exception>
    public static TimeColumns Of(ReadOnlySpan<string> names)
    {
        if (names.IsEmpty)
            throw new ArgumentException("Name at least one column of times.", nameof(names));
        foreach (var name in names)
        {
            if (name is null)
                throw new ArgumentException("A time column's name is null.", nameof(names));
        }

        return new([.. names]);
    }

    /// <summary>One column.</summary>
    public static implicit operator TimeColumns(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Of([name]);
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)names).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
