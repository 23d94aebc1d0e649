using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>One weight of a model, in Keras's layout: a matrix, or a vector as a matrix of one row. In the network's units.</summary>
/// <remarks>
/// While weights are written, what other threads ask of the model (predictions included) is an <see cref="InvalidOperationException"/>, as
/// it is during <c>Fit</c>. One call writes all or nothing, but between two of them predictions see what one has written and the other not
/// yet: a model that others predict with is renewed by making a second one and swapping the reference.
/// </remarks>
public readonly struct WeightView
{
    private readonly ModelState state;
    private readonly TensorSlot tensor;

    internal WeightView(ModelState state, TensorSlot tensor)
    {
        this.state = state;
        this.tensor = tensor;
    }

    /// <summary>Name in files: <c>lstm.kernel</c>.</summary>
    public string Name => tensor.Name;

    /// <summary>Rows; 1 for a bias.</summary>
    public int Rows => tensor.Rows;

    /// <summary>Columns.</summary>
    public int Columns => tensor.Columns;

    /// <summary>A value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    public float this[int row, int column]
    {
        get
        {
            var value = 0f;
            state.Read(tensor, Index(row, column), new Span<float>(ref value));
            return value;
        }
    }

    /// <summary>A value of a bias.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public float this[int column] => this[0, column];

    /// <summary>Writes a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model or replaces its weights.</exception>
    public void Set(int row, int column, float value) => state.Write(tensor, Index(row, column), [value]);

    /// <summary>Writes all values, row-major.</summary>
    /// <param name="values">Rows × columns values.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model or replaces its weights.</exception>
    public void CopyFrom(ReadOnlySpan<float> values)
    {
        CheckLength(values.Length);
        state.Write(tensor, 0, values);
    }

    /// <summary>Reads all values, row-major.</summary>
    /// <param name="destination">Takes rows × columns values.</param>
    /// <exception cref="ArgumentException">It has room for more or fewer.</exception>
    public void CopyTo(Span<float> destination)
    {
        CheckLength(destination.Length);
        state.Read(tensor, 0, destination);
    }

    /// <summary>A copy of all values, row-major.</summary>
    public float[] ToArray() => state.Read(tensor);

    private int Index(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, Columns);
        return (row * Columns) + column;
    }

    private void CheckLength(int length)
    {
        if (length != tensor.Length)
            throw new ArgumentException($"{Name} has {Rows} × {Columns} = {tensor.Length} values; found {length}.");
    }
}
