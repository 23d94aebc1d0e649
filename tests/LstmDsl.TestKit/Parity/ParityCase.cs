using System.Numerics;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>A case of what Keras computed, on one of our backends: how close it has to come, and that its errors are reported.</summary>
/// <param name="Group">The index, such as <c>networks</c>; with a part of its numbers where the index measures parts apart.</param>
/// <param name="Name">The name in the index.</param>
/// <param name="Backend">What computes on our side.</param>
internal sealed record ParityCase(string Group, string Name, string Backend)
{
    /// <summary>Where the index records no error: a few ulps of float32.</summary>
    public const double FloatTolerance = 4e-7;

    /// <summary>Where both sides are float64: what differs is the order of sums, over at most some thousand terms.</summary>
    public const double DoubleTolerance = 1e-12;

    /// <summary>
    /// The error of Keras's own float32, or <see cref="FloatTolerance"/> where it is not recorded; null where both sides are float64.
    /// </summary>
    public double? Float32Error { get; init; } = FloatTolerance;

    /// <summary>The largest relative error that passes.</summary>
    public double Tolerance { get; init; } = FloatTolerance;

    /// <summary>A case that no backend computes.</summary>
    public static ParityCase OnHost(string group, string name) => new(group, name, "host");

    /// <summary>A case on a backend of the host; <paramref name="inDouble"/> is tolerated where that is the reference in double.</summary>
    public static ParityCase On<TBackend, T>(string group, string name, double inDouble = DoubleTolerance)
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(TBackend) == typeof(ReferenceBackend<double>))
            return On(Device.ReferenceDouble, group, name, inDouble: inDouble);
        return typeof(TBackend) == typeof(ReferenceBackend<float>)
            ? On(Device.Reference, group, name)
            : On(Device.Cpu, group, name) with { Backend = $"cpu, {typeof(TBackend).GetGenericArguments()[0].Name}" };
    }

    /// <summary>
    /// A case, or a part of it, on a device; <paramref name="inDouble"/> is tolerated where that is the reference in double.
    /// </summary>
    public static ParityCase On(Device device, string group, string name, string? part = null, double inDouble = DoubleTolerance)
    {
        // Hardware, memory and threads come behind a device's name.
        var backend = device == Device.Cpu ? "cpu" : device.Description.Split(',')[0];
        var parity = new ParityCase(part is null ? group : $"{group}, {part}", name, backend);
        if (device == Device.ReferenceDouble)
            return parity with { Float32Error = null, Tolerance = inDouble };

        // Sums run in another order than TensorFlow's, hence four times its own error and a floor of some ulps.
        return RecordedError(ParityIndex.Case(group, name), part) is { } error
            ? parity with { Float32Error = error, Tolerance = Math.Max(4 * error, 1e-6) }
            : parity;
    }

    /// <summary>Fails where the relative error is larger than what is tolerated, and says so itself; reported is what passes.</summary>
    public void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, string what)
    {
        Close.Relative(expected, actual, Tolerance, $"{Name} on {Backend}, {what}");
        ParityReport.Record(this, Close.RelativeError(expected, actual));
    }

    /// <inheritdoc cref="AssertClose(IReadOnlyList{double}, IReadOnlyList{double}, string)"/>
    public void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<float> actual, string what) =>
        AssertClose(expected, [.. actual.Select(value => (double)value)], what);

    private static double? RecordedError(JsonElement parity, string? part)
    {
        if (!parity.TryGetProperty("float32_error", out var error))
            return null;
        if (part is null)
            return error.GetDouble();
        return error.TryGetProperty(part, out var ofPart) ? ofPart.GetDouble() : null;
    }
}
