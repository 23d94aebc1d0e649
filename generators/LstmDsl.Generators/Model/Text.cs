using System.Globalization;

namespace LstmDsl.Generators;

/// <summary>Numbers and shapes as generated code and its documentation write them, whatever the machine's culture.</summary>
internal static class Text
{
    private static readonly NumberFormatInfo GroupedByUnderscores = new() { NumberGroupSeparator = "_" };

    /// <summary>A number in code: digits in groups of three, <c>1_781</c>.</summary>
    public static string Code(int number) =>
        number is > -1_000 and < 1_000 ? Plain(number) : number.ToString("N0", GroupedByUnderscores);

    /// <summary>A number in prose: <c>1,781</c>.</summary>
    public static string Prose(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number in names and shapes: <c>1781</c>.</summary>
    public static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A literal of type double.</summary>
    public static string Code(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A literal of type float.</summary>
    public static string Single(double number) => ((float)number).ToString("R", CultureInfo.InvariantCulture) + "f";

    /// <summary>A literal of type bool.</summary>
    public static string Code(bool value) => value ? "true" : "false";

    /// <summary>A shape with a free number of samples: <c>(samples, 20, 1)</c>.</summary>
    public static string SampleShape(int timesteps, int width) =>
        timesteps > 0 ? $"(samples, {Plain(timesteps)}, {Plain(width)})" : $"(samples, {Plain(width)})";

    /// <summary>The shape of one sample: <c>(20, 1)</c>.</summary>
    public static string Shape(int timesteps, int width) =>
        timesteps > 0 ? $"({Plain(timesteps)}, {Plain(width)})" : $"({Plain(width)})";

    /// <summary>A tensor's shape.</summary>
    public static string Shape(PlannedTensor tensor) => $"({string.Join(", ", tensor.Shape.Select(Plain))})";
}
