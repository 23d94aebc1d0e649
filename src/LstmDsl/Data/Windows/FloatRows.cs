using System.IO.MemoryMappedFiles;

namespace LstmDsl;

/// <summary>Floats in memory, or in a file that is mapped into memory, of which the system reads what is used.</summary>
internal sealed unsafe class FloatRows
{
    private const int Piece = 1 << 20;

    private readonly float[]? array;
    private readonly MemoryMappedViewAccessor? view;
    private readonly float* mapped;

    /// <summary>Takes an array, which is not copied.</summary>
    public FloatRows(float[] values) => (array, Length) = (values, values.Length);

    private FloatRows(MemoryMappedViewAccessor view, long offset, long length)
    {
        this.view = view;
        Length = length;
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        mapped = (float*)(start + view.PointerOffset + offset);
    }

    /// <summary>Gives the file free once nobody has its floats any more.</summary>
    ~FloatRows()
    {
        if (mapped is null) return;
        view!.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
    }

    /// <summary>Takes an array, which is not copied.</summary>
    public static implicit operator FloatRows(float[] values) => new(values);

    /// <summary>Number of floats.</summary>
    public long Length { get; }

    /// <summary>A float.</summary>
    public float this[long index] => Slice(index, 1)[0];

    /// <summary>Maps a part of a file, whose length has been checked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Where the floats begin, in bytes; a multiple of 4.</param>
    /// <param name="length">Number of floats.</param>
    public static FloatRows Map(string path, long offset, long length)
    {
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        return new(file.CreateViewAccessor(0, offset + (length * sizeof(float)), MemoryMappedFileAccess.Read), offset, length);
    }

    /// <summary>Some floats. Whoever uses them keeps this object alive.</summary>
    public ReadOnlySpan<float> Slice(long start, int length)
    {
        if (array is not null) return array.AsSpan((int)start, length);
        if ((ulong)start + (ulong)length > (ulong)Length || length < 0) throw new ArgumentOutOfRangeException(nameof(start));
        return new(mapped + start, length);
    }

    /// <summary>The place of the first float that is NaN or infinite; −1 where there is none.</summary>
    public long IndexOfNonFinite()
    {
        for (long start = 0; start < Length; start += Piece)
        {
            var values = Slice(start, (int)Math.Min(Piece, Length - start));
            for (var index = 0; index < values.Length; index++)
            {
                if (!float.IsFinite(values[index])) return start + index;
            }
        }

        GC.KeepAlive(this);
        return -1;
    }

    /// <summary>All floats as one span.</summary>
    /// <param name="user">Who needs them so, in words.</param>
    /// <exception cref="NotSupportedException">There are too many.</exception>
    public ReadOnlySpan<float> All(string user) => Length <= Array.MaxLength
        ? Slice(0, (int)Length)
        : throw new NotSupportedException(
            FormattableString.Invariant($"{user} takes up to {Array.MaxLength:N0} values of a data set; this one has {Length:N0}. Train on the CPU."));
}
