using Onnx;

namespace LstmDsl;

/// <summary>
/// The operators LSTM, GRU and RNN. They have transposed kernels, gates in another order, and two biases: of the input and of the state.
/// </summary>
internal static class StandardRecurrence
{
    /// <summary>Writes the directions as one operator.</summary>
    /// <param name="graph">Takes it.</param>
    /// <param name="directions">The directions.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="returnSequences">Whether it gives every timestep.</param>
    /// <param name="initial">The states that each direction begins with; null for zeros.</param>
    /// <param name="givesStates">Whether somebody asks for the states that it ends in.</param>
    /// <returns>
    /// What each gives: (batch, timesteps, units) in the order of time, or the last, (batch, units); and the states that it ends in, if
    /// somebody asks.
    /// </returns>
    public static (string Output, string[] States)[] Write(
        OnnxGraph graph, RecurrentDirection[] directions, OnnxValue input, bool returnSequences, IReadOnlyList<string[]>? initial,
        bool givesStates)
    {
        var first = directions[0];
        var (count, units, columns) = (directions.Length, first.Units, first.Gates * first.Units);
        List<string> inputs =
        [
            TimestepsAxis.First(graph, input.Name),
            graph.Tensor("kernel", Joined(directions, d => Transposed(d.Kernel, d)), count, columns, input.Width),
            graph.Tensor("recurrent_kernel", Joined(directions, d => Transposed(d.RecurrentKernel, d)), count, columns, units),
        ];
        if (first.Bias is not null)
            inputs.Add(graph.Tensor("bias", Joined(directions, Biases), count, 2 * columns));
        if (initial is not null)
        {
            // The one that stays empty could say how long each sample is.
            inputs.AddRange(first.Bias is null ? ["", ""] : [""]);
            for (var state = 0; state < initial[0].Length; state++)
                inputs.Add(Stacked(graph, [.. initial.Select(states => states[state])]));
        }

        var all = returnSequences ? graph.NewName("all") : "";
        List<string> outputs = [all];
        if (!returnSequences || givesStates)
            outputs.Add(graph.NewName("last"));
        if (givesStates && first.Gates == 4)
            outputs.Add(graph.NewName("cell"));
        graph.AddNode(first.Operator!, inputs, outputs, Attributes(directions));

        // (timesteps, directions, batch, units), or (directions, batch, units).
        string[][] states = [.. outputs.Skip(1).Select(state => Apart(graph, state, count, axis: 0))];
        string[] given = returnSequences ? [.. Apart(graph, all, count, axis: 1).Select(each => TimestepsAxis.First(graph, each))] : states[0];
        return [.. given.Select((output, direction) => (output, states.Select(state => state[direction]).ToArray()))];
    }

    /// <summary>What each direction has.</summary>
    private static string[] Apart(OnnxGraph graph, string value, int count, int axis) =>
        [.. Split(graph, value, count, axis).Select(part => graph.Add("Squeeze", [part, graph.Whole("axis", axis)]))];

    /// <summary>A state of each direction, (batch, units), as (directions, batch, units).</summary>
    private static string Stacked(OnnxGraph graph, string[] states)
    {
        string[] parts = [.. states.Select(state => graph.Add("Unsqueeze", [state, graph.Whole("axis", 0)]))];
        return parts is [var only] ? only : graph.Add("Concat", parts, OnnxAttribute.Of("axis", 0));
    }

    private static IEnumerable<AttributeProto> Attributes(RecurrentDirection[] directions)
    {
        var first = directions[0];
        yield return OnnxAttribute.Of("hidden_size", first.Units);
        yield return OnnxAttribute.Of("direction", directions.Length == 2 ? "bidirectional" : first.IsReverse ? "reverse" : "forward");
        if (first.Gates == 3)
            yield return OnnxAttribute.Of("linear_before_reset", first.ResetAfter ? 1 : 0);

        var functions = directions
            .SelectMany(direction => direction.Activations)
            .Select(activation => ActivationNodes.InRecurrence(activation)!.Value)
            .ToList();
        yield return OnnxAttribute.Of("activations", functions.Select(function => function.Name));
        // Only the functions that have such a number take one, in turn.
        if (functions.Any(function => function.Alpha is not null))
            yield return OnnxAttribute.Of("activation_alpha", functions.Select(function => function.Alpha).OfType<float>());
        if (functions.Any(function => function.Beta is not null))
            yield return OnnxAttribute.Of("activation_beta", functions.Select(function => function.Beta).OfType<float>());
    }

    private static string[] Split(OnnxGraph graph, string value, int count, int axis)
    {
        if (count == 1)
            return [value];
        string[] parts = [graph.NewName("forward"), graph.NewName("backward")];
        graph.AddNode("Split", [value, graph.Whole("sizes", 1, 1)], parts, OnnxAttribute.Of("axis", axis));
        return parts;
    }

    private static float[] Joined(RecurrentDirection[] directions, Func<RecurrentDirection, float[]> values) =>
        [.. directions.SelectMany(values)];

    /// <summary>Where each of the operator's gates lies in ours: i, o, f, c of i, f, c, o; z, r, h are the same.</summary>
    private static int[] Order(int gates) => gates switch
    {
        4 => [0, 3, 1, 2],
        3 => [0, 1, 2],
        _ => [0],
    };

    /// <summary>(rows, gates·units) as (gates·units, rows), gates in the operator's order.</summary>
    private static float[] Transposed(float[] kernel, RecurrentDirection direction)
    {
        var (units, columns) = (direction.Units, direction.Gates * direction.Units);
        var rows = kernel.Length / columns;
        var result = new float[kernel.Length];
        var next = 0;
        foreach (var gate in Order(direction.Gates))
        {
            for (var column = gate * units; column < (gate + 1) * units; column++)
            {
                for (var row = 0; row < rows; row++)
                    result[next++] = kernel[(row * columns) + column];
            }
        }

        return result;
    }

    /// <summary>The input's bias, then the state's: zeros where there is but one.</summary>
    private static float[] Biases(RecurrentDirection direction)
    {
        var columns = direction.Gates * direction.Units;
        var bias = direction.Bias!;
        var result = new float[2 * columns];
        for (var start = 0; start < bias.Length; start += columns)
            Transposed(bias[start..(start + columns)], direction).CopyTo(result, start);
        return result;
    }
}
