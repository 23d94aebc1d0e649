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
            var isOfNumbers = plan.Layers is [{ Kind: "Embedding" }, ..];
            int[] input = isOfNumbers ? [plan.Shape.Timesteps] : [plan.Shape.Timesteps, plan.Shape.Features];
            KerasLayerJson.Begin(json, "keras", "Sequential");
            json.WriteString("name", KerasWriter.ModelName);
            json.WriteBoolean("trainable", true);
            KerasLayerJson.Precision(json);
            json.WriteStartArray("layers");
            WriteInput(json, input);
            var shape = input;
            foreach (var layer in plan.Layers)
            {
                KerasLayerJson.Write(json, layer, plan, shape);
                shape = layer.OutputShape;
            }

            json.WriteEndArray();
            KerasLayerJson.Shape(json, "build_input_shape", input);
            KerasLayerJson.End(json, input);
            WriteCompilation(json, KerasWriter.Training(content));
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteInput(Utf8JsonWriter json, int[] shape)
    {
        KerasLayerJson.Begin(json, "keras.layers", "InputLayer");
        KerasLayerJson.Shape(json, "batch_shape", shape);
        json.WriteString("dtype", "float32");
        json.WriteBoolean("sparse", false);
        json.WriteBoolean("ragged", false);
        json.WriteString("name", "input_layer");
        json.WriteBoolean("optional", false);
        json.WriteEndObject();
        json.WriteNull("registered_name");
        json.WriteEndObject();
    }

    /// <summary>The optimizer where Keras has it as it is here; a loss is the user's to give again, by <c>compile</c>.</summary>
    private static void WriteCompilation(Utf8JsonWriter json, TrainingMetadata? training)
    {
        json.WriteStartObject("compile_config");
        if (training is not null && KerasOptimizer.ClassOf(training) is { } kind)
        {
            json.WritePropertyName("optimizer");
            KerasLayerJson.Begin(json, "keras.optimizers", kind);
            json.WriteString("name", KerasNames.Optimizer(kind));
            json.WriteNumber("learning_rate", training.LearningRate);
            foreach (var (name, value) in training.HyperParameters)
            {
                if (name is "learning_rate")
                    continue;
                if (name is "nesterov" or "centered" or "amsgrad")
                    json.WriteBoolean(name, value != 0);
                else
                    json.WriteNumber(name, value);
            }

            json.WriteEndObject();
            json.WriteNull("registered_name");
            json.WriteEndObject();
            json.WriteNull("loss");
            json.WriteNull("loss_weights");
            json.WriteNull("metrics");
            json.WriteNull("weighted_metrics");
            json.WriteBoolean("run_eagerly", false);
            json.WriteNumber("steps_per_execution", 1);
            json.WriteBoolean("jit_compile", false);
        }

        json.WriteEndObject();
    }
}
