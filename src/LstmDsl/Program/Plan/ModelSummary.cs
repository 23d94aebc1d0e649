namespace LstmDsl.CompilerServices;

/// <summary>A model's summary, from its plan.</summary>
internal static class ModelSummary
{
    /// <summary>The table that Keras prints, with the optimizer's line where there is one.</summary>
    public static string Format(ModelPlan plan, OptimizerSize? optimizer, int lineLength = SummaryTable.DefaultLineLength)
    {
        var rows = plan.Layers
            .Select(layer => new SummaryRow(
                layer.Name, layer.Kind, SummaryTable.ShapeText(layer.OutputShape, plan.BatchSize), layer.ParameterCount, layer.NonTrainableCount))
            .ToArray();
        return SummaryTable.Format(plan.Name, rows, lineLength, optimizer);
    }
}
