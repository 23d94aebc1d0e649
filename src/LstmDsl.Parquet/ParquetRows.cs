using Parquet;
using Parquet.Schema;

namespace LstmDsl;

/// <summary>Reads the rows of a Parquet file, some columns of it, one group after the other.</summary>
internal static class ParquetRows
{
    // What a file says of its rows is believed up to here: rows that repeat are short, and nobody's memory is to be taken for a lie.
    private const long FreeRows = 1 << 20, RowsPerByte = 256;

    /// <summary>Gives a series every row.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="columns">The time's column, then those of the values.</param>
    /// <param name="series">Takes the rows.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task ReadAsync(Stream file, string path, string[] columns, RecordSeries series, CancellationToken cancellation)
    {
        await using var reader = await Sound(path, () => ParquetReader.CreateAsync(file, cancellationToken: cancellation)).ConfigureAwait(false);
        var schema = Sound(path, () => reader.Schema);
        DataField[] fields = [.. columns.Select((name, i) => Find(schema, path, name, i == 0 ? "time" : "values"))];
        var groups = Sound(path, () => reader.RowGroupCount);
        for (var group = 0; group < groups; group++)
        {
            using var rows = Sound(path, () => reader.OpenRowGroupReader(group));
            if (rows.RowCount < 0 || rows.RowCount > FreeRows + (RowsPerByte * file.Length))
                throw new InvalidDataException($"{path}: a group says that it has {rows.RowCount} rows, more than a file of {file.Length} bytes may hold.");
            var read = new IParquetColumn[fields.Length];
            for (var i = 0; i < read.Length; i++)
            {
                var field = fields[i];
                read[i] = await Sound(path, () => ParquetColumn.ReadAsync(rows, field, cancellation)).ConfigureAwait(false);
            }

            Add(series, read, (int)rows.RowCount);
        }
    }

    private static void Add(RecordSeries series, IParquetColumn[] columns, int rows)
    {
        var values = new object?[columns.Length - 1];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = columns[i + 1].At(row);
            series.Add(columns[0].At(row), values);
        }
    }

    private static DataField Find(ParquetSchema schema, string path, string name, string parameter)
    {
        var found = schema.Fields.Where(field => field.Name == name).ToList();
        var names = string.Join("', '", schema.Fields.Select(field => field.Name));
        return found switch
        {
            [DataField { IsArray: false } field] when ParquetColumn.IsKnown(field) => field,
            [DataField { IsArray: false } field] => throw new ArgumentException(
                $"{path}: the column '{name}' is of {TypeText(field)}; expected numbers, true and false, texts or times.", parameter),
            [] => throw new ArgumentException($"{path}: there is no column '{name}'; the columns are '{names}'.", parameter),
            [_] => throw new ArgumentException($"{path}: the column '{name}' holds lists or structures; expected one value a row.", parameter),
            _ => throw new ArgumentException($"{path}: the column '{name}' occurs twice; give each its own name.", parameter),
        };
    }

    private static string TypeText(DataField field) =>
        field.ClrType == typeof(ReadOnlyMemory<byte>) ? "bytes" : $"the type {field.ClrType.Name}";

    private static T Sound<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            throw Damaged(path, exception);
        }
    }

    /// <summary>What Parquet.Net makes of a file, which fails in many ways on one that is none.</summary>
    private static async Task<T> Sound<T>(string path, Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            throw Damaged(path, exception);
        }
    }

    private static bool IsOfFile(Exception exception) =>
        exception is not (OperationCanceledException or UnauthorizedAccessException or OutOfMemoryException);

    private static InvalidDataException Damaged(string path, Exception exception) =>
        new($"{path}: the file is no Parquet, or damaged: {exception.Message}", exception);
}
