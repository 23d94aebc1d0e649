using System.Text.Json;

namespace LstmDsl;

/// <summary>Writes a graph as Keras 3 serialises a <c>Functional</c>.</summary>
/// <param name="json">Takes it.</param>
/// <param name="graph">The graph.</param>
internal sealed class KerasGraphJson(Utf8JsonWriter json, KerasGraph graph)
{
    /// <summary>Keras's name of a model that has none.</summary>
    public const string ModelName = "functional";

    private const string Class = "Functional";

    /// <summary>The operation by which Keras hands the mask of a query on.</summary>
    private const string Conversion = "ConvertToTensor";

    /// <summary>Writes the model, but what it was compiled with; the object is left open.</summary>
    public void Write()
    {
        KerasLayerJson.Begin(json, "keras.src.models.functional", Class);
        json.WriteString("name", ModelName);
        json.WriteBoolean("trainable", true);
        json.WriteStartArray("layers");
        foreach (var node in graph.InFiles())
            WriteNode(node);
        json.WriteEndArray();
        json.WritePropertyName("input_layers");
        if (graph.Inputs is [var only])
            Place(only);
        else
            List(graph.Inputs, Place);
        json.WritePropertyName("output_layers");
        Place(graph.Output);
        json.WriteEndObject();
        json.WriteString("registered_name", Class);
        json.WriteStartObject("build_config");
        json.WriteNull("input_shape");
        json.WriteEndObject();
    }

    private void WriteNode(KerasNode node)
    {
        if (node.Layer is { } layer)
            KerasLayerJson.WriteOpen(json, layer.Plan, graph.Plan, [.. node.Inputs.Select(input => input.Shape)]);
        else if (node.IsOperation)
            WriteOperation(node);
        else
            KerasLayerJson.WriteInputOpen(json, node.Name, graph.Plan, node.Shape);
        json.WriteString("name", node.Name);
        json.WriteStartArray("inbound_nodes");
        if (node.Inputs.Count > 0)
            WriteCall(node);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteOperation(KerasNode node)
    {
        KerasLayerJson.Begin(json, node.Kind == Conversion ? "keras.src.ops.core" : "keras.src.ops.numpy", node.Kind);
        json.WriteString("name", node.Name);
        switch (node.Kind)
        {
            case Conversion:
                json.WriteNull("dtype");
                json.WriteNull("sparse");
                json.WriteNull("ragged");
                break;
            case "Any":
                json.WriteNumber("axis", -1);
                json.WriteBoolean("keepdims", false);
                break;
            case "ExpandDims":
                json.WriteNumber("axis", -1);
                break;
            case "Concatenate":
                json.WriteNumber("axis", (int)node.Number!);
                break;
            case "ZerosLike" or "OnesLike":
                json.WriteString("dtype", "bool");
                break;
        }

        json.WriteEndObject();
        json.WriteString("registered_name", node.Kind);
    }

    private void WriteCall(KerasNode node)
    {
        var encoder = node.Layer is { Plan.Declaration: IRecurrentAttribute { InitialState: not null } } ? node.Inputs[1] : null;
        json.WriteStartObject();
        json.WriteStartArray("args");
        var hasHeads = KerasLayerKinds.HasHeads(node.Kind);
        if (encoder is not null || hasHeads)
        {
            Tensor(node.Inputs[0]);
        }
        else if (node.Kind == "Concatenate" || node.Layer is { Plan.Declaration: MergingAttribute } || KerasLayerKinds.IsAttending(node.Kind))
        {
            List(node.Inputs, Tensor);
        }
        else
        {
            foreach (var input in node.Inputs)
                Tensor(input);
            if (node.Number is { } number)
                WriteNumber(node, number);
        }

        json.WriteEndArray();
        json.WriteStartObject("kwargs");
        if (node.Mask is { } mask)
        {
            json.WritePropertyName("mask");
            Tensor(mask);
        }

        if (encoder is not null)
            WriteStates(encoder);
        if (hasHeads)
        {
            json.WritePropertyName(KerasCall.Value);
            Tensor(node.Inputs[^1]);
        }

        if (hasHeads && node.Inputs.Count > 2)
        {
            json.WritePropertyName(KerasCall.Key);
            Tensor(node.Inputs[1]);
        }

        if (node.Layer is
            {
                Plan.Declaration: AttentionAttribute { Causal: true } or AdditiveAttentionAttribute { Causal: true }
            or MultiHeadAttentionAttribute { Causal: true }
            })
            json.WriteBoolean(KerasLayerKinds.CausalMask, true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The states that a layer ends in, which stand behind its output; one by itself, several as a list.</summary>
    private void WriteStates(KerasNode encoder)
    {
        var plan = encoder.Layer!.Value.Plan;
        var (states, shape) = (plan.States, new[] { ((IRecurrentAttribute)plan.Declaration).Units });
        json.WritePropertyName(KerasLayerKinds.InitialState);
        if (states > 1)
            json.WriteStartArray();
        for (var state = 1; state <= states; state++)
            Tensor(encoder, state, shape);
        if (states > 1)
            json.WriteEndArray();
    }

    /// <summary>What a layer's input is compared with: words are whole numbers, and Keras writes theirs as such.</summary>
    private void WriteNumber(KerasNode node, double number)
    {
        if (node.Inputs[0].Shape.Length == 1)
            json.WriteNumberValue((int)number);
        else
            KerasJson.WriteFloat(json, number);
    }

    private void Tensor(KerasNode node) => Tensor(node, output: 0, node.Shape);

    private void Tensor(KerasNode node, int output, int[] shape)
    {
        json.WriteStartObject();
        json.WriteString("class_name", "__keras_tensor__");
        json.WriteStartObject("config");
        KerasLayerJson.Shape(json, "shape", graph.Plan, shape);
        json.WriteString("dtype", node.IsOperation ? "bool" : "float32");
        json.WritePropertyName("keras_history");
        Place(node, output);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Place(KerasNode node) => Place(node, output: 0);

    /// <summary>An output of the first call of a layer.</summary>
    private void Place(KerasNode node, int output)
    {
        json.WriteStartArray();
        json.WriteStringValue(node.Name);
        json.WriteNumberValue(0);
        json.WriteNumberValue(output);
        json.WriteEndArray();
    }

    private void List(IReadOnlyList<KerasNode> nodes, Action<KerasNode> write)
    {
        json.WriteStartArray();
        foreach (var node in nodes)
            write(node);
        json.WriteEndArray();
    }
}
