namespace LstmDsl.CompilerServices;

/// <summary>A model's summary, from its plan.</summary>
internal static class ModelSummary
{
    /// <summary>
    /// The table that Keras prints of a model that is not compiled. A model with branches has its inputs first and its layers in the order of
    /// the declaration, where Keras sorts both by how far they lie from the output.
    /// </summary>
    public static string Format(ModelPlan plan, int lineLength) => SummaryTable.Format(plan.Name, [.. Rows(plan)], lineLength);

    /// <summary>The table that Keras prints of a compiled model, with the optimizer's line.</summary>
    /// <param name="plan">The model's plan.</param>
    /// <param name="slots">The optimizer's slots, which hold a value for each weight that is declared as trained.</param>
    /// <param name="frozen">Names of the layers that are not trained for now.</param>
    public static string Format(ModelPlan plan, int slots, IReadOnlySet<string> frozen)
    {
        var declared = Rows(plan).ToArray();
        var rows = declared.Select(row => frozen.Contains(row.Name) ? row with { NonTrainableCount = row.ParameterCount } : row);
        var optimizer = new OptimizerSize(declared.Sum(row => row.ParameterCount - row.NonTrainableCount), slots);
        return SummaryTable.Format(plan.Name, [.. rows], optimizer: optimizer);
    }

    private static IEnumerable<SummaryRow> Rows(ModelPlan plan) =>
        plan.IsSequential ? plan.Layers.Select(layer => Row(plan, layer)) : Graph(plan);

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
