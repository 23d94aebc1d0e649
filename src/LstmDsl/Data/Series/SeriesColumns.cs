using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Columns in their order, by name, with units where they have some: <c>["temp_max"]</c>, <c>[new("Demand", "MW"), new("Temperature",
/// "°C"), "Holiday"]</c>, or an array of names.
/// </summary>
[CollectionBuilder(typeof(SeriesColumns), nameof(Of))]
public sealed class SeriesColumns : IReadOnlyList<SeriesColumn>
{
    private readonly SeriesColumn[] columns;

    private SeriesColumns(SeriesColumn[] columns)
    {
        this.columns = columns;
        Names = [.. columns.Select(column => column?.Name!)];
    }

    /// <inheritdoc/>
    public int Count => columns.Length;

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public SeriesColumn this[int index] => columns[index];

    /// <summary>Takes columns in their order.</summary>
    public static SeriesColumns Of(params ReadOnlySpan<SeriesColumn> columns) => new([.. columns]);

    /// <summary>Takes names.</summary>
    /// <param name="names">The names.</param>
    [return: NotNullIfNotNull(nameof(names))]
    public static implicit operator SeriesColumns?(string[]? names) => names is null ? null : new([.. names]);

    /// <inheritdoc/>
    public IEnumerator<SeriesColumn> GetEnumerator() => ((IEnumerable<SeriesColumn>)columns).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The same, where those without a unit have one.</summary>
    /// <param name="unit">The unit; null changes nothing.</param>
    /// <param name="hasNone">Which columns have none, such as those of classes.</param>
    internal SeriesColumns WithUnit(string? unit, Func<int, bool>? hasNone = null) => unit is null
        ? this
        : new([.. columns.Select((column, i) => column.Unit is null && hasNone?.Invoke(i) != true ? column with { Unit = unit } : column)]);
}
