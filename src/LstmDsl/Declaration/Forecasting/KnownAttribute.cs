namespace LstmDsl;

/// <summary>
/// Names what is known of the horizon, too: a column of plans, prices or weather forecasts; a part of the date, which is computed and never
/// read; or, with <see cref="Lag"/>, what a column was some steps before.
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class KnownAttribute : Attribute
{
    /// <summary>Names a column.</summary>
    /// <param name="column">The column's name in the data.</param>
    /// <param name="scaling">How it is scaled; flags stay as they are with <see cref="Scaling.None"/>.</param>
    public KnownAttribute(string column, Scaling scaling = Scaling.Standard) => (Column, Scaling) = (column, scaling);

    /// <summary>Names a part of the date.</summary>
    /// <param name="part">Which.</param>
    public KnownAttribute(DatePart part) => Part = part;

    /// <summary>The column's name in the data; null for a part of the date.</summary>
    public string? Column { get; }

    /// <summary>The part of the date; null for a column.</summary>
    public DatePart? Part { get; }

    /// <summary>How the column is scaled.</summary>
    public Scaling Scaling { get; }

    /// <summary>The unit of its values. Default: the data's, if they have one.</summary>
    public string? Unit { get; set; }

    /// <summary>
    /// Steps back: each row of the horizon knows what the column was so many steps before, by the clocks of the zone, but never fewer
    /// rows than the horizon with its lead, so that it is known. At least these; it may reach back beyond the window, by any number of rows.
    /// Scaling, unit and words are the column's own where it is declared beside. Default: 0, the column itself.
    /// </summary>
    public int Lag { get; set; }

    /// <summary>The words of a column of categories, each of which becomes a number of its own, 1 or 0. Default: none, for numbers.</summary>
    public string[] Categories { get; set; } = [];

    /// <summary>
    /// The name of the property that holds it in code. Default: made of the column's name, <c>TDegC</c> of <c>T (degC)</c>.
    /// </summary>
    public string? Property { get; set; }
}
