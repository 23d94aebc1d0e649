using System.Xml.Linq;

namespace LstmDsl.Package.Tests;

/// <summary>The samples run as they stand, to their ends, and leave what they say.</summary>
[Trait("Category", "Slow")]
public sealed class SampleTests
{
    /// <summary>Each with a line of its results, and the files that it leaves.</summary>
    public static TheoryData<string, string, string[]> Samples => new()
    {
        { "TemperatureForecast", "2016-01-05  ", ["forecast.svg", "jena_lstm.keras", "loss.svg"] },
        { "DampedOscillation", "LSTM: 1000 epochs in ", ["curve.svg", "forecasts.svg", "losses.svg"] },
        {
            "WeatherMultivariate",
            "2016-01-05  precipitation ",
            ["loss.svg", "precipitation.svg", "temp_max.svg", "temp_min.svg", "wind.svg"]
        },
        { "WeatherClasses", "on average over the classes", ["confusion.svg", "loss.svg"] },
        { "DemandForecast", "2014-12-31 23:00  ", ["demand.html"] },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Runs_to_its_end_and_leaves_its_files(string sample, string result, string[] files)
    {
        using var folder = new TemporaryFolder();

        // Built beside these tests, in their configuration: …/bin/<configuration>/<framework>.
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Repository.At("samples", sample, "bin", built.Parent!.Name, built.Name, sample + ".dll");
        var run = Dotnet.Run(folder.Path, null, program).Succeeded();
        Assert.Contains(result, run.Output, StringComparison.Ordinal);

        var found = Directory.GetFiles(folder.File("output"));
        Assert.Equal(files, found.Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        foreach (var picture in found.Where(path => path.EndsWith(".svg", StringComparison.Ordinal)))
            Assert.Equal("svg", XDocument.Load(picture).Root!.Name.LocalName);
    }
}
