namespace LstmDsl;

/// <summary>
/// Whole numbers in the order in which they were added. As long as each is the one before and always the same more, they take no memory,
/// however many they are: the times of a series without gaps, and the lines on which they stand.
/// </summary>
internal sealed class Progression
{
    private long first, last, step;
    private List<long>? all;

    /// <summary>Number of numbers.</summary>
    public int Count { get; private set; }

    /// <summary>The last number.</summary>
    public long Last => last;

    /// <summary>What each number is more than the one before, where that is always the same and there are two; else null.</summary>
    public long? Step => all is null && Count > 1 ? step : null;

    /// <summary>A number.</summary>
    public long this[int index]
    {
        get => all is null ? first + (step * index) : all[index];
        set
        {
            Spell()[index] = value;
            last = all![^1];
        }
    }

    /// <summary>The numbers from 0 to one less than a count.</summary>
    public static Progression Counting(int count) => new() { first = 0, last = count - 1L, step = 1, Count = count };

    /// <summary>Adds a number.</summary>
    public void Add(long number)
    {
        if (all is null && Count > 1 && number - last != step)
            Spell();
        all?.Add(number);
        if (Count == 0)
            first = number;
        else if (Count == 1)
            step = number - first;
        last = number;
        Count++;
    }

    /// <summary>Where a number stands among rising ones; negative where it is none of them.</summary>
    public int IndexOf(long number)
    {
        if (all is not null)
            return all.BinarySearch(number);
        for (int low = 0, high = Count - 1; low <= high;)
        {
            var middle = low + ((high - low) / 2);
            var found = this[middle];
            if (found == number)
                return middle;
            (low, high) = found < number ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private List<long> Spell()
    {
        if (all is not null)
            return all;
        var spelled = new List<long>(Count + 1);
        for (var index = 0; index < Count; index++)
            spelled.Add(this[index]);
        return all = spelled;
    }
}
