using System.Text.Json;

namespace LstmDsl;

/// <summary>An object as Keras serialises it: a class and the arguments that make it.</summary>
/// <param name="Module">Keras's module: <c>keras.losses</c>.</param>
/// <param name="Class">The class: <c>Huber</c>.</param>
/// <param name="Arguments">
/// Its arguments by Keras's names, all of them; bool, int, long, double, string, long[], double[], another object, or null.
/// </param>
internal sealed record KerasObject(string Module, string Class, IReadOnlyList<(string Name, object? Value)> Arguments)
{
    /// <summary>The name that <c>compile</c> takes for the object as it is without arguments; null for one that needs them.</summary>
    public string? ShortName { get; init; }

    /// <summary>Writes it: by its short name where that says everything.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (ShortName is not null)
        {
            json.WriteStringValue(ShortName);
            return;
        }

        KerasLayerJson.Begin(json, Module, Class);
        foreach (var (name, value) in Arguments)
        {
            json.WritePropertyName(name);
            Write(json, value);
        }

        KerasLayerJson.End(json);
    }

    /// <summary>Writes an argument.</summary>
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                KerasJson.WriteFloat(json, number);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case long[] numbers:
                json.WriteStartArray();
                foreach (var number in numbers)
                    json.WriteNumberValue(number);
                json.WriteEndArray();
                break;
            case double[] numbers:
                json.WriteStartArray();
                foreach (var number in numbers)
                    KerasJson.WriteFloat(json, number);
                json.WriteEndArray();
                break;
            default:
                ((KerasObject)value).Write(json);
                break;
        }
    }
}
