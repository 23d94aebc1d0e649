namespace LstmDsl.CompilerServices;

/// <summary>A model's summary, from its plan.</summary>
internal static class ModelSummary
{
    private const string Input = "InputLayer";

    /// <summary>
    /// The table that Keras prints, with the optimizer's line where there is one. A model with branches has its inputs first and its layers in
    /// the order of the declaration, where Keras sorts both by how far they lie from the output.
    /// </summary>
    public static string Format(ModelPlan plan, OptimizerSize? optimizer, int lineLength = SummaryTable.DefaultLineLength)
    {
        var rows = plan.IsSequential ? plan.Layers.Select(layer => Row(plan, layer)) : Graph(plan);
        return SummaryTable.Format(plan.Name, [.. rows], lineLength, optimizer);
    }

    private static SummaryRow Row(ModelPlan plan, LayerPlan layer) => new(
        layer.Name, layer.Kind, plan.GivesStates(layer.Name) ? WithStates(plan, layer) : ShapeText(plan, layer.OutputShape), layer.ParameterCount,
        layer.NonTrainableCount);

    private static IEnumerable<SummaryRow> Graph(ModelPlan plan)
    {
        foreach (var input in plan.InputsByName)
            yield return new(input.FileName, Input, ShapeText(plan, plan.ShapeOf(input)), 0);
        var before = plan.InputsByName[0].FileName;
        foreach (var layer in plan.Layers)
        {
            var sources = layer.Inputs ?? [before];
            var isBegun = layer.Declaration is IRecurrentAttribute { InitialState: not null };
            var states = isBegun ? plan.Layers.First(other => other.Name == sources[1]).States : 0;
            yield return Row(plan, layer) with
            {
                ConnectedTo = string.Join(", ", isBegun
                    ? [Output(sources[0], 0), .. Enumerable.Range(1, states).Select(state => Output(sources[1], state))]
                    : sources.Select(source => Output(source, 0))),
            };
            before = layer.Name;
        }
    }

    /// <summary>An output of a layer's only call.</summary>
    private static string Output(string layer, int output) => FormattableString.Invariant($"{layer}[0][{output}]");

    private static string WithStates(ModelPlan plan, LayerPlan layer)
    {
        var state = ShapeText(plan, [((IRecurrentAttribute)layer.Declaration).Units]);
        return $"[{string.Join(", ", Enumerable.Repeat(state, layer.States).Prepend(ShapeText(plan, layer.OutputShape)))}]";
    }

    private static string ShapeText(ModelPlan plan, int[] shape) => SummaryTable.ShapeText(shape, plan.BatchSize);
}
