using System.CommandLine;
using LstmDsl;

namespace TemperatureForecast;

/// <summary>What the command line asks for; without options the first system as it stands in the README.</summary>
internal sealed class SampleOptions
{
    private readonly Option<string> csv = new("--csv")
    {
        Description = "The CSV file to learn from.",
        DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "data", "seattle-weather.csv"),
    };

    private readonly Option<string> time = new("--time")
    {
        Description = "The column of times.",
        DefaultValueFactory = _ => "date",
    };

    private readonly Option<string?> timeFormat = new("--time-format")
    {
        Description = "How times are written, such as \"dd.MM.yyyy HH:mm:ss\"; ISO 8601 if not given.",
    };

    private readonly Option<string> column = new("--column")
    {
        Description = "The column to forecast.",
        DefaultValueFactory = _ => "temp_max",
    };

    private readonly Option<string> unit = new("--unit")
    {
        Description = "The unit of that column.",
        DefaultValueFactory = _ => "°C",
    };

    private readonly Option<Missing> missing = new("--missing")
    {
        Description = "What becomes of missing values: an error, a hole that no window crosses, or the value before.",
        DefaultValueFactory = _ => Missing.Error,
    };

    private readonly Option<Gaps?> gaps = new("--gaps")
    {
        Description = "What becomes of missing rows; like --missing if not given.",
    };

    private readonly Option<Duplicates?> duplicates = new("--duplicates")
    {
        Description = "What becomes of a time that occurs twice; an error, or the last one once --missing is given.",
    };

    private readonly Option<int> seed = new("--seed")
    {
        Description = "Seed of the weights and of the shuffling.",
        DefaultValueFactory = _ => 42,
    };

    private readonly Option<int> seeds = new("--seeds")
    {
        Description = "Train this many models, with the seeds 0, 1, 2, …, and print the median of their test errors instead.",
    };

    private readonly Option<int> epochs = new("--epochs")
    {
        Description = "Epochs at most.",
        DefaultValueFactory = _ => 30,
    };

    private readonly Option<int> patience = new("--patience")
    {
        Description = "Epochs without a better validation loss after which training stops.",
        DefaultValueFactory = _ => 2,
    };

    private readonly Option<string> output = new("--output")
    {
        Description = "The folder that takes the checkpoint and the pictures.",
        DefaultValueFactory = _ => "output",
    };

    private readonly Option<string> device = new("--device")
    {
        Description = "What trains: cpu, cuda, opencl, ilgpu-cpu, cuda:1 and so on, or best for a GPU if there is one.",
        DefaultValueFactory = _ => "cpu",
    };

    private readonly ParseResult parsed;

    private SampleOptions(string[] arguments)
    {
        var command = new RootCommand("Learns a daily temperature from a CSV file and forecasts the next five values.")
        {
            csv, time, timeFormat, column, unit, missing, gaps, duplicates, seed, seeds, epochs, patience, output, device,
        };
        parsed = command.Parse(arguments);
    }

    public string Unit => parsed.GetValue(unit)!;

    public string Column => parsed.GetValue(column)!;

    public int Seed => parsed.GetValue(seed);

    public int Seeds => parsed.GetValue(seeds);

    public int Epochs => parsed.GetValue(epochs);

    public int Patience => parsed.GetValue(patience);

    public string Output => parsed.GetValue(output)!;

    /// <summary>What trains.</summary>
    public Device FindDevice() => IlgpuDevice.Find(parsed.GetValue(device)!);

    /// <summary>The options; null where there is nothing to run, because help was asked for or the command line is wrong.</summary>
    public static SampleOptions? Parse(string[] arguments, out int exitCode)
    {
        var options = new SampleOptions(arguments);
        var runs = options.parsed.Action is null && options.parsed.Errors.Count == 0;
        exitCode = runs ? 0 : options.parsed.Invoke();
        return runs ? options : null;
    }

    public TimeSeries ReadSeries()
    {
        var missingValues = parsed.GetValue(missing);
        var sameForGaps = missingValues switch
        {
            Missing.Hole => Gaps.Hole,
            Missing.Forward => Gaps.Forward,
            _ => Gaps.Error,
        };
        var sameForDuplicates = missingValues == Missing.Error ? Duplicates.Error : Duplicates.Last;
        return TimeSeries.ReadCsv(
            parsed.GetValue(csv)!,
            parsed.GetValue(time)!,
            [Column],
            parsed.GetValue(timeFormat),
            missingValues,
            parsed.GetValue(gaps) ?? sameForGaps,
            parsed.GetValue(duplicates) ?? sameForDuplicates,
            Unit);
    }
}
