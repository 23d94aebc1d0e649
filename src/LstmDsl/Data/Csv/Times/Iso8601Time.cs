namespace LstmDsl;

/// <summary>
/// Reads times as ISO 8601 writes them, in its extended form (<c>2012-01-31T18:30:15.25+01:00</c>) or its basic one
/// (<c>20120131T183015Z</c>): a date, with hours, minutes and seconds or only the first of them, or a month. A space may stand for the T,
/// <c>24:00</c> is the end of a day, and an offset may be of hours alone.
/// </summary>
internal static class Iso8601Time
{
    private const int DigitsOfTick = 7, DigitsOfNanosecond = 9, LargestOffsetMinutes = 14 * 60;

    /// <summary>Reads a time; false where the text is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out FieldTime time)
    {
        time = default;
        var rest = text;
        if (!TryDate(ref rest, out bool isExtended, out bool isMonth, out long ticks)) return false;
        long local = ticks;
        TimeSpan? offset = null;
        int finer = 0;
        bool isDate = rest.IsEmpty;
        if (!isDate)
        {
            if (isMonth || !Skip(ref rest, "T ") || !TryTimeOfDay(ref rest, isExtended, out long ofDay, out finer)) return false;
            local += ofDay;
            if (!TryOffset(ref rest, out offset) || !rest.IsEmpty) return false;
        }
        long utc = local - (offset ?? TimeSpan.Zero).Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks) return false;
        time = new FieldTime(new DateTime(utc, offset is null ? DateTimeKind.Unspecified : DateTimeKind.Utc), offset, finer, isDate);
        return true;
    }

    private static bool TryDate(ref ReadOnlySpan<char> rest, out bool isExtended, out bool isMonth, out long ticks)
    {
        (isMonth, ticks, isExtended) = (false, 0, false);
        if (!TryDigits(ref rest, 4, out int year)) return false;
        isExtended = Skip(ref rest, "-");
        if (!TryDigits(ref rest, 2, out int month) || year == 0 || month is 0 or > 12) return false;
        int day = 1;
        isMonth = isExtended && rest.IsEmpty;
        if (!isMonth && ((isExtended && !Skip(ref rest, "-")) || !TryDigits(ref rest, 2, out day))) return false;
        if (day == 0 || day > DateTime.DaysInMonth(year, month)) return false;
        ticks = new DateTime(year, month, day).Ticks;
        return true;
    }

    private static bool TryTimeOfDay(ref ReadOnlySpan<char> rest, bool isExtended, out long ticks, out int finer)
    {
        int minute = 0, second = 0, fraction = 0;
        (ticks, finer) = (0, 0);
        if (!TryDigits(ref rest, 2, out int hour)) return false;
        if (Follows(ref rest, isExtended))
        {
            if (!TryDigits(ref rest, 2, out minute)) return false;
            if (Follows(ref rest, isExtended))
            {
                if (!TryDigits(ref rest, 2, out second)) return false;
                if (Skip(ref rest, ".,") && !TryFraction(ref rest, out fraction, out finer)) return false;
            }
        }
        bool isEndOfDay = hour == 24 && minute + second + fraction + finer == 0;
        if ((hour > 23 && !isEndOfDay) || minute > 59 || second > 59) return false;
        ticks = new TimeSpan(hour, minute, second).Ticks + fraction;
        return true;
    }

    // Whether another pair of digits follows: behind a colon in the extended form, at once in the basic one.
    private static bool Follows(ref ReadOnlySpan<char> rest, bool isExtended) =>
        isExtended ? Skip(ref rest, ":") : !rest.IsEmpty && char.IsAsciiDigit(rest[0]);

    private static bool TryFraction(ref ReadOnlySpan<char> rest, out int ticks, out int finer)
    {
        (ticks, finer) = (0, 0);
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? rest : rest[..end];
        if (digits.Length is 0 or > DigitsOfNanosecond) return false;
        for (int i = 0; i < DigitsOfNanosecond; i++)
        {
            int digit = i < digits.Length ? digits[i] - '0' : 0;
            if (i < DigitsOfTick) ticks = ticks * 10 + digit;
            else finer = finer * 10 + digit;
        }
        rest = rest[digits.Length..];
        return true;
    }

    // Z, ±hh, ±hhmm or ±hh:mm; none is no offset.
    private static bool TryOffset(ref ReadOnlySpan<char> rest, out TimeSpan? offset)
    {
        offset = null;
        if (rest.IsEmpty) return true;
        if (Skip(ref rest, "Z"))
        {
            offset = TimeSpan.Zero;
            return true;
        }
        bool isNegative = rest[0] == '-';
        int minutes = 0;
        if (!Skip(ref rest, "+-") || !TryDigits(ref rest, 2, out int hours)) return false;
        if (!rest.IsEmpty)
        {
            _ = Skip(ref rest, ":");
            if (!TryDigits(ref rest, 2, out minutes) || minutes > 59) return false;
        }
        int all = hours * 60 + minutes;
        if (all > LargestOffsetMinutes) return false;
        offset = TimeSpan.FromMinutes(isNegative ? -all : all);
        return true;
    }

    private static bool TryDigits(ref ReadOnlySpan<char> rest, int count, out int value)
    {
        value = 0;
        if (rest.Length < count) return false;
        foreach (char c in rest[..count])
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = value * 10 + (c - '0');
        }
        rest = rest[count..];
        return true;
    }

    private static bool Skip(ref ReadOnlySpan<char> rest, string anyOf)
    {
        if (rest.IsEmpty) return false;
        // Of one letter or two: a search costs more than looking at them.
        foreach (char letter in anyOf)
        {
            if (letter != rest[0]) continue;
            rest = rest[1..];
            return true;
        }
        return false;
    }
}
