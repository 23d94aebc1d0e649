using System.Globalization;
using System.Text.Json;

namespace LstmDsl;

/// <summary>
/// The way from a series' raw values to a network's windows and back: which columns, each for what and scaled how, at which step, how many
/// rows, how far ahead. It travels from a data set to the model that is trained on it, into its files, and to its forecasts. It does not
/// change, and is equal by value.
/// </summary>
public sealed class Pipeline : IEquatable<Pipeline>
{
    private readonly int[] targetColumns;

    /// <summary>Describes a way.</summary>
    /// <param name="inputs">The input columns' names, in order.</param>
    /// <param name="targets">The target columns' names, in order; inputs or not.</param>
    /// <param name="timesteps">Timesteps of a window.</param>
    /// <param name="samplingRate">Rows from one timestep to the next.</param>
    /// <param name="horizon">
    /// Timesteps from a window's last to its (first) target; in a sequence of targets, from each to its own.
    /// </param>
    /// <param name="timeStep">The step of time from one row to the next, in words; null where rows have no times.</param>
    /// <param name="unit">The unit of columns that have none in <paramref name="units"/>; null where none was given.</param>
    /// <param name="scalings">How columns are scaled, by their names; those that are not named stay as they are.</param>
    /// <param name="sequenceTargets">Whether a window's target is the window moved by the horizon rather than what follows it.</param>
    /// <param name="targetSteps">Timesteps of the target: those at the horizon, one later, …</param>
    /// <param name="units">Columns' units, by their names.</param>
    /// <param name="zone">The IANA name of the time zone whose clocks rows go by; it is not looked up.</param>
    /// <exception cref="ArgumentException">
    /// A name is missing or unknown or occurs twice, a number is not positive, or targets are both the window moved and several steps.
    /// </exception>
    public Pipeline(IReadOnlyList<string> inputs, IReadOnlyList<string> targets, int timesteps, int samplingRate = 1, int horizon = 1,
        string? timeStep = null, string? unit = null, IReadOnlyDictionary<string, ColumnScaling>? scalings = null,
        bool sequenceTargets = false, int targetSteps = 1, IReadOnlyDictionary<string, string?>? units = null, string? zone = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArraySeries.CheckColumns(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timesteps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplingRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(targetSteps);
        if (sequenceTargets && targetSteps > 1)
        {
            throw new ArgumentException(
                "A window has either a target for each of its timesteps (sequenceTargets) or several behind it (targetSteps); choose one.",
                nameof(targetSteps));
        }
        Inputs = [.. inputs];
        Targets = [.. targets];
        Columns =
        [
            .. MakeColumns(Inputs, Targets, scalings ?? new Dictionary<string, ColumnScaling>(), out targetColumns)
                .Select(column => column with { Unit = units?.GetValueOrDefault(column.Name) ?? unit }),
        ];
        Timesteps = timesteps;
        SamplingRate = samplingRate;
        Horizon = horizon;
        TimeStep = timeStep;
        Zone = zone;
        SequenceTargets = sequenceTargets;
        TargetSteps = targetSteps;
    }

    /// <summary>All columns: the inputs in their order, then the targets that are no inputs.</summary>
    public IReadOnlyList<PipelineColumn> Columns { get; }

    /// <summary>The input columns' names, in order: the network's features.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The target columns' names, in order.</summary>
    public IReadOnlyList<string> Targets { get; }

    /// <summary>Timesteps of a window.</summary>
    public int Timesteps { get; }

    /// <summary>Rows from one timestep to the next.</summary>
    public int SamplingRate { get; }

    /// <summary>Timesteps from a window's last to its (first) target; in a sequence of targets, from each to its own.</summary>
    public int Horizon { get; }

    /// <summary>Timesteps of the target behind a window, the first at <see cref="Horizon"/>; 1 also for the window moved.</summary>
    public int TargetSteps { get; }

    /// <summary>Whether a window's target is the window moved by <see cref="Horizon"/>, rather than what follows it.</summary>
    public bool SequenceTargets { get; }

    /// <summary>The step of time from one row to the next, in words (<c>1 day</c>); null where rows have no times.</summary>
    public string? TimeStep { get; }

    /// <summary>The raw values' unit; null where none was given, or not all columns have the same.</summary>
    public string? Unit => ColumnUnits.Same(Units);

    /// <summary>Each column's unit, in raw values; null where none was given.</summary>
    public IReadOnlyList<string?> Units => [.. Columns.Select(column => column.Unit)];

    /// <summary>
    /// The IANA name of the time zone whose clocks rows go by, <c>UTC</c> among them; null where it is not known. It is not looked up, so
    /// that a model predicts on machines that do not know it.
    /// </summary>
    public string? Zone { get; }

    /// <summary>
    /// What is forecast from what, of a model that is declared with <see cref="ForecastAttribute"/>: windows then have columns, references and
    /// scales that only the declaration tells. Null of other models.
    /// </summary>
    public ForecastPlan? Forecast { get; init; }

    /// <summary>
    /// The last time of the rows that the model's weights and scalings were learnt from, where it is known: what comes later was never seen.
    /// Two pipelines that differ in nothing else are equal.
    /// </summary>
    public DateTimeOffset? LearntUntil { get; init; }

    /// <summary>
    /// How much wider or narrower a declared forecast's intervals are than the network's, as JSON of a <c>Calibration</c>; null where they are
    /// the network's. Two pipelines that differ in nothing else are equal.
    /// </summary>
    internal string? Calibration { get; init; }

    /// <summary>The units of the targets, in their order.</summary>
    internal IEnumerable<string?> TargetUnits => targetColumns.Select(column => Columns[column].Unit);

    /// <summary>Timesteps of a window's target, of either kind.</summary>
    internal int TargetLength => SequenceTargets ? Timesteps : TargetSteps;

    /// <summary>
    /// The first step whose error is measured in the user's units: of the window moved by the horizon the last, of which alone nothing is
    /// known; else the first.
    /// </summary>
    internal int FirstMeasured => SequenceTargets ? Timesteps - 1 : 0;

    /// <summary>Whether any column is scaled.</summary>
    internal bool Scales => Columns.Any(column => column.Scaling.Kind != Scaling.None);

    /// <summary>A raw value of a column, in the network's units; not finite where a logarithm is asked for and there is none.</summary>
    /// <param name="column">The column's place in <see cref="Columns"/>: for inputs that among the inputs.</param>
    /// <param name="value">The raw value.</param>
    public double Scale(int column, double value) => Columns[column].Scaling.Apply(value);

    /// <summary>A value in the network's units, as a raw one of a column.</summary>
    /// <param name="column">The column's place in <see cref="Columns"/>: for inputs that among the inputs.</param>
    /// <param name="value">The value in the network's units.</param>
    public double Unscale(int column, double value) => Columns[column].Scaling.Invert(value);

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
    /// <exception cref="ArgumentException">A length is not the number of inputs, or a value has no logarithm where one is asked for.</exception>
    public void ScaleRow(ReadOnlySpan<double> row, Span<float> destination)
    {
        CheckLength(row.Length, Inputs.Count, nameof(row));
        CheckLength(destination.Length, Inputs.Count, nameof(destination));
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] <= Columns[i].Scaling.LeastExcluded)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"row[{i}], column '{Inputs[i]}': {row[i]} has no logarithm; the column is scaled by {Columns[i].Scaling.Kind}, which "
                    + $"takes values greater than {Columns[i].Scaling.LeastExcluded}."), nameof(row));
            }
        }
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

    /// <summary>Reads what <see cref="ToJson"/> wrote, of this version or an earlier one.</summary>
    /// <param name="json">One JSON object.</param>
    /// <exception cref="InvalidDataException">
    /// The text is no JSON, or a member is missing or of the wrong kind; the message names it.
    /// </exception>
    public static Pipeline FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return PipelineJson.Read(json);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote, of this version or an earlier one.</summary>
    /// <param name="json">One JSON object.</param>
    /// <exception cref="InvalidDataException">A member is missing or of the wrong kind; the message names it.</exception>
    public static Pipeline FromJson(JsonElement json) => PipelineJson.Read(json);

    /// <summary>Whether every part is equal; scalings are where they map every value alike.</summary>
    public bool Equals(Pipeline? other) => other is not null && PipelineDifference.First(this, other) is null;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Pipeline);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var input in Inputs) hash.Add(input, StringComparer.Ordinal);
        foreach (var target in Targets) hash.Add(target, StringComparer.Ordinal);
        foreach (var column in Columns) hash.Add((column.Scaling.Center, column.Scaling.Spread));
        hash.Add((Timesteps, SamplingRate, Horizon, SequenceTargets, TargetSteps, TimeStep, Unit, Zone));
        return hash.ToHashCode();
    }

    /// <summary>The same pipeline, whose columns have the units of another's where they have none of their own.</summary>
    internal Pipeline WithUnitsOf(Pipeline? other) => other is null || Columns.All(column => column.Unit is not null)
        || !other.Columns.Select(column => column.Name).SequenceEqual(Columns.Select(column => column.Name), StringComparer.Ordinal)
        ? this
        : new(Inputs, Targets, Timesteps, SamplingRate, Horizon, TimeStep, null, Scalings(Columns), SequenceTargets, TargetSteps,
            Columns.Zip(other.Columns).ToDictionary(pair => pair.First.Name, pair => pair.First.Unit ?? pair.Second.Unit, StringComparer.Ordinal),
            Zone)
        { Forecast = Forecast, LearntUntil = LearntUntil, Calibration = Calibration };

    /// <summary>The same pipeline, whose model's intervals are calibrated.</summary>
    internal Pipeline WithCalibration(string? calibration) =>
        new(Inputs, Targets, Timesteps, SamplingRate, Horizon, TimeStep, null, Scalings(Columns), SequenceTargets, TargetSteps,
            Columns.ToDictionary(column => column.Name, column => column.Unit, StringComparer.Ordinal), Zone)
        { Forecast = Forecast, LearntUntil = LearntUntil, Calibration = calibration };

    /// <summary>The same pipeline without targets that are no inputs; the first input stands for them where none is left.</summary>
    internal Pipeline OfInputs()
    {
        if (Columns.Count == Inputs.Count) return this;
        string[] kept = [.. Targets.Intersect(Inputs, StringComparer.Ordinal)];
        return new(Inputs, kept.Length > 0 ? kept : [Inputs[0]], Timesteps, SamplingRate, Horizon, TimeStep, null,
            Scalings(Columns.Take(Inputs.Count)), SequenceTargets, TargetSteps,
            Columns.ToDictionary(column => column.Name, column => column.Unit, StringComparer.Ordinal), Zone);
    }

    /// <summary>A target's place in <see cref="Columns"/>.</summary>
    internal int TargetColumn(int target) => targetColumns[target];

    private static PipelineColumn[] MakeColumns(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        IReadOnlyDictionary<string, ColumnScaling> scalings, out int[] targetColumns)
    {
        if (targets.Count == 0) throw new ArgumentException("Name at least one target column.", nameof(targets));
        List<string> names = [.. inputs];
        var places = new Dictionary<string, int>(inputs.Count, StringComparer.Ordinal);
        foreach (var name in inputs) places.Add(name, places.Count);
        targetColumns = new int[targets.Count];
        var taken = new HashSet<int>();
        for (var i = 0; i < targetColumns.Length; i++)
        {
            var name = targets[i] ?? throw new ArgumentException("A target's name is null.", nameof(targets));
            if (!places.TryGetValue(name, out var place))
            {
                place = names.Count;
                places.Add(name, place);
                names.Add(name);
            }
            if (!taken.Add(place)) throw new ArgumentException($"The target '{name}' is named twice.", nameof(targets));
            targetColumns[i] = place;
        }
        foreach (var name in scalings.Keys)
        {
            if (!places.ContainsKey(name))
            {
                throw new ArgumentException(
                    $"There is a scaling of '{name}', which is no column; the columns are {ColumnNames.Listed(names)}.", nameof(scalings));
            }
        }
        return
        [
            .. names.Select((name, place) => new PipelineColumn(name,
                (place < inputs.Count ? ColumnRoles.Input : 0) | (taken.Contains(place) ? ColumnRoles.Target : 0),
                scalings.GetValueOrDefault(name) ?? ColumnScaling.None)),
        ];
    }

    private static Dictionary<string, ColumnScaling> Scalings(IEnumerable<PipelineColumn> columns) =>
        columns.ToDictionary(column => column.Name, column => column.Scaling, StringComparer.Ordinal);

    private static void CheckLength(int found, int expected, string parameter)
    {
        if (found != expected)
        {
            throw new ArgumentException(FormattableString.Invariant($"Found {Counted.Of(found, "value")}; expected {expected}."), parameter);
        }
    }
}
