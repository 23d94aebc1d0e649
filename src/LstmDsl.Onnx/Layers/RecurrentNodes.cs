namespace LstmDsl;

/// <summary>A recurrent layer, in one direction or both.</summary>
internal static class RecurrentNodes
{
    /// <summary>Writes it: as a standard operator where that can do it, else as a loop.</summary>
    public static OnnxValue Write(OnnxGraph graph, LayerSource layer, IReadOnlyList<OnnxValue> inputs)
    {
        var (input, initial) = (inputs[0], inputs.Count > 1 ? inputs[1].States : null);
        var declared = (IRecurrentAttribute)layer.Declaration;
        RecurrentDirection[] directions = layer.Wrapper is null
            ? [new(layer, declared.GoBackwards)]
            : [new(layer.Inner("forward"), IsReverse: false), new(layer.Inner("backward"), IsReverse: true)];
        var returnSequences = declared.ReturnSequences;
        var isStandard = input.Mask is null && directions[0].Operator is not null
            && directions[0].Activations.All(activation => ActivationNodes.InRecurrence(activation) is not null);
        var given = isStandard
            ? StandardRecurrence.Write(graph, directions, input, returnSequences, initial, layer.GivesStates)
            : [.. directions.Select((direction, i) => ScannedRecurrence.Write(graph, direction, input, returnSequences, initial?[i]))];
        string[] outputs = [.. given.Select(each => each.Output)];

        // The outputs are in the order of time. A bidirectional layer puts them together so; a layer that goes backwards gives the other.
        var name = layer.Wrapper is { } wrapper ? Merged(graph, wrapper.Merge, outputs)
            : directions[0].IsReverse && returnSequences ? Reversed(graph, outputs[0])
            : outputs[0];
        return input with { Name = name, Mask = returnSequences ? input.Mask : null, States = [.. given.Select(each => each.States)] };
    }

    private static string Merged(OnnxGraph graph, Merge merge, string[] outputs) => merge switch
    {
        Merge.Concat => graph.Add("Concat", outputs, OnnxAttribute.Of("axis", -1)),
        Merge.Sum => graph.Add("Add", outputs),
        Merge.Mul => graph.Add("Mul", outputs),
        _ => graph.Add("Mul", [graph.Add("Add", outputs), graph.Number("half", 0.5)]),
    };

    private static string Reversed(OnnxGraph graph, string value) => graph.Add(
        "Slice",
        [value, graph.Whole("starts", -1), graph.Whole("ends", long.MinValue), graph.Whole("axes", 1), graph.Whole("steps", -1)]);
}
