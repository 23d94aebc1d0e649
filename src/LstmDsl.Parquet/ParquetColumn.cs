using Parquet;
using Parquet.Schema;

namespace LstmDsl;

/// <summary>The values of a column in a group of rows.</summary>
internal interface IParquetColumn
{
    /// <summary>A row's value; null where it is missing.</summary>
    object? At(int row);
}

/// <summary>Reads a column's values in a group of rows, as the type that the file says they have.</summary>
internal static class ParquetColumn
{
    private static readonly Dictionary<Type, Func<ParquetRowGroupReader, DataField, CancellationToken, Task<IParquetColumn>>> Readers = new()
    {
        [typeof(double)] = Read<double>,
        [typeof(float)] = Read<float>,
        [typeof(decimal)] = Read<decimal>,
        [typeof(sbyte)] = Read<sbyte>,
        [typeof(byte)] = Read<byte>,
        [typeof(short)] = Read<short>,
        [typeof(ushort)] = Read<ushort>,
        [typeof(int)] = Read<int>,
        [typeof(uint)] = Read<uint>,
        [typeof(long)] = Read<long>,
        [typeof(ulong)] = Read<ulong>,
        [typeof(bool)] = Read<bool>,
        [typeof(DateOnly)] = Read<DateOnly>,
        [typeof(DateTime)] = ReadTimes,
        [typeof(ReadOnlyMemory<char>)] = ReadTexts,
    };

    /// <summary>Whether a field is of a type that a series has use for.</summary>
    public static bool IsKnown(DataField field) => Readers.ContainsKey(field.ClrType);

    /// <summary>Reads a column.</summary>
    public static Task<IParquetColumn> ReadAsync(ParquetRowGroupReader rows, DataField field, CancellationToken cancellation) =>
        Readers[field.ClrType](rows, field, cancellation);

    private static async Task<IParquetColumn> Read<T>(ParquetRowGroupReader rows, DataField field, CancellationToken cancellation)
        where T : struct
    {
        if (!field.IsNullable)
        {
            var all = new T[rows.RowCount];
            await rows.ReadAsync<T>(field, all.AsMemory(), null, cancellation).ConfigureAwait(false);
            return new Values<T>(all);
        }

        var values = new T?[rows.RowCount];
        await rows.ReadAsync(field, values.AsMemory(), null, cancellation).ConfigureAwait(false);
        return new Optional<T>(values);
    }

    private static async Task<IParquetColumn> ReadTimes(ParquetRowGroupReader rows, DataField field, CancellationToken cancellation)
    {
        // A field that was made from a schema says itself whether its times are in UTC.
        var kind = field is DateTimeDataField { IsAdjustedToUTC: true } ? DateTimeKind.Utc : DateTimeKind.Unspecified;
        return new Times(await Read<DateTime>(rows, field, cancellation).ConfigureAwait(false), kind);
    }

    private static async Task<IParquetColumn> ReadTexts(ParquetRowGroupReader rows, DataField field, CancellationToken cancellation)
    {
        var texts = new string?[rows.RowCount];
        await rows.ReadAsync(field, texts.AsMemory()!, null, cancellation).ConfigureAwait(false);
        return new Texts(texts);
    }

    private sealed class Values<T>(T[] values) : IParquetColumn
        where T : struct
    {
        public object? At(int row) => values[row];
    }

    private sealed class Optional<T>(T?[] values) : IParquetColumn
        where T : struct
    {
        public object? At(int row) => values[row];
    }

    private sealed class Texts(string?[] texts) : IParquetColumn
    {
        public object? At(int row) => texts[row];
    }

    private sealed class Times(IParquetColumn times, DateTimeKind kind) : IParquetColumn
    {
        public object? At(int row) => times.At(row) is DateTime time ? DateTime.SpecifyKind(time, kind) : null;
    }
}
