namespace LstmDsl;

/// <summary>
/// When an item is, a row or a part begins: a <see cref="DateTimeOffset"/> or a <see cref="DateTime"/> in UTC or of this machine's clocks is known, any other
/// <see cref="DateTime"/> is what some clocks showed, and a <see cref="DateOnly"/> is a day. All three convert to it.
/// </summary>
public readonly record struct ItemTime
{
    private ItemTime(DateTime time, TimeSpan? offset, bool isDate) => (Time, Offset, IsDate) = (time, offset, isDate);

    /// <summary>The time; in UTC where it is known.</summary>
    internal DateTime Time { get; }

    /// <summary>How far the clocks were ahead of UTC; null where that is not known.</summary>
    internal TimeSpan? Offset { get; }

    /// <summary>Whether it is a day, without a time of day.</summary>
    internal bool IsDate { get; }

    /// <summary>A time with its offset from UTC.</summary>
    public static implicit operator ItemTime(DateTimeOffset time) => new(time.UtcDateTime, time.Offset, isDate: false);

    /// <summary>A time in UTC, of this machine's clocks, or what some clocks showed.</summary>
    public static implicit operator ItemTime(DateTime time) =>
        time.Kind == DateTimeKind.Local ? new DateTimeOffset(time) : new ItemTime(time, null, isDate: false);

    /// <summary>A day.</summary>
    public static implicit operator ItemTime(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), null, isDate: true);
}
