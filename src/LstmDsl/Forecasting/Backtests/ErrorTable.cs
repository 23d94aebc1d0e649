using System.Collections;

namespace LstmDsl;

/// <summary>A row of errors: of a forecaster, a step, an origin, a weekday or an hour.</summary>
/// <param name="Name">What the row is of.</param>
/// <param name="Errors">Its errors.</param>
public sealed record ErrorRow(string Name, ForecastErrors Errors);

/// <summary>Errors of one target by something; its text is a table in the target's unit.</summary>
public sealed class ErrorTable : IReadOnlyList<ErrorRow>
{
    private readonly IReadOnlyList<ErrorRow> rows;

    internal ErrorTable(string by, IReadOnlyList<ErrorRow> rows) => (By, this.rows) = (by, rows);

    /// <summary>What the rows differ in: <c>step</c>, <c>origin</c>, <c>weekday</c>, <c>hour</c>, <c>forecaster</c>.</summary>
    public string By { get; }

    /// <inheritdoc/>
    public int Count => rows.Count;

    /// <inheritdoc/>
    public ErrorRow this[int index] => rows[index];

    /// <summary>A row's errors, by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such row; the message lists them.</exception>
    public ForecastErrors this[string name] => rows.FirstOrDefault(row => row.Name == name)?.Errors
        ?? throw new KeyNotFoundException($"There is no {By} '{name}'; there are '{string.Join("', '", rows.Select(row => row.Name))}'.");

    /// <inheritdoc/>
    public IEnumerator<ErrorRow> GetEnumerator() => rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The table for people.</summary>
    public override string ToString() => rows.Count == 0 ? "no forecasts" : ToTable().ToText(indent: "");

    /// <summary>The table's cells; columns that no row has a number for are left out.</summary>
    /// <param name="isBrief">Whether only the columns stand there that one looks at first.</param>
    internal TextTable ToTable(bool isBrief = false)
    {
        var columns = ErrorColumn.All(rows[0].Errors.Intervals)
            .Where(column => (column.IsBrief || !isBrief) && rows.Any(row => column.Value(row.Errors) is not null)).ToArray();
        string unit = rows[0].Errors.Unit is { } own ? $" ({own})" : "";
        var table = new TextTable([By, .. columns.Select(column => column.IsInUnit ? column.Name + unit : column.Name), "values"]);
        string[] formats = [.. columns.Select(column => NumberText.Format(rows.Select(row => column.Value(row.Errors))))];
        foreach (var row in rows)
        {
            table.Add([
                row.Name,
                .. columns.Select((column, place) => column.Text(row.Errors, formats[place])),
                NumberText.Whole(row.Errors.Count),
            ]);
        }

        return table;
    }
}
