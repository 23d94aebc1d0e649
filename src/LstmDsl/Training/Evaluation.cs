using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>What <c>Evaluate</c> measured: loss and metrics in the network's units, and errors in the user's beside the naive forecast's.</summary>
public sealed class Evaluation
{
    private readonly IReadOnlyDictionary<string, double> values;

    internal Evaluation(IReadOnlyDictionary<string, double> values, int samples)
    {
        this.values = values;
        Samples = samples;
    }

    /// <summary>Number of windows measured.</summary>
    public int Samples { get; }

    /// <summary>The loss, in the network's units.</summary>
    public double Loss => values[Monitored.Loss.Name];

    /// <summary>The names of what was measured in the network's units.</summary>
    public IReadOnlyCollection<string> Names => [.. values.Keys];

    /// <summary>
    /// Errors in the user's units, over all target columns; null where the data were plain arrays, and where columns have different units,
    /// since a mean over them says nothing: see <see cref="InUnitsByColumn"/>.
    /// </summary>
    public UnitErrors? InUnits { get; private init; }

    /// <summary>Errors in the user's units by target column, in the targets' order; empty where the data were plain arrays.</summary>
    public IReadOnlyDictionary<string, UnitErrors> InUnitsByColumn { get; private init; } = new Dictionary<string, UnitErrors>();

    /// <summary>The loss or a metric, in the network's units.</summary>
    /// <exception cref="KeyNotFoundException">Nothing of that name was measured.</exception>
    public double this[Monitored name] => values.TryGetValue(name.Name, out var value)
        ? value
        : throw new KeyNotFoundException($"'{name}' was not measured; there are {string.Join(", ", values.Keys)}.");

    /// <summary>What was measured in the network's units in one line, then a line in the user's for each target column.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in values)
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? ", " : "")}{name} {value:0.0000}");
        foreach (var (column, errors) in InUnitsByColumn)
            text.Append('\n').Append(InUnitsByColumn.Count > 1 ? column + ": " : "").Append(errors);
        return text.ToString();
    }

    internal Evaluation WithUnits(UnitErrors? errors, IReadOnlyDictionary<string, UnitErrors> byColumn) =>
        new(values, Samples) { InUnits = errors, InUnitsByColumn = byColumn };
}
