namespace LstmDsl;

/// <summary>A part of a .NET date and time format.</summary>
/// <param name="Letter">Its letter.</param>
/// <param name="Text">The letter as often as it is written.</param>
/// <param name="Before">What stands between the part before and this one.</param>
internal readonly record struct TimeFormatPart(char Letter, string Text, string Before)
{
    /// <summary>Whether it is the hours, of either clock.</summary>
    public bool IsHours => Letter is 'H' or 'h';

    /// <summary>What it names, in words; null for a day's name and an era, which say nothing that the others do not.</summary>
    public string? Name => Letter switch
    {
        'y' => "years",
        'M' => "months",
        'd' => Text.Length <= 2 ? "days" : null,
        'H' or 'h' => "hours",
        'm' => "minutes",
        's' => "seconds",
        'f' or 'F' => "parts of a second",
        't' => "half of the day",
        'z' or 'K' => "offset",
        _ => null,
    };
}
