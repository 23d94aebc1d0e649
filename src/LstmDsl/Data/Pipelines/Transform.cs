using System.Text.Json;

namespace LstmDsl;

/// <summary>
/// A way from raw values to the network's units and back, column by column. Transforms do not change and are equal by value.
/// </summary>
public abstract record Transform
{
    private protected Transform() { }

    /// <summary>The transform's name in files.</summary>
    internal abstract string Kind { get; }

    /// <summary>Number of columns that it is for.</summary>
    internal abstract int ColumnCount { get; }

    /// <summary>A raw value of a column, in the network's units.</summary>
    internal abstract double Apply(int column, double value);

    /// <summary>A value in the network's units, as a raw one of a column.</summary>
    internal abstract double Invert(int column, double value);

    /// <summary>The first difference from another of the same kind, in words; null where they are equal.</summary>
    internal abstract string? FirstDifference(Transform other, IReadOnlyList<string> columns);

    /// <summary>What it does to a column, in words.</summary>
    internal abstract string Describe(int column);

    /// <summary>Writes the members of its JSON object, save its kind.</summary>
    internal abstract void WriteMembers(Utf8JsonWriter writer);
}
