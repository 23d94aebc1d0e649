using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Writes one layer as Keras 3 serialises it: its options as declared, those that we do not have at Keras's defaults.</summary>
internal static class KerasLayerJson
{
    /// <summary>Writes a layer; the object is left open.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="plan">The model, whose tensors say how weights start and what their size costs.</param>
    /// <param name="inputShapes">Shapes of one sample's inputs.</param>
    public static void WriteOpen(Utf8JsonWriter json, LayerPlan layer, ModelPlan plan, int[][] inputShapes)
    {
        // The shape of the states that it begins with stands apart.
        var begins = layer.Declaration is IRecurrentAttribute { InitialState: not null };
        inputShapes = begins ? inputShapes[..1] : inputShapes;
        if (layer.IsTimeDistributed)
        {
            WriteTimeDistributedOpen(json, layer, plan, inputShapes[0]);
            return;
        }

        if (layer.Wrapper is not { } wrapper)
        {
            WriteOptionsOpen(json, layer.Declaration, layer.Name, plan, $"{layer.Name}.", isBackward: null);
            if (begins)
                EndBegun(json, layer, plan, inputShapes[0]);
            else if (layer.Declaration is MultiHeadAttentionAttribute)
                EndAttending(json, plan, inputShapes);
            else if (KerasLayerKinds.Of(layer.Declaration) is { IsBuiltAtOnce: true })
                EndOptions(json);
            else
                EndBuilt(json, plan, inputShapes);
            return;
        }

        Begin(json, "keras.layers", layer.Kind);
        Head(json, layer.Name, layer.Declaration);
        json.WriteString("merge_mode", KerasNames.Snake(wrapper.Merge.ToString()));
        foreach (var (member, direction) in new[] { ("layer", "forward"), ("backward_layer", "backward") })
        {
            json.WritePropertyName(member);
            WriteOptionsOpen(
                json, layer.Declaration, $"{direction}_{KerasNames.Snake(layer.Declaration.Kind)}", plan, $"{layer.Name}.{direction}.",
                isBackward: direction == "backward");
            EndBuilt(json, plan, inputShapes);
            json.WriteEndObject();
        }

        if (begins)
            EndBegun(json, layer, plan, inputShapes[0]);
        else
            EndBuilt(json, plan, inputShapes);
    }

    /// <summary>Writes an input; the object is left open.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="plan">The model.</param>
    /// <param name="shape">Shape of one sample.</param>
    public static void WriteInputOpen(Utf8JsonWriter json, string name, ModelPlan plan, int[] shape)
    {
        Begin(json, "keras.layers", KerasNode.InputKind);
        Shape(json, "batch_shape", plan, shape);
        json.WriteString("dtype", "float32");
        json.WriteBoolean("sparse", false);
        json.WriteBoolean("ragged", false);
        json.WriteString("name", name);
        json.WriteBoolean("optional", false);
        EndOptions(json);
    }

    /// <summary>Begins an object of a class, and within it its configuration.</summary>
    public static void Begin(Utf8JsonWriter json, string module, string kind)
    {
        json.WriteStartObject();
        json.WriteString("module", module);
        json.WriteString("class_name", kind);
        json.WriteStartObject("config");
    }

    /// <summary>Ends the configuration and the object.</summary>
    public static void End(Utf8JsonWriter json)
    {
        EndOptions(json);
        json.WriteEndObject();
    }

    /// <summary>Ends the configuration and says with what shapes it was built, of one input or of several; the object is left open.</summary>
    public static void EndBuilt(Utf8JsonWriter json, ModelPlan plan, int[][] inputShapes)
    {
        EndOptions(json);
        json.WriteStartObject("build_config");
        json.WritePropertyName("input_shape");
        if (inputShapes is [var only])
        {
            Shape(json, plan, only);
        }
        else
        {
            json.WriteStartArray();
            foreach (var shape in inputShapes)
                Shape(json, plan, shape);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>A shape with a batch that is free, or has the size that stateful layers need.</summary>
    public static void Shape(Utf8JsonWriter json, string name, ModelPlan plan, int[] shape)
    {
        json.WritePropertyName(name);
        Shape(json, plan, shape);
    }

    /// <summary>Weights and results are floats.</summary>
    public static void Precision(Utf8JsonWriter json)
    {
        json.WritePropertyName("dtype");
        Begin(json, "keras", "DTypePolicy");
        json.WriteString("name", "float32");
        End(json);
    }

    private static void Shape(Utf8JsonWriter json, ModelPlan plan, int[] shape)
    {
        json.WriteStartArray();
        if (plan.BatchSize > 0)
            json.WriteNumberValue(plan.BatchSize);
        else
            json.WriteNullValue();
        foreach (var size in shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
    }

    private static void EndOptions(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteNull("registered_name");
    }

    private static void Head(Utf8JsonWriter json, string name, LayerAttribute layer)
    {
        json.WriteString("name", name);
        if (KerasLayerKinds.Of(layer) is not { SaysTrainable: false })
            json.WriteBoolean("trainable", layer.Trainable);
        Precision(json);
    }

    /// <summary>Writes a layer within the one that runs it at each timestep; the object is left open.</summary>
    private static void WriteTimeDistributedOpen(Utf8JsonWriter json, LayerPlan layer, ModelPlan plan, int[] inputShape)
    {
        Begin(json, "keras.layers", layer.Kind);
        Head(json, layer.Name, layer.Declaration);
        json.WritePropertyName("layer");
        WriteOptionsOpen(
            json, layer.Declaration, KerasNames.Snake(KerasActivation.Class(layer.Declaration)), plan, $"{layer.Name}.", isBackward: null);
        if (KerasLayerKinds.Of(layer.Declaration) is { IsBuiltAtOnce: true })
            EndOptions(json);
        else
            EndBuilt(json, plan, [inputShape[1..]]);
        json.WriteEndObject();
        EndBuilt(json, plan, [inputShape]);
    }

    /// <summary>Ends the configuration of a layer with several heads: of a query, of keys, where they are not the values, and of values.</summary>
    private static void EndAttending(Utf8JsonWriter json, ModelPlan plan, int[][] inputShapes)
    {
        EndOptions(json);
        json.WriteStartObject("build_config");
        json.WriteStartObject("shapes_dict");
        Shape(json, "query_shape", plan, inputShapes[0]);
        Shape(json, "value_shape", plan, inputShapes[^1]);
        if (inputShapes.Length > 2)
            Shape(json, "key_shape", plan, inputShapes[1]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Ends the configuration of a layer that begins with another's states; the object is left open.</summary>
    private static void EndBegun(Utf8JsonWriter json, LayerPlan layer, ModelPlan plan, int[] inputShape)
    {
        EndOptions(json);
        json.WriteStartObject("build_config");
        json.WriteStartObject("shapes_dict");
        Shape(json, "sequences_shape", plan, inputShape);
        json.WritePropertyName("initial_state_shape");
        var states = layer.States;
        if (states > 1)
            json.WriteStartArray();
        for (var state = 0; state < states; state++)
            Shape(json, plan, [((IRecurrentAttribute)layer.Declaration).Units]);
        if (states > 1)
            json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes a layer's options; the object that holds them is left open.</summary>
    private static void WriteOptionsOpen(
        Utf8JsonWriter json, LayerAttribute layer, string name, ModelPlan plan, string prefix, bool? isBackward)
    {
        var written = KerasActivation.Class(layer);
        Begin(json, "keras.layers", written);
        Head(json, name, layer);
        // A layer that Keras does not have is refused before, unless it is without weights.
        var kind = KerasLayerKinds.Of(layer) ?? new(layer, []);
        var givesStates = layer is IRecurrentAttribute && plan.GivesStates(prefix.Split('.')[0]);
        WriteOptions(json, layer, kind, written == KerasActivation.LeakyLayer, givesStates, isBackward);
        foreach (var (member, role) in kind.Weights)
        {
            var slot = plan.Tensors.FirstOrDefault(slot => slot.Role == role && slot.Name.StartsWith(prefix, StringComparison.Ordinal));
            KerasWeightJson.Write(json, member, role, slot);
        }
    }

    private static void WriteOptions(Utf8JsonWriter json, LayerAttribute layer, KerasLayerKind kind, bool isLeaky, bool givesStates, bool? isBackward)
    {
        var said = new HashSet<string>();
        foreach (var option in kind.Written)
        {
            if ((option.IsWrittenWhereDeclared && !option.IsDeclared(layer)) || (isLeaky && option.Name == KerasActivation.Option))
                continue;
            said.Add(option.Name);
            if (option.Name == "go_backwards" && isBackward is { } backward)
                json.WriteBoolean(option.Name, backward);
            else
                option.Write(json, layer);
        }

        if (layer is IActivityAttribute activity && (activity.ActivityL1 != 0 || activity.ActivityL2 != 0))
        {
            said.Add(KerasLayerKinds.ActivityRegularizer);
            KerasWeightJson.Regularizer(json, KerasLayerKinds.ActivityRegularizer, activity.ActivityL1, activity.ActivityL2);
        }

        foreach (var (member, value) in kind.Others)
        {
            if (said.Contains(member))
                continue;
            // Keras itself sets this where both directions give sequences, so that what is masked is 0 in either.
            var isZeroed = member == KerasLayerKinds.ZeroOutputForMask && isBackward is not null
                && layer is IRecurrentAttribute { ReturnSequences: true };
            json.WritePropertyName(member);
            json.WriteRawValue(isZeroed || (givesStates && member == KerasLayerKinds.ReturnState) ? "true" : value);
        }
    }
}
