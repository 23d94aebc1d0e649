using System.Text.Json;

namespace LstmDsl;

/// <summary>Writes Keras's <c>compile_config</c>: what <c>model.compile</c> was told.</summary>
internal static class KerasCompilation
{
    /// <summary>Writes it; empty for a model that is in no trainer.</summary>
    public static void Write(Utf8JsonWriter json, TrainerCheckpoint? trainer)
    {
        json.WriteStartObject("compile_config");
        if (trainer is not null)
        {
            json.WritePropertyName("optimizer");
            KerasOptimizer.Describe(trainer.Optimizer, trainer.LearningRate).Write(json);
            json.WritePropertyName("loss");
            KerasObject.Write(json, trainer.Loss is { } loss ? KerasLossObject.Of(loss) : null);
            json.WriteNull("loss_weights");
            Write(json, "metrics", trainer.Metrics);
            Write(json, "weighted_metrics", trainer.WeightedMetrics);
            json.WriteBoolean("run_eagerly", false);
            json.WriteNumber("steps_per_execution", 1);
            json.WriteBoolean("jit_compile", false);
        }

        json.WriteEndObject();
    }

    /// <summary>Metrics that Keras does not have are left out, so that it can load the rest.</summary>
    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Metric> metrics)
    {
        List<KerasObject> known = [.. metrics.Select(KerasMetricObject.Of).OfType<KerasObject>()];
        if (known.Count == 0)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (var metric in known)
            metric.Write(json);
        json.WriteEndArray();
    }
}
