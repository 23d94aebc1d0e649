using Onnx;
using Element = Onnx.TensorProto.Types.DataType;

namespace LstmDsl;

/// <summary>
/// A recurrent layer as a Scan over the timesteps, for what the standard operators cannot do: a mask carries the state over a timestep
/// that does not count, and activations are free.
/// </summary>
internal static class ScannedRecurrence
{
    private const int Time = 1;

    /// <summary>Writes one direction.</summary>
    /// <param name="graph">Takes it.</param>
    /// <param name="direction">The direction.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="returnSequences">Whether it gives every timestep.</param>
    /// <param name="initial">The states that it begins with; null for zeros.</param>
    /// <returns>What it gives: (batch, timesteps, units) in the order of time, or the last, (batch, units); and the states that it ends in.</returns>
    public static (string Output, string[] States) Write(
        OnnxGraph graph, RecurrentDirection direction, OnnxValue input, bool returnSequences, string[]? initial)
    {
        var (units, columns, isLstm) = (direction.Units, direction.Gates * direction.Units, direction.Gates == 4);
        var product = graph.Add("MatMul", [input.Name, graph.Tensor("kernel", direction.Kernel, input.Width, columns)]);
        if (direction.Bias is { } bias)
            product = graph.Add("Add", [product, graph.Vector("bias", bias.AsSpan(0, columns))]);

        List<string> inputs = [.. initial ?? Enumerable.Repeat(Zeros(graph, product, units), isLstm ? 2 : 1), product];
        if (input.Mask is not null)
            inputs.Add(input.Mask);
        List<string> outputs = [graph.NewName("last")];
        if (isLstm)
            outputs.Add(graph.NewName("cell"));
        if (returnSequences)
            outputs.Add(graph.NewName("all"));

        var scanned = input.Mask is null ? 1 : 2;
        var reverse = direction.IsReverse ? 1L : 0;
        List<AttributeProto> attributes =
        [
            OnnxAttribute.Of("body", Body(graph, direction, input.Mask is not null, returnSequences)),
            OnnxAttribute.Of("num_scan_inputs", scanned),
            OnnxAttribute.Of("scan_input_axes", Enumerable.Repeat((long)Time, scanned)),
            OnnxAttribute.Of("scan_input_directions", Enumerable.Repeat(reverse, scanned)),
        ];
        if (returnSequences)
        {
            attributes.Add(OnnxAttribute.Of("scan_output_axes", [Time]));
            attributes.Add(OnnxAttribute.Of("scan_output_directions", [reverse]));
        }

        graph.AddNode("Scan", inputs, outputs, attributes);
        return (returnSequences ? outputs[^1] : outputs[0], [.. outputs.Take(isLstm ? 2 : 1)]);
    }

    /// <summary>The state before the first timestep, (batch, units).</summary>
    private static string Zeros(OnnxGraph graph, string sequence, int units)
    {
        var batch = graph.Add("Shape", [sequence], OnnxAttribute.Of("start", 0), OnnxAttribute.Of("end", 1));
        var shape = graph.Add("Concat", [batch, graph.Whole("units", units)], OnnxAttribute.Of("axis", 0));
        return graph.Add("ConstantOfShape", [shape]);
    }

    private static OnnxGraph Body(OnnxGraph graph, RecurrentDirection direction, bool isMasked, bool returnSequences)
    {
        var (units, columns) = (direction.Units, direction.Gates * direction.Units);
        var body = graph.Body("step");
        var before = body.AddBodyInput("state_before", Element.Float, units);
        var cellBefore = direction.Gates == 4 ? body.AddBodyInput("cell_before", Element.Float, units) : "";
        var product = body.AddBodyInput("product", Element.Float, columns);
        var counts = isMasked ? body.AddBodyInput("counts", Element.Bool, 1) : null;

        var cell = new ScannedCell(body, direction, product, before);
        var (state, newCell) = direction.Gates switch
        {
            4 => cell.Lstm(cellBefore),
            3 => (direction.ResetAfter ? cell.GruResetAfter() : cell.GruResetBefore(), ""),
            2 => (cell.MinGru(), ""),
            _ => (cell.SimpleRnn(), ""),
        };
        if (counts is not null)
        {
            state = body.Add("Where", [counts, state, before]);
            if (cellBefore.Length > 0)
                newCell = body.Add("Where", [counts, newCell, cellBefore]);
        }

        body.AddBodyOutput("state", state, units);
        if (cellBefore.Length > 0)
            body.AddBodyOutput("new_cell", newCell, units);
        if (returnSequences)
            body.AddBodyOutput("given", state, units);
        return body;
    }
}
