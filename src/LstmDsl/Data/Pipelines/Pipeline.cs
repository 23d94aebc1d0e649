using System.Globalization;
using System.Text.Json;

namespace LstmDsl;

/// <summary>
/// The way from a series' raw values to a network's windows and back: which columns, at which step, how many rows, how far ahead,
/// scaled how. It travels from a data set to the model that is trained on it, into its files, and to its forecasts. It does not
/// change, and is equal by value.
/// </summary>
public sealed class Pipeline : IEquatable<Pipeline>
{
    private readonly int[] targetColumns;

    /// <summary>Describes a way.</summary>
    /// <param name="columns">The input columns' names, in order.</param>
    /// <param name="targets">The target columns' names, in order; each an input column.</param>
    /// <param name="timesteps">Timesteps of a window.</param>
    /// <param name="samplingRate">Rows from one timestep to the next.</param>
    /// <param name="horizon">Timesteps from a window's last to its target; in a sequence of targets, from each to its own.</param>
    /// <param name="timeStep">The step of time from one row to the next, in words; null where rows have no times.</param>
    /// <param name="unit">The unit of columns that have none in <paramref name="units"/>; null where none was given.</param>
    /// <param name="transforms">What turns raw values into the network's, first to last.</param>
    /// <param name="sequenceTargets">Whether a window's target is the window moved by the horizon rather than one row.</param>
    /// <param name="units">Each column's unit, null where it has none; null where all have the same.</param>
    /// <param name="zone">The IANA name of the time zone whose clocks rows go by; it is not looked up.</param>
    /// <exception cref="ArgumentException">
    /// A name is missing or unknown or occurs twice, a number is not positive, or a transform is for other columns.
    /// </exception>
    public Pipeline(IReadOnlyList<string> columns, IReadOnlyList<string> targets, int timesteps, int samplingRate = 1, int horizon = 1,
        string? timeStep = null, string? unit = null, IReadOnlyList<Transform>? transforms = null, bool sequenceTargets = false,
        IReadOnlyList<string?>? units = null, string? zone = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(targets);
        ArraySeries.CheckColumns(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timesteps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplingRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        Columns = [.. columns];
        Targets = [.. targets];
        targetColumns = FindTargets(Columns, Targets);
        Timesteps = timesteps;
        SamplingRate = samplingRate;
        Horizon = horizon;
        TimeStep = timeStep;
        if (units is not null && units.Count != columns.Count)
        {
            throw new ArgumentException($"Found {Counted.Of(units.Count, "unit")} for {Counted.Of(columns.Count, "column")}; "
                + "give one for each, null where it has none.", nameof(units));
        }

        Units = [.. columns.Select((_, i) => units?[i] ?? unit)];
        Zone = zone;
        SequenceTargets = sequenceTargets;
        Transforms = [.. transforms ?? []];
        foreach (var transform in Transforms)
        {
            if (transform.ColumnCount == Columns.Count) continue;
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The {transform.Kind} is for {Counted.Of(transform.ColumnCount, "column")}; "
                + $"the number of columns is {Columns.Count}."), nameof(transforms));
        }
    }

    /// <summary>The input columns' names, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The target columns' names, in order.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>Timesteps of a window.</summary>
    public int Timesteps { get; }

    /// <summary>Rows from one timestep to the next.</summary>
    public int SamplingRate { get; }

    /// <summary>Timesteps from a window's last to its target; in a sequence of targets, from each to its own.</summary>
    public int Horizon { get; }

    /// <summary>Whether a window's target is the window moved by <see cref="Horizon"/>, rather than one row.</summary>
    public bool SequenceTargets { get; }

    /// <summary>The step of time from one row to the next, in words (<c>1 day</c>); null where rows have no times.</summary>
    public string? TimeStep { get; }

    /// <summary>The raw values' unit; null where none was given, or not all columns have the same.</summary>
    public string? Unit => CommonUnit.Of(Units);

    /// <summary>Each column's unit, in raw values; null where none was given.</summary>
    public IReadOnlyList<string?> Units { get; }

    /// <summary>
    /// The IANA name of the time zone whose clocks rows go by, <c>UTC</c> among them; null where it is not known. It is not looked up, so
    /// that a model predicts on machines that do not know it.
    /// </summary>
    public string? Zone { get; }

    /// <summary>The units of the targets, in their order.</summary>
    internal IEnumerable<string?> TargetUnits => targetColumns.Select(column => Units[column]);

    /// <summary>What turns raw values into the network's, first to last; empty where they are the same.</summary>
    public IReadOnlyList<Transform> Transforms { get; }

    /// <summary>A raw value of an input column, in the network's units.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="value">The raw value.</param>
    public double Scale(int column, double value)
    {
        foreach (var transform in Transforms) value = transform.Apply(column, value);
        return value;
    }

    /// <summary>A value in the network's units, as a raw one of an input column.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="value">The value in the network's units.</param>
    public double Unscale(int column, double value)
    {
        for (var i = Transforms.Count - 1; i >= 0; i--) value = Transforms[i].Invert(column, value);
        return value;
    }

    /// <summary>A raw value of a target column, in the network's units.</summary>
    /// <param name="target">The target, from 0.</param>
    /// <param name="value">The raw value.</param>
    public double ScaleTarget(int target, double value) => Scale(targetColumns[target], value);

    /// <summary>A value in the network's units, as a raw one of a target column.</summary>
    /// <param name="target">The target, from 0.</param>
    /// <param name="value">The value in the network's units.</param>
    public double UnscaleTarget(int target, double value) => Unscale(targetColumns[target], value);

    /// <summary>A row of raw values of all input columns, in the network's units.</summary>
    /// <param name="row">The raw values.</param>
    /// <param name="destination">Takes as many values in the network's units.</param>
    /// <exception cref="ArgumentException">A length is not the number of columns.</exception>
    public void ScaleRow(ReadOnlySpan<double> row, Span<float> destination)
    {
        CheckLength(row.Length, Columns.Count, nameof(row));
        CheckLength(destination.Length, Columns.Count, nameof(destination));
        for (var i = 0; i < row.Length; i++) destination[i] = (float)Scale(i, row[i]);
    }

    /// <summary>A network's output for all target columns, as raw values.</summary>
    /// <param name="outputs">The outputs, in the network's units.</param>
    /// <param name="destination">Takes as many raw values.</param>
    /// <exception cref="ArgumentException">A length is not the number of targets.</exception>
    public void UnscaleTargets(ReadOnlySpan<float> outputs, Span<double> destination)
    {
        CheckLength(outputs.Length, Targets.Count, nameof(outputs));
        CheckLength(destination.Length, Targets.Count, nameof(destination));
        for (var i = 0; i < outputs.Length; i++) destination[i] = UnscaleTarget(i, outputs[i]);
    }

    /// <summary>The first difference from another, as a sentence that calls this one's value first; null where the two are equal.</summary>
    /// <param name="other">The other.</param>
    public string? FirstDifference(Pipeline other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return PipelineDifference.First(this, other) is { } difference ? char.ToUpperInvariant(difference[0]) + difference[1..] + "." : null;
    }

    /// <summary>The pipeline as one JSON object, from which <see cref="FromJson(string)"/> makes an equal one.</summary>
    public string ToJson() => PipelineJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">One JSON object.</param>
    /// <exception cref="InvalidDataException">
    /// The text is no JSON, or a member is missing or of the wrong kind; the message names it.
    /// </exception>
    public static Pipeline FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return PipelineJson.Read(json);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">One JSON object.</param>
    /// <exception cref="InvalidDataException">A member is missing or of the wrong kind; the message names it.</exception>
    public static Pipeline FromJson(JsonElement json) => PipelineJson.Read(json);

    /// <summary>Whether every part is equal.</summary>
    public bool Equals(Pipeline? other) => other is not null && PipelineDifference.First(this, other) is null;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Pipeline);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var column in Columns) hash.Add(column, StringComparer.Ordinal);
        foreach (var target in Targets) hash.Add(target, StringComparer.Ordinal);
        foreach (var transform in Transforms) hash.Add(transform);
        hash.Add((Timesteps, SamplingRate, Horizon, SequenceTargets, TimeStep, Unit, Zone));
        return hash.ToHashCode();
    }

    /// <summary>The same pipeline, whose columns have the units of another's where they have none of their own.</summary>
    internal Pipeline WithUnitsOf(Pipeline? other) => other is null || !Units.Contains(null) || !other.Columns.SequenceEqual(Columns, StringComparer.Ordinal)
        ? this
        : new(Columns, Targets, Timesteps, SamplingRate, Horizon, TimeStep, null, Transforms, SequenceTargets,
            [.. Units.Zip(other.Units, (own, others) => own ?? others)], Zone);

    /// <summary>The input column that a target is.</summary>
    internal int TargetColumn(int target) => targetColumns[target];

    private static int[] FindTargets(IReadOnlyList<string> columns, IReadOnlyList<string> targets)
    {
        if (targets.Count == 0) throw new ArgumentException("Name at least one target column.", nameof(targets));
        const int mostListed = 30;
        var places = new Dictionary<string, int>(columns.Count, StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++) places.Add(columns[i], i);
        var indices = new int[targets.Count];
        var taken = new HashSet<int>();
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = targets[i] is { } name && places.TryGetValue(name, out var index) ? index : -1;
            if (indices[i] < 0)
            {
                throw new ArgumentException(
                    $"The target '{targets[i]}' is no column; "
                    + $"the columns are '{string.Join("', '", columns.Take(mostListed))}'{(columns.Count > mostListed ? ", …" : "")}.",
                    nameof(targets));
            }
            if (!taken.Add(indices[i]))
            {
                throw new ArgumentException($"The target '{targets[i]}' is named twice.", nameof(targets));
            }
        }
        return indices;
    }

    private static void CheckLength(int found, int expected, string parameter)
    {
        if (found != expected)
        {
            throw new ArgumentException(FormattableString.Invariant($"Found {Counted.Of(found, "value")}; expected {expected}."), parameter);
        }
    }
}
