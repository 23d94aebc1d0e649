using System.Globalization;

namespace LstmDsl;

/// <summary>The step of time from one row of a series to the next.</summary>
internal abstract record TimeStep
{
    /// <summary>The time a number of steps after another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is out of the calendar's range, years 1 to 9999.</exception>
    public abstract DateTime Add(DateTime start, long steps);

    /// <summary>The number of whole steps from one time to a later one; false where the later time lies off the grid.</summary>
    public abstract bool TryCount(DateTime start, DateTime time, out long steps);

    /// <summary>Whether every time that starts at midnight stays there, so that a date says all.</summary>
    public abstract bool KeepsMidnight { get; }

    /// <summary>The step in words, the largest unit that divides it: <c>1 day</c>, <c>10 minutes</c>, <c>3 months</c>.</summary>
    public sealed override string ToString() => Text;

    /// <inheritdoc cref="ToString"/>
    protected abstract string Text { get; }

    /// <summary>The exception for a time that the calendar does not have.</summary>
    protected static ArgumentOutOfRangeException OutOfCalendar(DateTime start, long steps, TimeStep step) =>
        new(paramName: null, string.Create(CultureInfo.InvariantCulture,
            $"{Counted.Of(steps, "step")} of {step} from {TimeText.Of(start)} would leave the calendar's range, years 1 to 9999."));
}
