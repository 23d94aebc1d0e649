namespace WeatherMultivariate;

/// <summary>A column of the file that holds numbers.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Unit">Its unit.</param>
internal sealed record Measurement(string Column, string Unit)
{
    /// <summary>All of them, in the order of the model's inputs and outputs.</summary>
    public static IReadOnlyList<Measurement> All { get; } =
        [new("precipitation", "mm"), new("temp_max", "°C"), new("temp_min", "°C"), new("wind", "m/s")];
}
