using System.Globalization;
using System.Text.Json;

namespace LstmDsl;

/// <summary>An option of a class of Keras, and how it is declared here.</summary>
/// <param name="Name">Keras's name of it: <c>use_bias</c>.</param>
/// <param name="Property">The property of the attribute: <c>UseBias</c>; empty where it is an argument by its place.</param>
/// <param name="Value">
/// What a declaration says of it: a bool, a whole or a real number, an enumeration's member, or a list of numbers, empty for Keras's None.
/// </param>
/// <param name="Default">What it is unless it is declared.</param>
internal sealed record KerasOption(string Name, string Property, Func<LayerAttribute, object> Value, object Default)
{
    /// <summary>Characters that a table shows of a value.</summary>
    private const int LongestValue = 80;

    /// <summary>Whether every declaration says it.</summary>
    public bool IsSize => Property.Length == 0;

    /// <summary>The option whose value is the default; null where the default is a value of its own.</summary>
    public string? Same { get; init; }

    /// <summary>What a table shows where a layer does not have the option.</summary>
    public string Absent => IsSize ? "?" : Same ?? Text(Default);

    /// <summary>Whether Keras writes a list, of one number for each axis that a window slides along.</summary>
    public bool IsOfAxes { get; init; }

    /// <summary>Whether it is written only where it is declared, so that Keras's own default stands among the class's other options.</summary>
    public bool IsWrittenWhereDeclared { get; init; }

    /// <summary>Whether a declaration says more than that it is as usual.</summary>
    public bool IsDeclared(LayerAttribute layer) => Text(Value(layer)) != Text(Default);

    /// <summary>Writes what a declaration says.</summary>
    public void Write(Utf8JsonWriter json, LayerAttribute layer)
    {
        json.WritePropertyName(Name);
        switch (Value(layer))
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number when IsOfAxes:
                json.WriteStartArray();
                json.WriteNumberValue(number);
                json.WriteEndArray();
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case int[] axes:
                json.WriteStartArray();
                Array.ForEach(axes, json.WriteNumberValue);
                json.WriteEndArray();
                break;
            case double number:
                KerasJson.WriteFloat(json, number);
                break;
            case double[] { Length: 0 }:
                json.WriteNullValue();
                break;
            case double[] and [var only]:
                KerasJson.WriteFloat(json, only);
                break;
            case double[] numbers:
                json.WriteStartArray();
                Array.ForEach(numbers, number => KerasJson.WriteFloat(json, number));
                json.WriteEndArray();
                break;
            case var choice:
                json.WriteStringValue(Text(choice));
                break;
        }
    }

    /// <summary>A value as one reads it in Keras: <c>hard_sigmoid</c>, <c>0.5</c>, <c>[1, 2]</c>.</summary>
    public static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        int[] and [var only] => Text(only),
        int[] axes => $"[{string.Join(", ", axes)}]",
        double number => KerasJson.Shortest(number),
        double[] { Length: 0 } => "null",
        double[] and [var only] => Text(only),
        double[] numbers => Excerpt.Of($"[{string.Join(", ", numbers.Select(KerasJson.Shortest))}]", LongestValue),
        _ => KerasNames.Snake(value.ToString()!),
    };

    /// <summary>A value as C# writes it; nothing for an empty list.</summary>
    public static string Code(object value) => value switch
    {
        bool or int or double => Text(value),
        double[] => "",
        _ => $"{value.GetType().Name}.{value}",
    };
}
