namespace LstmDsl;

/// <summary>
/// Where fields lie between semicolons, decimals are often written after commas, and points stand between thousands: then <c>1.234</c> is a
/// thousand and more. What was read is in doubt where nothing in a column tells which of the two it is.
/// </summary>
/// <param name="columns">Number of columns.</param>
internal sealed class DecimalDoubt(int columns)
{
    private const int GroupDigits = 3;
    private readonly bool[] isClear = new bool[columns];
    private readonly (int Line, string Text)?[] first = new (int, string)?[columns];

    /// <summary>Looks at a number that was read as one with a decimal point.</summary>
    public void See(int column, int line, ReadOnlySpan<byte> text)
    {
        if (isClear[column])
            return;
        var point = text.IndexOf((byte)'.');
        if (point < 0)
            return;
        var whole = text[..point].TrimStart("+-"u8);
        var isGroup = text.Length - point - 1 == GroupDigits && whole.Length is > 0 and <= GroupDigits && whole[0] != (byte)'0';
        if (isGroup)
            first[column] ??= (line, System.Text.Encoding.UTF8.GetString(text));
        else
            isClear[column] = true;
    }

    /// <summary>A column's first number that is in doubt, where nothing else cleared it; null where none is.</summary>
    public (int Line, string Text)? Of(int column) => isClear[column] ? null : first[column];
}
