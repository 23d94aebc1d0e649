namespace LstmDsl;

/// <summary>The shape of a data set or attribute.</summary>
/// <param name="Shape">Its dimensions; none for a single element, one of 0 where the file says that there is nothing.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record Hdf5Space(int[] Shape, int Count)
{
    private const int MostDimensions = 32;
    private const int Nothing = 2;

    /// <summary>Reads a shape from its message.</summary>
    public static Hdf5Space Read(Hdf5Image image, Hdf5Cursor cursor)
    {
        var version = cursor.Version(1, 2, "a shape");
        var rank = cursor.U8();
        cursor.Skip(1);
        var kind = version == 1 ? 1 : cursor.U8();
        cursor.Skip(version == 1 ? 5 : 0);
        if (rank > MostDimensions)
            throw cursor.Fault($"a shape has {rank} dimensions; up to {MostDimensions} are read");
        if (kind == Nothing)
            return new([0], 0);

        var shape = new int[rank];
        var count = 1L;
        var holdsNothing = false;
        for (var i = 0; i < rank; i++)
        {
            var size = cursor.Length();
            if (size > (ulong)Array.MaxLength)
                throw cursor.Fault($"a dimension of {size} is more than an array holds");
            shape[i] = (int)size;
            holdsNothing |= size == 0;
            count = Math.Min(count * Math.Max((long)size, 1), Array.MaxLength + 1L);
        }

        if (!holdsNothing && count > Array.MaxLength)
            throw cursor.Fault($"a shape of ({string.Join(", ", shape)}) is more than an array holds");
        return new(shape, holdsNothing ? 0 : (int)count);
    }
}
