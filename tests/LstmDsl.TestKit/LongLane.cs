using System.Globalization;

namespace LstmDsl.Tests;

/// <summary>
/// The suite has two lanes. <c>dotnet test</c> takes minutes; what finds more with more time (mutations, kills, drawn architectures, every
/// case in groups of threads) runs there in small, and whole in the long lane: <c>.ci/run-long</c>, which sets <c>LSTMDSL_LONG=1</c>.
/// </summary>
internal static class LongLane
{
    /// <summary>Why a test is skipped that runs in the long lane alone.</summary>
    private const string Reason = "Left to the long lane, .ci/run-long.";

    /// <summary>Whether this run is the long lane's.</summary>
    public static bool IsThis { get; } = Environment.GetEnvironmentVariable("LSTMDSL_LONG") == "1";

    /// <summary>Null in the long lane; elsewhere why a test waits for it.</summary>
    public static string? WhyNot => IsThis ? null : Reason;

    /// <summary>How many cases to try: so many as a variable says, where it is set.</summary>
    /// <param name="variable">The variable, for runs by hand.</param>
    /// <param name="usually">Cases of an ordinary run.</param>
    /// <param name="inLongLane">Cases in the long lane.</param>
    public static int Cases(string variable, int usually, int inLongLane) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : IsThis ? inLongLane : usually;
}

/// <summary>A test that runs in the long lane alone; elsewhere it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute() => Skip = LongLane.WhyNot;
}

/// <summary>A theory that runs in the long lane alone; elsewhere it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongTheoryAttribute : TheoryAttribute
{
    public LongTheoryAttribute() => Skip = LongLane.WhyNot;
}
