using LstmDsl.Tests;

namespace LstmDsl.GpuCheck;

/// <summary>A part of the check.</summary>
/// <param name="Name">What a process is told to run it by.</param>
/// <param name="Title">What it looks at.</param>
/// <param name="Share">Its part of the check's time.</param>
/// <param name="Patience">How long it may be silent, in seconds: for so long one case of it may take.</param>
/// <param name="TestClasses">Classes of tests that it runs; null where it runs none.</param>
internal sealed record Phase(string Name, string Title, double Share, int Patience, IReadOnlyList<string>? TestClasses = null)
{
    /// <summary>The phase of all classes of tests that no other phase names.</summary>
    private const string Rest = "others";

    /// <summary>All phases, in the order in which their answers matter.</summary>
    public static IReadOnlyList<Phase> All { get; } =
    [
        new("device", "how fast it launches and copies", 0.05, 30),
        new("networks", "predictions, losses and gradients of networks, as Keras has them", 0.23, 45, [nameof(NetworkTests)]),
        new("objectives", "losses, optimizers and metrics, as Keras has them", 0.10, 45,
            ["DeviceLossTests", "DeviceOptimizerTests", "DeviceMetricTests"]),
        new("speed", "rows of the comparison", 0.28, 60),
        new("fits", "training runs, as Keras has them", 0.15, 60, [nameof(TrainingRunTests)]),
        new(Rest, "the scalar reference in double, saturated heads, states, determinism, checkpoints, memory", 0.16, 45, []),
    ];

    /// <summary>The phase of that name.</summary>
    public static Phase Find(string name) => All.Single(phase => phase.Name == name);

    /// <summary>The names of its cases on a device, in their order.</summary>
    public IReadOnlyList<string> Cases(string device) => TestClasses is not null
        ? [.. DeviceCases.Of(this, device).Select(one => one.Name)]
        : Name == "speed" ? SpeedRows.Names : [];

    /// <summary>Whether it runs the tests of a class.</summary>
    public bool Runs(Type tests) => TestClasses is not null && (Name == Rest
        ? !All.Any(phase => phase.TestClasses?.Contains(tests.Name) == true)
        : TestClasses.Contains(tests.Name));
}
