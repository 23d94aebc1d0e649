using System.Data.Common;

namespace LstmDsl;

/// <summary>Reads a series from the rows of a query.</summary>
internal sealed class DatabaseRows
{
    private readonly DbDataReader rows;
    private readonly int time;
    private readonly int[] values;
    private readonly RecordSeries series;
    private readonly object?[] row;

    /// <summary>Finds the columns that are asked for.</summary>
    public DatabaseRows(DbDataReader rows, RecordRequest request)
    {
        this.rows = rows;
        series = new RecordSeries(request);
        time = Find(request.Time, nameof(time));
        values = [.. request.Columns.Names.Select(name => Find(name, nameof(values)))];
        row = new object?[values.Length];
    }

    /// <summary>Reads all rows.</summary>
    public TimeSeries Read()
    {
        while (rows.Read())
            Take();
        return series.Build();
    }

    /// <summary>Reads all rows as they come.</summary>
    public async Task<TimeSeries> ReadAsync(CancellationToken cancellation)
    {
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            Take();
        return series.Build();
    }

    private void Take()
    {
        for (var i = 0; i < row.Length; i++)
            row[i] = rows.GetValue(values[i]);
        series.Add(rows.GetValue(time), row);
    }

    private int Find(string name, string parameter)
    {
        string[] names = [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)];
        int[] places = [.. Enumerable.Range(0, names.Length).Where(i => string.Equals(names[i], name, StringComparison.Ordinal))];
        return places.Length switch
        {
            1 => places[0],
            0 => throw new ArgumentException($"The query has no column '{name}'; the columns are '{string.Join("', '", names)}'.", parameter),
            _ => throw new ArgumentException($"The query has the column '{name}' twice; give one of them another name.", parameter),
        };
    }
}
