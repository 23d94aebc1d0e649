using System.Globalization;
using LstmDsl;

namespace WeatherClasses;

/// <summary>The days of the file as rows of numbers, and as windows with the next day's weather.</summary>
internal sealed class WeatherDays
{
    private const string Columns = "date,precipitation,temp_max,temp_min,wind,weather";
    private const int Measurements = 4;

    private readonly double[,] measured;
    private readonly int[] classes;

    private WeatherDays(double[,] measured, int[] classes)
    {
        this.measured = measured;
        this.classes = classes;
        Border = (Count * 70 / 100, Count * 85 / 100);
    }

    /// <summary>The kinds of weather, by their class.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["drizzle", "fog", "rain", "snow", "sun"];

    /// <summary>Number of days.</summary>
    public int Count => classes.Length;

    /// <summary>Where validation and test begin: what is learnt lies before what it is measured on.</summary>
    public (int Validation, int Test) Border { get; }

    /// <summary>Reads the file. It has words, so that it is no series; it has no quotes, so that commas part its fields.</summary>
    /// <exception cref="InvalidDataException">The file is another one; the message says where.</exception>
    public static WeatherDays Read(string path)
    {
        var lines = File.ReadAllLines(path);
        if (lines is not [Columns, _, ..])
            throw new InvalidDataException($"{path}: expected the columns {Columns}; found {lines.FirstOrDefault()}.");
        var (measured, classes) = (new double[lines.Length - 1, Measurements], new int[lines.Length - 1]);
        for (var day = 0; day < classes.Length; day++)
        {
            var fields = lines[day + 1].Split(',');
            classes[day] = fields.Length == Measurements + 2 ? Array.IndexOf([.. Kinds], fields[^1]) : -1;
            if (classes[day] < 0)
                throw new InvalidDataException($"{path}, line {day + 2}: expected {Columns}; found {lines[day + 1]}.");
            for (var column = 0; column < Measurements; column++)
                measured[day, column] = double.Parse(fields[column + 1], CultureInfo.InvariantCulture);
        }

        return new(measured, classes);
    }

    /// <summary>A day's class.</summary>
    public int ClassOf(int day) => classes[day];

    /// <summary>How often each class occurs in the training part.</summary>
    public int[] TrainingCounts()
    {
        var counts = new int[Kinds.Count];
        foreach (var label in classes.AsSpan(0, Border.Validation))
            counts[label]++;
        return counts;
    }

    /// <summary>
    /// What each day weighs in training, by its class: n / (classes · n of the class) would let all classes weigh alike in sum, and a
    /// single day of snow as much as 18 of sun. Its root stands between that and the share that each has.
    /// </summary>
    public Dictionary<int, double> ClassWeights()
    {
        var counts = TrainingCounts();
        return Enumerable.Range(0, Kinds.Count)
            .ToDictionary(label => label, label => Math.Sqrt(Border.Validation / (double)(Kinds.Count * counts[label])));
    }

    /// <summary>Windows whose next days are the days from <paramref name="first"/> up to <paramref name="end"/>, in their order.</summary>
    public WindowedDataset Windows(int first, int end, bool shuffle)
    {
        const int Timesteps = WeatherClassifier.Timesteps;

        // A window's target stands at its first row, as in Keras.
        var targets = new float[Count];
        for (var day = Timesteps; day < Count; day++)
            targets[day - Timesteps] = classes[day];
        return WindowedDataset.FromArrays(
            Rows(), targets, Timesteps, batchSize: 32, shuffle: shuffle, startIndex: Math.Max(first - Timesteps, 0), endIndex: end - 1);
    }

    /// <summary>Standardised measurements, by the training part's means and deviations, and a one among zeros.</summary>
    private float[,] Rows()
    {
        var rows = new float[Count, Measurements + Kinds.Count];
        for (var column = 0; column < Measurements; column++)
        {
            var known = Enumerable.Range(0, Border.Validation).Select(day => measured[day, column]).ToList();
            var mean = known.Average();
            var deviation = Math.Sqrt(known.Average(value => (value - mean) * (value - mean)));
            for (var day = 0; day < Count; day++)
                rows[day, column] = (float)((measured[day, column] - mean) / deviation);
        }

        for (var day = 0; day < Count; day++)
            rows[day, Measurements + classes[day]] = 1;
        return rows;
    }
}
