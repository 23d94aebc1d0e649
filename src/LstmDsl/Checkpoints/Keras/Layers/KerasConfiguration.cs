using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Writes Keras 3's <c>config.json</c>: the layers with their options, and how the model was compiled.</summary>
internal static class KerasConfiguration
{
    /// <summary>The JSON, in UTF-8.</summary>
    /// <exception cref="ArgumentException">Keras would compute another model.</exception>
    public static byte[] Write(CheckpointContent content, ModelPlan plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            if (plan.IsSequential)
                WriteSequential(json, plan);
            else
                WriteFunctional(json, KerasGraph.Of(plan));
            KerasCompilation.Write(json, content.Trainer);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteFunctional(Utf8JsonWriter json, KerasGraph graph)
    {
        if (KerasLostMasks.Of(graph) is { } reason)
            throw new ArgumentException($"A .keras file cannot hold {graph.Plan.Name}: {reason}. Save it as .safetensors or .weights.h5.");
        new KerasGraphJson(json, graph).Write();
    }

    private static void WriteSequential(Utf8JsonWriter json, ModelPlan plan)
    {
        var nodes = KerasGraph.Of(plan).BehindSources();
        var input = nodes[0];
        KerasLayerJson.Begin(json, "keras", "Sequential");
        json.WriteString("name", KerasWriter.ModelName);
        json.WriteBoolean("trainable", true);
        KerasLayerJson.Precision(json);
        json.WriteStartArray("layers");
        KerasLayerJson.WriteInputOpen(json, input.Name, plan, input.Shape);
        json.WriteEndObject();
        foreach (var node in nodes.Skip(1))
        {
            KerasLayerJson.WriteOpen(json, node.Layer!.Value.Plan, plan, [node.Inputs[0].Shape]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        KerasLayerJson.Shape(json, "build_input_shape", plan, input.Shape);
        KerasLayerJson.EndBuilt(json, plan, [input.Shape]);
    }
}
