using System.Globalization;

namespace LstmDsl.GpuCheck;

/// <summary>A case that ran.</summary>
/// <param name="Name">The case.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Problem">Why it failed; null where it passed.</param>
internal sealed record CaseResult(string Name, double Seconds, string? Problem);

/// <summary>Something worth knowing.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Text">What it is like.</param>
internal sealed record Fact(string Name, string Text);

/// <summary>What a phase has found so far.</summary>
/// <param name="phase">The phase.</param>
/// <param name="device">The device.</param>
internal sealed class PhaseResult(Phase phase, string device)
{
    /// <summary>The phase.</summary>
    public Phase Phase => phase;

    /// <summary>All its cases, in their order.</summary>
    public IReadOnlyList<string> Cases { get; } = phase.Cases(device);

    /// <summary>Cases that ran.</summary>
    public List<CaseResult> Ran { get; } = [];

    /// <summary>What is worth knowing.</summary>
    public List<Fact> Facts { get; } = [];

    /// <summary>Measured rows.</summary>
    public List<MeasuredRow> Rows { get; } = [];

    /// <summary>How close the comparisons with Keras came: lines of a table, without its head.</summary>
    public List<string> Parity { get; } = [];

    /// <summary>What the process itself came to, where that was no good end.</summary>
    public List<string> Ends { get; } = [];

    /// <summary>How long it took.</summary>
    public double Seconds { get; set; }

    /// <summary>Cases that failed.</summary>
    public IEnumerable<CaseResult> Failed => Ran.Where(one => one.Problem is not null);

    /// <summary>Cases for which there was no time.</summary>
    public IReadOnlyList<string> OutOfTime => [.. Cases.Skip(Ran.Count)];

    /// <summary>In one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Ran.Count - Failed.Count()} passed, {Failed.Count()} failed, {OutOfTime.Count} out of time, {Seconds:0} s");
}
