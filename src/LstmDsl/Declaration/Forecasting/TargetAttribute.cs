namespace LstmDsl;

/// <summary>Names a column that is forecast: its past goes into the network, its future comes out.</summary>
/// <param name="column">The column's name in the data.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class TargetAttribute(string column) : Attribute
{
    /// <summary>The column's name in the data.</summary>
    public string Column { get; } = column;

    /// <summary>The unit of its values, such as <c>MW</c>. Default: the data's, if they have one.</summary>
    public string? Unit { get; set; }

    /// <summary>How it is scaled. Default: <see cref="Scaling.Standard"/>.</summary>
    public Scaling Scaling { get; set; }

    /// <summary>Whether its forecasts are never below 0, as counts and loads are not. Default: no.</summary>
    public bool NonNegative { get; set; }

    /// <summary>
    /// The name of the property that holds it in code. Default: made of the column's name, <c>TDegC</c> of <c>T (degC)</c>.
    /// </summary>
    public string? Property { get; set; }
}
