using System.Globalization;

namespace LstmDsl.Tests;

[Forecast(24, 6, Seasons = [24])]
[Target("load", Unit = "MW", Scaling = Scaling.WindowLast, NonNegative = true)]
[Known("warmth", Scaling.Log)]
[Known(DatePart.HourOfDay)]
[Known("load", Lag = 24)]
[Past("wind")]
[Quantiles(0.025, 0.5, 0.975)]
[Mean]
[Lstm(6)]
[RepeatVector(6)]
[Future]
[Dense(6, Activation = Activation.Relu)]
internal sealed partial class LoadModel;

/// <summary>A forecast in a program of its own, on a machine that writes numbers and times otherwise.</summary>
internal static class ForecastRun
{
    /// <summary>The argument that asks for it.</summary>
    public const string Command = "forecast";

    /// <summary>Loads the model, reads the data and prints the forecast of what follows all but the last six rows.</summary>
    public static void Print(string model, string data) => Console.WriteLine(Text(LoadModel.Load(model), data));

    /// <summary>Every bit of a forecast, with its times.</summary>
    public static string Text(LoadModel model, string data)
    {
        var series = Read(data);
        var forecast = model.Forecast(series.Slice(0, series.Count - 6), series.Slice(series.Count - 6, 6));
        return string.Join('\n', forecast.Select(point => string.Create(CultureInfo.InvariantCulture,
            $"{point.Time:O} {Bits(point.Load.P2_5)} {Bits(point.Load)} {Bits(point.Load.P97_5)} {Bits(point.Load.Mean)} {point.Load}")));

        static string Bits(double value) => BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads the data as any program would.</summary>
    public static TimeSeries Read(string data) => TimeSeries.ReadCsv(data, time: "time", values: LoadModel.Columns, zone: "Australia/Melbourne");

    /// <summary>The series of these days, read from a file that is gone again.</summary>
    public static TimeSeries Series()
    {
        using var folder = new TemporaryFolder();
        Write(folder.File("data.csv"));
        return Read(folder.File("data.csv"));
    }

    /// <summary>Writes ten days of hours in which clocks go back.</summary>
    public static void Write(string path)
    {
        var lines = new List<string> { "time,load,warmth,wind" };
        var start = new DateTime(2014, 4, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var row = 0; row < 240; row++)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"{start.AddHours(row):yyyy-MM-ddTHH:mm:ssZ},{5000.25 + (800 * Math.Sin(row * Math.PI / 12)) + (row % 7)},{15.5 + (6 * Math.Cos(row * 0.26))},{3 + (row * row % 11)}"));
        }

        File.WriteAllLines(path, lines);
    }
}
