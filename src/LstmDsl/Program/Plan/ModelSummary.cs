namespace LstmDsl.CompilerServices;

/// <summary>A model's summary, from its plan.</summary>
internal static class ModelSummary
{
    /// <summary>
    /// The table that Keras prints, with the optimizer's line where there is one. A model with branches has its inputs first and its layers in
    /// the order of the declaration, where Keras sorts both by how far they lie from the output.
    /// </summary>
    public static string Format(ModelPlan plan, OptimizerSize? optimizer, int lineLength = SummaryTable.DefaultLineLength)
    {
        var rows = plan.IsSequential ? plan.Layers.Select(layer => Row(plan, layer)) : Graph(plan);
        return SummaryTable.Format(plan.Name, [.. rows], lineLength, optimizer);
    }

    private static IEnumerable<SummaryRow> Graph(ModelPlan plan)
    {
        foreach (var input in plan.InputsByName)
            yield return new(input.FileName, SummaryTable.Input, ShapeText(plan, plan.ShapeOf(input)), 0) { ConnectedTo = SummaryTable.Nothing };
        foreach (var layer in plan.Layers)
        {
            var isBegun = layer.Declaration is IRecurrentAttribute { InitialState: not null };
            var states = isBegun ? plan.Layers.First(other => other.Name == layer.Inputs![1]).States : 0;
            yield return Row(plan, layer) with { ConnectedTo = SummaryTable.Connections(layer.Inputs!, states) };
        }
    }

    private static SummaryRow Row(ModelPlan plan, LayerPlan layer)
    {
        var shape = ShapeText(plan, layer.OutputShape);
        if (plan.GivesStates(layer.Name))
            shape = SummaryTable.WithStates(shape, ShapeText(plan, [((IRecurrentAttribute)layer.Declaration).Units]), layer.States);
        return new(layer.Name, layer.Kind, shape, layer.ParameterCount, layer.NonTrainableCount);
    }

    private static string ShapeText(ModelPlan plan, int[] shape) => SummaryTable.ShapeText(shape, plan.BatchSize);
}
