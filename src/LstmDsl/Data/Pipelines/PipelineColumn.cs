namespace LstmDsl;

/// <summary>One column of a pipeline: what it is for, and how it is scaled.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Roles">What it is for.</param>
/// <param name="Scaling">Its way from raw values to the network's and back.</param>
public sealed record PipelineColumn(string Name, ColumnRoles Roles, ColumnScaling Scaling)
{
    /// <summary>The unit of its raw values; null where none was given.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether the network reads it.</summary>
    public bool IsInput => Roles.HasFlag(ColumnRoles.Input);

    /// <summary>Whether the network forecasts it.</summary>
    public bool IsTarget => Roles.HasFlag(ColumnRoles.Target);
}
