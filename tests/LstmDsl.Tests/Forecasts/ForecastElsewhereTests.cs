using System.Diagnostics;

namespace LstmDsl.Tests;

/// <summary>A model's file is all that a forecast needs, whatever the machine's language and time zone.</summary>
public sealed class ForecastElsewhereTests
{
    [Theory]
    [InlineData("de_DE.UTF-8", "Asia/Kolkata")]
    [InlineData("ar_SA.UTF-8", "America/New_York")]
    public void Another_process_in_another_language_and_time_zone_gives_the_same_bits(string language, string zone)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var (data, file) = (Path.Combine(folder, "load.csv"), Path.Combine(folder, "load.keras"));
            ForecastRun.Write(data);
            var windows = LoadModel.Windows(ForecastRun.Read(data).Split(0.7, 0.15), batchSize: 16);
            var model = new LoadModel(seed: 4);
            new LoadModel.Trainer(model).Fit(windows.Training, epochs: 2, verbose: 0);
            model.Save(file);
            var expected = ForecastRun.Text(model, data);
            Assert.Equal(6, expected.Split('\n').Length);
            Assert.Equal(expected, Run(language, zone, file, data));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string language, string zone, string model, string data)
    {
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        var start = new ProcessStartInfo(host, [typeof(ForecastRun).Assembly.Location, ForecastRun.Command, model, data])
        {
            RedirectStandardOutput = true,
            Environment = { ["LANG"] = language, ["LC_ALL"] = language, ["TZ"] = zone },
        };
        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        return output.Trim().ReplaceLineEndings("\n");
    }
}
