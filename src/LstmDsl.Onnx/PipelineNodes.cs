using System.Globalization;
using LstmDsl.CompilerServices;

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

        if (plan.Inputs.Count > 1)
        {
            throw new InvalidOperationException(
                $"{plan.Name} takes {Counted.Of(plan.Inputs.Count, "input")}; a pipeline scales the columns of one. Export it without.");
        }

        if (pipeline.Columns.Count != plan.Shape.Features || pipeline.Targets.Count != plan.Shape.Outputs)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The pipeline of {plan.Name} is for {Counted.Of(pipeline.Columns.Count, "column")} and {Counted.Of(pipeline.Targets.Count, "target")}, "
                + $"the model for {Counted.Of(plan.Shape.Features, "feature")} and {Counted.Of(plan.Shape.Outputs, "output")}."));
        }
    }

    /// <summary>Raw values in the network's units.</summary>
    public static OnnxValue Scale(OnnxGraph graph, Pipeline pipeline, OnnxValue raw)
    {
        graph.Scope = Scope;
        var name = raw.Name;
        foreach (var transform in pipeline.Transforms)
        {
            var (mean, scale) = Numbers(transform);
            // A mean far from zero has more digits than a float: what it lacks is subtracted, too.
            float[] rounded = [.. mean.Select(value => (float)value)];
            float[] rest = [.. mean.Select((value, column) => (float)(value - rounded[column]))];
            name = graph.Add("Sub", [name, graph.Vector("mean", rounded)]);
            name = graph.Add("Sub", [name, graph.Vector("mean_rest", rest)]);
            name = graph.Add("Div", [name, graph.Vector("scale", [.. scale.Select(value => (float)value)])]);
        }

        return raw with { Name = name };
    }

    /// <summary>The network's outputs as raw values of the targets.</summary>
    public static OnnxValue Unscale(OnnxGraph graph, Pipeline pipeline, OnnxValue output)
    {
        graph.Scope = Scope;
        var name = output.Name;
        foreach (var transform in pipeline.Transforms.Reverse())
        {
            var (mean, scale) = Numbers(transform);
            name = graph.Add("Mul", [name, graph.Vector("target_scale", Targets(scale))]);
            name = graph.Add("Add", [name, graph.Vector("target_mean", Targets(mean))]);
        }

        return output with { Name = name };

        float[] Targets(IReadOnlyList<double> numbers) =>
            [.. Enumerable.Range(0, pipeline.Targets.Count).Select(target => (float)numbers[pipeline.TargetColumn(target)])];
    }

    private static (IReadOnlyList<double> Mean, IReadOnlyList<double> Scale) Numbers(Transform transform) => transform switch
    {
        Standardization standardization => (standardization.Mean, standardization.Scale),
        _ => throw new NotSupportedException(
            $"The {transform.Kind} of the pipeline has no counterpart in ONNX; export the model without it."),
    };
}
