using System.Text.Json;
using LstmDsl.Benchmarks;

namespace LstmDsl.GpuCheck;

/// <summary>What a phase's process says, a line of JSON each.</summary>
/// <param name="Kind">Which of the others it is.</param>
internal sealed record PhaseMessage(MessageKind Kind)
{
    /// <summary>The case, the row or the fact.</summary>
    public string Name { get; init; } = "";

    /// <summary>What went wrong, or what is the case; null where nothing did.</summary>
    public string? Text { get; init; }

    /// <summary>How long a case took.</summary>
    public double Seconds { get; init; }

    /// <summary>A measured row.</summary>
    public MeasuredRow? Row { get; init; }

    /// <summary>As a line.</summary>
    public string ToLine() => JsonSerializer.Serialize(this);

    /// <summary>From a line; null where it is none, since a driver may print what it likes.</summary>
    public static PhaseMessage? FromLine(string line)
    {
        try
        {
            return line.StartsWith('{') ? JsonSerializer.Deserialize<PhaseMessage>(line) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a line says.</summary>
internal enum MessageKind
{
    /// <summary>A case or a row begins.</summary>
    Begin,

    /// <summary>A case ended.</summary>
    Case,

    /// <summary>Something worth knowing.</summary>
    Fact,

    /// <summary>A row was measured.</summary>
    Row,

    /// <summary>A case that takes long has come further.</summary>
    Progress,
}

/// <summary>A measured row of the comparison.</summary>
/// <param name="Name">What the comparison calls it.</param>
/// <param name="Title">What is done.</param>
/// <param name="Operations">Floating-point operations of its products.</param>
/// <param name="Contenders">Who did it, and how long that took.</param>
internal sealed record MeasuredRow(string Name, string Title, double Operations, IReadOnlyList<ContenderResult> Contenders);
