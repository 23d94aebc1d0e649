using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LstmDsl;

/// <summary>The forecasts of a backtest's models so far, and the file that keeps them.</summary>
internal sealed class BacktestRecord
{
    private const int Format = 1;

    // A double takes at most 24 characters and a comma; names and descriptions are short.
    private const long BytesOfNumber = 26, BytesBeside = 1 << 20;

    private readonly List<double[][]> blocks = [];
    private readonly int[] rows;
    private readonly int refitEvery, valuesOfOrigin;
    private readonly (string Name, string Value)[] marks;

    /// <summary>Begins one.</summary>
    public BacktestRecord(ForecastPlan plan, TimeSeries series, int[] rows, int refitEvery, int? trainingRows, int seed)
    {
        (this.rows, this.refitEvery) = (rows, refitEvery);
        var targets = plan.Targets.Select(target => target.Name).ToArray();
        valuesOfOrigin = plan.Horizon * targets.Length * plan.OutputsPerTarget;
        marks =
        [
            ("series", Hash(
                MemoryMarshal.AsBytes(series.Values), string.Join('\n', series.Columns), series.Start?.ToString("O"), series.Step, series.Zone)),
            ("origins", Hash(MemoryMarshal.AsBytes(rows.AsSpan()))),
            ("forecast", FormattableString.Invariant($"{plan.Window} rows, {plan.Horizon} steps, lead {plan.Lead}, {string.Join(", ", targets)}, ")
                + FormattableString.Invariant($"levels {Listed(plan.Levels)}{(plan.HasMean ? ", mean" : "")}")),
            ("training", FormattableString.Invariant(
                $"a model every {refitEvery} origins, {(trainingRows is { } limit ? $"{limit} rows" : "all rows")}, seed {seed}")),
        ];
    }

    /// <summary>The models' name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What the first one says of its inside.</summary>
    public string? Description { get; private set; }

    /// <summary>Of how many models there are forecasts, the first ones.</summary>
    public int Count => blocks.Count;

    /// <summary>What a model forecast from its origins.</summary>
    public double[][] Values(int refit) => blocks[refit];

    /// <summary>Adds what a model forecast.</summary>
    public void Add(string name, string? description, IReadOnlyList<ForecastOutcome> outcomes)
    {
        (Name, Description) = (name, Description ?? description);
        blocks.Add([.. outcomes.Select(outcome => outcome.Forecast.Values.ToArray())]);
    }

    /// <summary>Writes all so far, as a whole or not at all.</summary>
    public void WriteTo(string path) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        foreach (var (name, value) in marks)
            json.WriteString(name, value);
        json.WriteString("model", Name);
        json.WriteString("description", Description);
        json.WriteStartArray("forecasts");
        foreach (var origin in blocks.SelectMany(block => block))
        {
            json.WriteStartArray();
            foreach (var value in origin)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Reads what a run left that was stopped; a file that is not there holds nothing.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or holds another backtest.</exception>
    public void ReadFrom(string path)
    {
        if (!File.Exists(path))
            return;
        var length = new FileInfo(path).Length;
        var most = ((long)rows.Length * ((valuesOfOrigin * BytesOfNumber) + 2)) + BytesBeside;
        if (length > most)
        {
            throw new InvalidDataException(
                $"'{path}' has {NumberText.Whole(length)} bytes; this backtest's forecasts have at most {NumberText.Whole(most)}.");
        }

        try
        {
            using var document = JsonDocument.Parse(WholeFile.Read(path));
            Read(document.RootElement, path);
        }
        catch (Exception fault) when (
            fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            // The second and the third are what an element of another kind and a member that is missing give.
            throw new InvalidDataException($"'{path}' is no file of a backtest's forecasts: {fault.Message} Delete it, or name another.", fault);
        }
    }

    private static string Listed(IEnumerable<double> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static string Hash(ReadOnlySpan<byte> bytes, params ReadOnlySpan<string?> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes);
        foreach (var text in texts)
            hash.AppendData(Encoding.UTF8.GetBytes((text ?? "") + "\0"));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private void Read(JsonElement root, string path)
    {
        var format = root.GetProperty("format").GetInt32();
        if (format != Format)
            throw new InvalidDataException($"'{path}' has the format {format}; {Format} is read. Another version of the library wrote it.");
        foreach (var (name, value) in marks)
        {
            var found = root.GetProperty(name).GetString() ?? "";
            if (found != value)
            {
                throw new InvalidDataException($"'{path}' holds another backtest: its {name} is '{Excerpt.Of(found)}', this one's '{value}'. "
                    + "Delete it to begin anew, or name another file.");
            }
        }

        var forecasts = root.GetProperty("forecasts");
        var count = forecasts.GetArrayLength();
        if (count > rows.Length || (count < rows.Length && count % refitEvery != 0))
            throw new InvalidDataException($"'{path}' holds {count} forecasts, which are no whole blocks of {refitEvery} of {rows.Length} origins.");
        var read = new List<double[]>(count);
        foreach (var origin in forecasts.EnumerateArray())
            read.Add(ReadOrigin(origin, path));
        blocks.AddRange(read.Chunk(refitEvery));
        (Name, Description) = (root.GetProperty("model").GetString() ?? "", root.GetProperty("description").GetString());
    }

    private double[] ReadOrigin(JsonElement origin, string path)
    {
        if (origin.GetArrayLength() != valuesOfOrigin)
            throw new InvalidDataException($"'{path}' holds a forecast of {origin.GetArrayLength()} values; expected {valuesOfOrigin}.");
        var values = new double[valuesOfOrigin];
        var place = 0;
        foreach (var value in origin.EnumerateArray())
        {
            values[place++] = value.GetDouble() is var number && double.IsFinite(number)
                ? number
                : throw new InvalidDataException($"'{path}' holds a value that is no number: {value.GetRawText()}.");
        }

        return values;
    }
}
