using System.Diagnostics;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LstmDsl.GpuCheck;

/// <summary>Everything that the check has found so far, and its two files.</summary>
/// <param name="device">The device's name.</param>
/// <param name="phases">The phases.</param>
internal sealed class CheckReport(string device, IReadOnlyList<PhaseResult> phases)
{
    /// <summary>The files' name, without what says what they are.</summary>
    public const string FileName = "gpu-check";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>The device's name.</summary>
    public string Device => device;

    /// <summary>The version that is checked, with its commit.</summary>
    public string Version { get; } =
        typeof(CheckReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>When it began.</summary>
    public DateTimeOffset Begun { get; } = DateTimeOffset.UtcNow;

    /// <summary>How long it has run.</summary>
    public TimeSpan Elapsed => clock.Elapsed;

    /// <summary>The phases.</summary>
    public IReadOnlyList<PhaseResult> Phases => phases;

    /// <summary>Whether the last phase has ended.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether every case ran and passed.</summary>
    public bool Passed => phases.All(phase => phase.OutOfTime.Count == 0 && phase.Ends.Count == 0 && !phase.Failed.Any());

    /// <summary>What came out, in one line.</summary>
    public string Verdict
    {
        get
        {
            var (ran, failed) = (phases.Sum(phase => phase.Ran.Count), phases.Sum(phase => phase.Failed.Count()));
            var line = FormattableString.Invariant(
                $"{ran - failed} cases passed, {failed} failed, {phases.Sum(phase => phase.OutOfTime.Count)} out of time, in {Elapsed.TotalSeconds:0} s");
            return IsComplete ? line : line + " so far";
        }
    }

    /// <summary>Writes both files, each whole.</summary>
    public void Save(string folder)
    {
        Write(Path.Combine(folder, FileName + ".md"), CheckPage.Write(this));
        Write(Path.Combine(folder, FileName + ".json"), JsonSerializer.Serialize(this, Options) + "\n");
    }

    private static void Write(string path, string text)
    {
        File.WriteAllText(path + ".partial", text);
        File.Move(path + ".partial", path, overwrite: true);
    }
}
