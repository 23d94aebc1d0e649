namespace LstmDsl;

/// <summary>The values of one name, with the epochs that have one.</summary>
internal sealed class HistoryColumn(Direction direction)
{
    private readonly List<int> epochs = [];
    private readonly List<double> values = [];

    /// <summary>The epochs that have a value, ascending.</summary>
    public IReadOnlyList<int> Epochs => epochs;

    /// <summary>Their values.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>Where the best value stands; the first of equals, null where none is a number.</summary>
    public int? BestIndex { get; private set; }

    /// <summary>Adds an epoch's value.</summary>
    public void Add(int epoch, double value)
    {
        epochs.Add(epoch);
        values.Add(value);
        if (double.IsNaN(value)) return;
        if (BestIndex is not { } best || IsBetter(value, values[best])) BestIndex = values.Count - 1;
    }

    /// <summary>An epoch's value; null where it has none.</summary>
    public double? ValueAt(int epoch)
    {
        var index = epochs.BinarySearch(epoch);
        return index < 0 ? null : values[index];
    }

    private bool IsBetter(double value, double other) => direction == Direction.Minimize ? value < other : value > other;
}
