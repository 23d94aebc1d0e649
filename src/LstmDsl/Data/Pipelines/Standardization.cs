using System.Globalization;
using System.Text.Json;

namespace LstmDsl;

/// <summary>Subtracts a column's mean and divides by its scale, the standard deviation: z = (x − mean) / scale.</summary>
public sealed record Standardization : Transform
{
    internal const string KindName = "standardization";

    /// <summary>Takes what was measured on the training part.</summary>
    /// <param name="mean">Each column's mean.</param>
    /// <param name="scale">Each column's scale; positive.</param>
    /// <exception cref="ArgumentException">
    /// The lists differ in length or are empty, or a number is not finite or a scale not positive.
    /// </exception>
    public Standardization(IReadOnlyList<double> mean, IReadOnlyList<double> scale)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(scale);
        if (mean.Count != scale.Count || mean.Count == 0)
        {
            throw new ArgumentException(
                $"Found {Counted.Of(mean.Count, "mean")} and {Counted.Of(scale.Count, "scale")}; "
                + "expected one of each for every column.", nameof(scale));
        }
        for (var i = 0; i < mean.Count; i++)
        {
            if (!double.IsFinite(mean[i]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"The mean of column {i} is {mean[i]}; expected a finite number."), nameof(mean));
            }
            if (!double.IsFinite(scale[i]) || scale[i] <= 0)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"The scale of column {i} is {scale[i]}; expected a positive, finite number."), nameof(scale));
            }
        }
        Mean = [.. mean];
        Scale = [.. scale];
    }

    /// <summary>Each column's mean.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>Each column's scale: its population standard deviation, or 1 where it is constant or stays as it is.</summary>
    public IReadOnlyList<double> Scale { get; }

    internal override string Kind => KindName;

    internal override int ColumnCount => Mean.Count;

    internal override double Apply(int column, double value) => (value - Mean[column]) / Scale[column];

    internal override double Invert(int column, double value) => value * Scale[column] + Mean[column];

    internal override string? FirstDifference(Transform other, IReadOnlyList<string> columns)
    {
        var that = (Standardization)other;
        for (var i = 0; i < Mean.Count; i++)
        {
            if (Mean[i] != that.Mean[i])
            {
                return FormattableString.Invariant($"the mean of column '{columns[i]}' is {Mean[i]}, the other's {that.Mean[i]}");
            }
            if (Scale[i] != that.Scale[i])
            {
                return FormattableString.Invariant($"the scale of column '{columns[i]}' is {Scale[i]}, the other's {that.Scale[i]}");
            }
        }
        return null;
    }

    internal override string Describe(int column) => Mean[column] == 0 && Scale[column] == 1
        ? "as it is"
        : $"standardised, mean {TimeSeriesText.Number(Mean[column])}, scale {TimeSeriesText.Number(Scale[column])}";

    internal override void WriteMembers(Utf8JsonWriter writer)
    {
        WriteNumbers(writer, "mean", Mean);
        WriteNumbers(writer, "scale", Scale);
    }

    /// <summary>Equal where every number is.</summary>
    public bool Equals(Standardization? other) => other is not null && Mean.SequenceEqual(other.Mean) && Scale.SequenceEqual(other.Scale);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var mean in Mean) hash.Add(mean);
        foreach (var scale in Scale) hash.Add(scale);
        return hash.ToHashCode();
    }

    /// <summary>The numbers, in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"standardization, mean ({string.Join(", ", Mean.Select(TimeSeriesText.Number))}), "
        + $"scale ({string.Join(", ", Scale.Select(TimeSeriesText.Number))})");

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IReadOnlyList<double> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers) writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
