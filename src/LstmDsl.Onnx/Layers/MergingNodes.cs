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
        var mask = appends ? AppendedMasks(graph, inputs) : MaskOf(graph, inputs);
        var name = layer switch
        {
            AddAttribute => InTurn(graph, "Add", names),
            SubtractAttribute => InTurn(graph, "Sub", names),
            MultiplyAttribute => ProductOfCounting(graph, inputs, mask),
            AverageAttribute => graph.Add("Div", [graph.Add("Sum", names), graph.Number("count", names.Length)]),
            MaximumAttribute => inputs.Any(input => input.Mask is not null) ? MaximumOfCounting(graph, inputs) : graph.Add("Max", names),
            ConcatenateAttribute => graph.Add("Concat", names, OnnxAttribute.Of("axis", appends ? Time : -1)),
            _ => throw new NotSupportedException($"The layer is a {layer.Kind}, for which the export has no operators of ONNX."),
        };
        return inputs[0] with { Name = name, Mask = mask };
    }

    /// <summary>Padding leaves a product as it is, and where all are padding there are zeros.</summary>
    private static string ProductOfCounting(OnnxGraph graph, IReadOnlyList<OnnxValue> inputs, string? mask)
    {
        var product = InTurn(graph, "Mul", [.. inputs.Select(input => OnesForPadding(graph, input))]);
        return mask is null ? product : graph.Add("Where", [mask, product, graph.Number("zero", 0)]);
    }

    private static string OnesForPadding(OnnxGraph graph, OnnxValue input) =>
        input.Mask is { } mask ? graph.Add("Where", [mask, input.Name, graph.Number("one", 1)]) : input.Name;

    /// <summary>Padding gives way to the other output, of two that are padding the second to the first; pair by pair, as Keras does.</summary>
    private static string MaximumOfCounting(OnnxGraph graph, IReadOnlyList<OnnxValue> inputs) => inputs.Skip(1).Aggregate(
        inputs[0],
        (largest, input) =>
        {
            var other = input.Mask is { } counts ? graph.Add("Where", [counts, input.Name, largest.Name]) : input.Name;
            var one = largest.Mask is { } mask ? graph.Add("Where", [mask, largest.Name, other]) : largest.Name;
            return largest with { Name = graph.Add("Max", [one, other]), Mask = MaskOf(graph, [largest, input]) };
        }).Name;

    /// <summary>Which timesteps count: those of which one of the outputs says so; all where one of them says nothing.</summary>
    private static string? MaskOf(OnnxGraph graph, IReadOnlyList<OnnxValue> inputs)
    {
        string[] masks = [.. inputs.Select(input => input.Mask).OfType<string>()];
        return masks.Length < inputs.Count ? null : InTurn(graph, "Or", [.. masks.Distinct()]);
    }

    /// <summary>Of timesteps one after the other each its own; all of those of an output that says nothing, where another does.</summary>
    private static string? AppendedMasks(OnnxGraph graph, IReadOnlyList<OnnxValue> inputs)
    {
        if (inputs.Select(input => input.Mask).OfType<string>().FirstOrDefault() is not { } any)
            return null;
        // One timestep of a mask, counted whatever it says, knows how many samples there are.
        var first = graph.Add("Slice", [any, graph.Whole("start", 0), graph.Whole("end", 1), graph.Whole("axis", Time)]);
        var always = graph.Add("Or", [first, graph.Add("Not", [first])]);
        return graph.Add(
            "Concat",
            inputs.Select(input => input.Mask ?? graph.Add("Expand", [always, graph.Whole("shape", 1, input.Timesteps, 1)])),
            OnnxAttribute.Of("axis", Time));
    }

    private static string InTurn(OnnxGraph graph, string operation, string[] names) =>
        names.Skip(1).Aggregate(names[0], (before, name) => graph.Add(operation, [before, name]));
}
