using System.Globalization;

namespace LstmDsl;

/// <summary>
/// One target at one step of a forecast, in the data's own units: it reads as its median, or as the one number that is forecast, and has the
/// levels.
/// </summary>
public readonly struct ForecastValue : IEquatable<ForecastValue>, IComparable<ForecastValue>, ISpanFormattable
{
    private readonly ForecastTable? table;
    private readonly int step, target;

    internal ForecastValue(ForecastTable table, int step, int target) => (this.table, this.step, this.target) = (table, step, target);

    /// <summary>The median, or the one number that is forecast.</summary>
    public double Value => table?.Point(step, target) ?? 0;

    /// <summary>The unit; null where it is not known.</summary>
    public string? Unit => table?.Units[target];

    /// <summary>The mean.</summary>
    /// <exception cref="InvalidOperationException">
    /// The model forecasts no mean beside its quantiles, or the step lies beyond the horizon.
    /// </exception>
    public double Mean => table?.Mean(step, target) ?? 0;

    /// <summary>The median, or the one number.</summary>
    /// <param name="value">The forecast.</param>
    public static implicit operator double(ForecastValue value) => value.Value;

    /// <summary>Whether both have the same median.</summary>
    public static bool operator ==(ForecastValue left, ForecastValue right) => left.Equals(right);

    /// <summary>Whether the medians differ.</summary>
    public static bool operator !=(ForecastValue left, ForecastValue right) => !left.Equals(right);

    /// <summary>Whether the first median is less.</summary>
    public static bool operator <(ForecastValue left, ForecastValue right) => left.Value < right.Value;

    /// <summary>Whether the first median is greater.</summary>
    public static bool operator >(ForecastValue left, ForecastValue right) => left.Value > right.Value;

    /// <summary>Whether the first median is not greater.</summary>
    public static bool operator <=(ForecastValue left, ForecastValue right) => left.Value <= right.Value;

    /// <summary>Whether the first median is not less.</summary>
    public static bool operator >=(ForecastValue left, ForecastValue right) => left.Value >= right.Value;

    /// <summary>A quantile.</summary>
    /// <param name="level">One of the model's levels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is none of the model's.</exception>
    /// <exception cref="InvalidOperationException">The step lies beyond the horizon, and the level is not the median's.</exception>
    public double At(double level) => table?.At(level, step, target) ?? 0;

    /// <inheritdoc/>
    public int CompareTo(ForecastValue other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public bool Equals(ForecastValue other) => Value.Equals(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ForecastValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Value.TryFormat(destination, out charsWritten, format, provider);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => Value.ToString(format, formatProvider);

    /// <summary>The number, to seven digits and whatever the machine's culture, with its unit.</summary>
    public override string ToString() =>
        Value.ToString("G7", CultureInfo.InvariantCulture) + (Unit is { } unit ? " " + unit : "");
}
