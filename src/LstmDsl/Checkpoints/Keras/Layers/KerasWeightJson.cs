using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Writes how a layer's weights start and what their size costs, as Keras 3 serialises it.</summary>
internal static class KerasWeightJson
{
    /// <summary>Writes initializer, regularizer and constraint of a weight; one that the layer does without has Keras's defaults.</summary>
    public static void Write(Utf8JsonWriter json, string name, TensorRole role, TensorSlot? slot)
    {
        Initializer(json, $"{name}_initializer", slot?.Initializer ?? new Initializer(role == TensorRole.Gamma ? Init.Ones : Init.Zeros));
        if (role is TensorRole.MovingMean or TensorRole.MovingVariance)
            return;
        var regularizer = slot?.Regularizer ?? default;
        Regularizer(json, $"{name}_regularizer", regularizer.L1, regularizer.L2);
        Constrain(json, $"{name}_constraint", slot?.Constraint ?? default);
    }

    /// <summary>Writes a regularizer, or null where it costs nothing.</summary>
    public static void Regularizer(Utf8JsonWriter json, string name, double l1, double l2)
    {
        if (l1 == 0 && l2 == 0)
        {
            json.WriteNull(name);
            return;
        }

        json.WritePropertyName(name);
        KerasLayerJson.Begin(json, "keras.regularizers", "L1L2");
        KerasJson.WriteFloat(json, "l1", l1);
        KerasJson.WriteFloat(json, "l2", l2);
        KerasLayerJson.End(json);
    }

    private static void Constrain(Utf8JsonWriter json, string name, WeightConstraint constraint)
    {
        if (constraint.Kind == Constraint.None)
        {
            json.WriteNull(name);
            return;
        }

        json.WritePropertyName(name);
        KerasLayerJson.Begin(json, "keras.constraints", constraint.Kind.ToString());
        if (constraint.Kind == Constraint.MinMaxNorm)
            KerasJson.WriteFloat(json, "min_value", constraint.MinNorm);
        if (constraint.Kind is Constraint.MaxNorm or Constraint.MinMaxNorm)
            KerasJson.WriteFloat(json, "max_value", constraint.MaxNorm);
        if (constraint.Kind == Constraint.MinMaxNorm)
            KerasJson.WriteFloat(json, "rate", constraint.Rate);
        if (constraint.Kind != Constraint.NonNeg)
            json.WriteNumber("axis", constraint.Axis);
        KerasLayerJson.End(json);
    }

    private static void Initializer(Utf8JsonWriter json, string name, Initializer initializer)
    {
        var kind = initializer.Kind switch
        {
            Init.Orthogonal => "Orthogonal",
            Init.Identity => "Identity",
            _ => initializer.Kind.ToString(),
        };
        json.WritePropertyName(name);
        KerasLayerJson.Begin(json, "keras.initializers", kind);
        switch (initializer.Kind)
        {
            case Init.Zeros or Init.Ones:
                break;
            case Init.Constant:
                KerasJson.WriteFloat(json, "value", initializer.Value);
                break;
            case Init.Identity:
                KerasJson.WriteFloat(json, "gain", initializer.Gain);
                break;
            case Init.Orthogonal:
                json.WriteNull("seed");
                KerasJson.WriteFloat(json, "gain", initializer.Gain);
                break;
            case Init.RandomUniform:
                json.WriteNull("seed");
                KerasJson.WriteFloat(json, "minval", initializer.MinValue);
                KerasJson.WriteFloat(json, "maxval", initializer.MaxValue);
                break;
            case Init.RandomNormal or Init.TruncatedNormal:
                json.WriteNull("seed");
                KerasJson.WriteFloat(json, "mean", initializer.Mean);
                KerasJson.WriteFloat(json, "stddev", initializer.StdDev);
                break;
            default:
                json.WriteNull("seed");
                if (initializer.Kind == Init.VarianceScaling)
                {
                    KerasJson.WriteFloat(json, "scale", initializer.Scale);
                    json.WriteString("mode", KerasNames.Snake(initializer.Mode.ToString()));
                    json.WriteString("distribution", KerasNames.Snake(initializer.Distribution.ToString()));
                }

                json.WriteNull("input_axes");
                json.WriteNull("output_axes");
                break;
        }

        KerasLayerJson.End(json);
    }
}
