using System.Text.Json;

namespace LstmDsl;

/// <summary>Reads pipelines as the first version wrote them: names of columns, and standardisations of all of them, one after the other.</summary>
internal static class PipelineJsonVersion1
{
    private const string Standardization = "standardization";

    /// <summary>The pipeline.</summary>
    public static Pipeline Read(JsonElement json)
    {
        var names = PipelineJson.ReadNames(json, "columns");
        ArraySeries.CheckColumns(names);
        var targets = PipelineJson.ReadNames(json, "targets");
        if (targets.FirstOrDefault(target => !names.Contains(target, StringComparer.Ordinal)) is { } unknown)
            throw new ArgumentException($"The target '{unknown}' is no column; the columns are {ColumnNames.Listed(names)}.");
        double[] mean = new double[names.Length], scale = [.. Enumerable.Repeat(1.0, names.Length)];
        foreach (var item in PipelineJson.Member(json, "transforms", JsonValueKind.Array).EnumerateArray()) Join(item, mean, scale);
        var scalings = new Dictionary<string, ColumnScaling>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            if (mean[i] != 0 || scale[i] != 1) scalings.Add(names[i], new ColumnScaling(Scaling.Standard, mean[i], scale[i]));
        }
        // Files from before sequences had targets of their own do not say so.
        var sequences = json.TryGetProperty("sequence_targets", out _) && PipelineJson.ReadFlag(json, "sequence_targets");
        return new Pipeline(names, targets, PipelineJson.ReadCount(json, "timesteps"), PipelineJson.ReadCount(json, "sampling_rate"),
            PipelineJson.ReadCount(json, "horizon"), PipelineJson.ReadText(json, "time_step"), PipelineJson.ReadText(json, "unit"),
            scalings, sequences);
    }

    // ((x − m) / s − m₂) / s₂ = (x − (m + s·m₂)) / (s·s₂). Data sets wrote one, which this leaves as it is, bit for bit.
    private static void Join(JsonElement json, double[] mean, double[] scale)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"The pipeline's transform is {PipelineJson.Shown(json)}; expected a JSON object.");
        var kind = PipelineJson.Text(PipelineJson.Member(json, "kind", JsonValueKind.String), "kind");
        if (kind != Standardization)
        {
            throw new InvalidDataException(
                $"The pipeline's transform '{kind}' is not known; known is '{Standardization}'. A newer version may have written the file.");
        }
        double[] means = PipelineJson.ReadNumbers(json, "mean"), scales = PipelineJson.ReadNumbers(json, "scale");
        if (means.Length != scales.Length || means.Length == 0)
        {
            throw new ArgumentException(
                $"Found {Counted.Of(means.Length, "mean")} and {Counted.Of(scales.Length, "scale")}; expected one of each for every column.");
        }
        if (means.Length != mean.Length)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The {kind} is for {Counted.Of(means.Length, "column")}; the number of columns is {mean.Length}."));
        }
        for (var i = 0; i < means.Length; i++)
        {
            if (!double.IsFinite(means[i]))
                throw new ArgumentException(FormattableString.Invariant($"The mean of column {i} is {means[i]}; expected a finite number."));
            if (!double.IsFinite(scales[i]) || scales[i] <= 0)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The scale of column {i} is {scales[i]}; expected a positive, finite number."));
            }
            mean[i] += scale[i] * means[i];
            scale[i] *= scales[i];
        }
    }
}
