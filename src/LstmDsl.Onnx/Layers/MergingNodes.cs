namespace LstmDsl;

/// <summary>Makes one output of several.</summary>
internal static class MergingNodes
{
    private const int Time = 1;

    /// <summary>Puts outputs together, in this order.</summary>
    public static OnnxValue Write(OnnxGraph graph, MergingAttribute layer, IReadOnlyList<OnnxValue> inputs)
    {
        string[] names = [.. inputs.Select(input => input.Name)];
        var appends = layer is ConcatenateAttribute { Axis: Time };
        var name = layer switch
        {
            AddAttribute => InTurn(graph, "Add", names),
            SubtractAttribute => InTurn(graph, "Sub", names),
            MultiplyAttribute => InTurn(graph, "Mul", names),
            AverageAttribute => graph.Add("Div", [graph.Add("Sum", names), graph.Number("count", names.Length)]),
            MaximumAttribute => graph.Add("Max", names),
            ConcatenateAttribute => graph.Add("Concat", names, OnnxAttribute.Of("axis", appends ? Time : -1)),
            _ => throw new NotSupportedException($"The layer is a {layer.Kind}, for which the export has no operators of ONNX."),
        };
        return inputs[0] with { Name = name, Mask = MaskOf(graph, inputs, appends) };
    }

    /// <summary>
    /// Which timesteps count: where outputs say so, those that one of them says, or, of timesteps one after the other, each its own; all where
    /// one of the outputs says nothing.
    /// </summary>
    private static string? MaskOf(OnnxGraph graph, IReadOnlyList<OnnxValue> inputs, bool appends)
    {
        string[] masks = [.. inputs.Select(input => input.Mask).OfType<string>()];
        if (masks.Length < inputs.Count)
            return null;
        return appends ? graph.Add("Concat", masks, OnnxAttribute.Of("axis", Time)) : InTurn(graph, "Or", [.. masks.Distinct()]);
    }

    private static string InTurn(OnnxGraph graph, string operation, string[] names) =>
        names.Skip(1).Aggregate(names[0], (before, name) => graph.Add(operation, [before, name]));
}
