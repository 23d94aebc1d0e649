namespace LstmDsl;

/// <summary>What a column is for.</summary>
[Flags]
public enum ColumnRoles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Its past goes into the network.</summary>
    Input = 1,

    /// <summary>Its future comes out.</summary>
    Target = 2,
}
