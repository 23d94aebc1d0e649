using System.Buffers;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Keras 2's layers <c>CuDNNLSTM</c> and <c>CuDNNGRU</c> as the layers that they compute: an LSTM, and a GRU with <c>ResetAfter</c>, each with
/// tanh and sigmoid. Their weights lie as cuDNN wants them: kernels transposed gate by gate, and two biases one after the other.
/// </summary>
internal static class KerasCudnn
{
    private const string Prefix = "CuDNN";

    /// <summary>A configuration in which those layers stand as LSTM and GRU, with the options that go without saying there.</summary>
    /// <param name="configuration">The JSON; what is none is returned as it is, for who parses it to say so.</param>
    /// <param name="file">The file, for messages.</param>
    /// <param name="allowance">What may be made of the file.</param>
    public static byte[] AsLayers(byte[] configuration, string file, FileAllowance allowance)
    {
        if (configuration.AsSpan().IndexOf("\"CuDNN"u8) < 0)
            return configuration;
        allowance.Take(JsonCost.Of(configuration), file, "its configuration");
        var written = new ArrayBufferWriter<byte>(configuration.Length);
        try
        {
            using var json = new Utf8JsonWriter(written);
            Rewrite(configuration, json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return configuration;
        }

        return written.WrittenSpan.ToArray();
    }

    /// <summary>A layer's weights in Keras's own order, where they lie in cuDNN's; which is told, as in Keras, by the bias.</summary>
    /// <param name="tensors">The layer's weights as the file has them, all of them or those that there are.</param>
    /// <param name="slots">The weights that they are to be, in the same order.</param>
    public static void Convert(List<StoredTensor> tensors, IReadOnlyList<TensorSlot> slots)
    {
        for (var i = 2; i < Math.Min(tensors.Count, slots.Count); i++)
        {
            if (slots[i].Role != TensorRole.Bias || slots[i - 1].Role != TensorRole.RecurrentKernel || slots[i - 2].Role != TensorRole.Kernel)
                continue;
            var (kernel, recurrent, bias) = (tensors[i - 2], tensors[i - 1], tensors[i]);
            var columns = slots[i].Columns;
            var isGru = slots[i].Rows == 2;
            if (bias.Shape is not [var length] || length != 2 * columns || (!isGru && slots[i].Rows != 1)
                || kernel.Shape is not [var inputs, var width] || width != columns || recurrent.Shape is not [var units, var recurrentWidth]
                || recurrentWidth != columns || units == 0 || columns % units != 0
                || kernel.Values is not float[] kernels || recurrent.Values is not float[] recurrents || bias.Values is not float[] biases)
                continue;
            tensors[i - 2] = kernel with { Values = Gates(kernels, inputs, units, columns, (row, unit) => row + (unit * inputs)) };
            tensors[i - 1] = recurrent with { Values = Gates(recurrents, units, units, columns, (row, unit) => (unit * units) + row) };
            tensors[i] = isGru
                ? bias with { Shape = [2, columns] }
                : bias with { Shape = [columns], Values = biases.Take(columns).Zip(biases.Skip(columns), (one, other) => one + other).ToArray() };
        }
    }

    /// <summary>A kernel whose gates, each counted row by row, have their values elsewhere.</summary>
    private static float[] Gates(float[] stored, int rows, int units, int columns, Func<int, int, int> place)
    {
        var values = new float[stored.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var (gate, from) = (column - (column % units), place(row, column % units));
                values[(row * columns) + column] = stored[(from / units * columns) + gate + (from % units)];
            }
        }

        return values;
    }

    private static void Rewrite(byte[] configuration, Utf8JsonWriter json)
    {
        var reader = new Utf8JsonReader(configuration);
        // The class of the object at each depth, as far as it is one of those.
        var classes = new Stack<string?>();
        string? property = null;
        string? ofConfiguration = null;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    property = reader.GetString();
                    json.WritePropertyName(property!);
                    continue;
                case JsonTokenType.StartObject:
                    ofConfiguration = property == "config" && classes.TryPeek(out var own) ? own : null;
                    json.WriteStartObject();
                    WriteImplied(json, ofConfiguration);
                    classes.Push(null);
                    break;
                case JsonTokenType.EndObject:
                    classes.Pop();
                    json.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    json.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    json.WriteEndArray();
                    break;
                case JsonTokenType.String:
                    var text = reader.GetString()!;
                    if (property == "class_name" && IsOfCudnn(text) && classes.TryPop(out _))
                    {
                        text = text[Prefix.Length..];
                        classes.Push(text);
                    }

                    json.WriteStringValue(text);
                    break;
                default:
                    json.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }

            property = null;
        }
    }

    /// <summary>Whether it is cuDNN's form of a layer with gates.</summary>
    private static bool IsOfCudnn(string kind) =>
        kind.StartsWith(Prefix, StringComparison.Ordinal) && KerasLayerKinds.Of(kind[Prefix.Length..])?.Usual is LstmAttribute or GruAttribute;

    private static void WriteImplied(Utf8JsonWriter json, string? kind)
    {
        if (kind is null)
            return;
        json.WriteString("activation", "tanh");
        json.WriteString("recurrent_activation", "sigmoid");
        if (KerasLayerKinds.Is<GruAttribute>(kind))
            json.WriteBoolean("reset_after", true);
    }
}
