using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Writes Keras 3's <c>config.json</c>: the layers with their options, and how the model was compiled.</summary>
internal static class KerasConfiguration
{
    /// <summary>The JSON, in UTF-8.</summary>
    public static byte[] Write(CheckpointContent content, ModelPlan plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var isOfNumbers = plan.Layers is [{ Declaration: EmbeddingAttribute }, ..];
            int[] input = isOfNumbers ? [plan.Shape.Timesteps] : [plan.Shape.Timesteps, plan.Shape.Features];
            KerasLayerJson.Begin(json, "keras", "Sequential");
            json.WriteString("name", KerasWriter.ModelName);
            json.WriteBoolean("trainable", true);
            KerasLayerJson.Precision(json);
            json.WriteStartArray("layers");
            WriteInput(json, plan, input);
            var shape = input;
            foreach (var layer in plan.Layers)
            {
                KerasLayerJson.Write(json, layer, plan, shape);
                shape = layer.OutputShape;
            }

            json.WriteEndArray();
            KerasLayerJson.Shape(json, "build_input_shape", plan, input);
            KerasLayerJson.EndBuilt(json, plan, input);
            KerasCompilation.Write(json, content.Trainer);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteInput(Utf8JsonWriter json, ModelPlan plan, int[] shape)
    {
        KerasLayerJson.Begin(json, "keras.layers", "InputLayer");
        KerasLayerJson.Shape(json, "batch_shape", plan, shape);
        json.WriteString("dtype", "float32");
        json.WriteBoolean("sparse", false);
        json.WriteBoolean("ragged", false);
        json.WriteString("name", "input_layer");
        json.WriteBoolean("optional", false);
        KerasLayerJson.End(json);
    }
}
