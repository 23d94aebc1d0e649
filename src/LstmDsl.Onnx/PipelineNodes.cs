using System.Globalization;
using LstmDsl.CompilerServices;
using Onnx;

namespace LstmDsl;

/// <summary>A pipeline's transforms as nodes, before and behind the layers.</summary>
internal static class PipelineNodes
{
    private const string Scope = "pipeline";

    /// <summary>Refuses a model whose pipeline is not one for its input and output.</summary>
    public static void Check(ModelState state)
    {
        var (plan, pipeline) = (state.Plan, state.Pipeline);
        if (pipeline is null)
        {
            throw new InvalidOperationException(
                $"{plan.Name} knows no pipeline, since it was not trained on a data set made from a series; export it without.");
        }

        if (pipeline.Forecast is not null)
        {
            ForecastNodes.Check(state);
            return;
        }

        if (plan.Inputs.Count > 1)
        {
            throw new InvalidOperationException(
                $"{plan.Name} takes {Counted.Of(plan.Inputs.Count, "input")}; a pipeline scales the columns of one. Export it without.");
        }

        if (pipeline.Inputs.Count != plan.Shape.Features || OutputsFor(pipeline, plan.Shape.ReturnsSequences) != plan.Shape.Outputs)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The pipeline of {plan.Name} is for {Counted.Of(pipeline.Inputs.Count, "column")} and "
                + $"{Counted.Of(OutputsFor(pipeline, plan.Shape.ReturnsSequences), "target")}, "
                + $"the model for {Counted.Of(plan.Shape.Features, "feature")} and {Counted.Of(plan.Shape.Outputs, "output")}."));
        }
    }

    /// <summary>Raw values in the network's units.</summary>
    public static OnnxValue Scale(OnnxGraph graph, Pipeline pipeline, OnnxValue raw)
    {
        graph.Scope = Scope;
        if (!pipeline.Scales)
            return raw;
        return raw with { Name = Scale(graph, raw.Name, [.. pipeline.Columns.Take(pipeline.Inputs.Count).Select(column => column.Scaling)]) };
    }

    /// <summary>Raw values in the network's units, by the scalings of the last axis.</summary>
    public static string Scale(OnnxGraph graph, string raw, ColumnScaling[] scalings)
    {
        // Where no logarithm is taken, that of 1 stands for it.
        var name = OfSome(graph, raw, scalings, Scaling.Log, 1, chosen => graph.Add("Log", [chosen]));
        name = OfSome(graph, name, scalings, Scaling.Log1p, 0, chosen => graph.Add("Log", [graph.Add("Add", [chosen, graph.Number("one", 1)])]));
        // A center far from zero has more digits than a float: what it lacks is subtracted, too.
        float[] rounded = [.. scalings.Select(scaling => (float)scaling.Center)];
        float[] rest = [.. scalings.Select((scaling, column) => (float)(scaling.Center - rounded[column]))];
        name = graph.Add("Sub", [name, graph.Vector("mean", rounded)]);
        name = graph.Add("Sub", [name, graph.Vector("mean_rest", rest)]);
        return graph.Add("Div", [name, graph.Vector("scale", [.. scalings.Select(scaling => (float)scaling.Spread)])]);
    }

    /// <summary>The network's outputs as raw values of the targets.</summary>
    public static OnnxValue Unscale(OnnxGraph graph, Pipeline pipeline, OnnxValue output)
    {
        graph.Scope = Scope;
        if (!pipeline.Scales)
            return output;
        // A vector of several steps has all targets of the first, then all of the next.
        ColumnScaling[] scalings =
        [
            .. Enumerable.Range(0, output.Width).Select(i => pipeline.Columns[pipeline.TargetColumn(i % pipeline.Targets.Count)].Scaling),
        ];
        return output with { Name = Unscale(graph, output.Name, scalings) };
    }

    /// <summary>Outputs as raw values, by the scalings of the last axis.</summary>
    public static string Unscale(OnnxGraph graph, string output, ColumnScaling[] scalings)
    {
        var name = graph.Add("Mul", [output, graph.Vector("target_scale", [.. scalings.Select(scaling => (float)scaling.Spread)])]);
        name = graph.Add("Add", [name, graph.Vector("target_mean", [.. scalings.Select(scaling => (float)scaling.Center)])]);
        name = OfSome(graph, name, scalings, Scaling.Log, 0, chosen => graph.Add("Exp", [chosen]));
        return OfSome(graph, name, scalings, Scaling.Log1p, 0, chosen => graph.Add("Sub", [graph.Add("Exp", [chosen]), graph.Number("one", 1)]));
    }

    private static int OutputsFor(Pipeline pipeline, bool sequences) => pipeline.Targets.Count * (sequences ? 1 : pipeline.TargetSteps);

    // What is made of the columns with a scaling; the others stay as they are.
    private static string OfSome(
        OnnxGraph graph, string name, ColumnScaling[] scalings, Scaling kind, int inPlace, Func<string, string> make)
    {
        if (Array.TrueForAll(scalings, scaling => scaling.Kind != kind))
            return name;
        if (Array.TrueForAll(scalings, scaling => scaling.Kind == kind))
            return make(name);
        var chosen = graph.Add(
            "Cast", [graph.Vector("chosen", [.. scalings.Select(scaling => scaling.Kind == kind ? 1f : 0)])],
            OnnxAttribute.Of("to", (long)TensorProto.Types.DataType.Bool));
        var stand = graph.Number("in_place", inPlace);
        return graph.Add("Where", [chosen, make(graph.Add("Where", [chosen, name, stand])), name]);
    }
}
