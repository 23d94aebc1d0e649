namespace LstmDsl;

/// <summary>The times of rows.</summary>
/// <param name="Ticks">Their ticks, rising.</param>
/// <param name="Kind">What all of them are of.</param>
internal readonly record struct RowTimes(Progression Ticks, DateTimeKind Kind)
{
    /// <summary>A row's time.</summary>
    public DateTime At(int row) => new(Ticks[row], Kind);

    /// <summary>All of them.</summary>
    public DateTime[] ToArray()
    {
        var times = new DateTime[Ticks.Count];
        for (var row = 0; row < times.Length; row++)
            times[row] = At(row);
        return times;
    }
}
