namespace LstmDsl;

/// <summary>Names a column that is known until now, and not over the horizon: what was measured.</summary>
/// <param name="column">The column's name in the data.</param>
/// <param name="scaling">How it is scaled; flags stay as they are with <see cref="Scaling.None"/>.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class PastAttribute(string column, Scaling scaling = Scaling.Standard) : Attribute
{
    /// <summary>The column's name in the data.</summary>
    public string Column { get; } = column;

    /// <summary>How it is scaled.</summary>
    public Scaling Scaling { get; } = scaling;

    /// <summary>The unit of its values. Default: the data's, if they have one.</summary>
    public string? Unit { get; set; }

    /// <summary>The words of a column of categories, each of which becomes a number of its own, 1 or 0. Default: none, for numbers.</summary>
    public string[] Categories { get; set; } = [];

    /// <summary>
    /// The name of the property that holds it in code. Default: made of the column's name, <c>TDegC</c> of <c>T (degC)</c>.
    /// </summary>
    public string? Property { get; set; }
}
