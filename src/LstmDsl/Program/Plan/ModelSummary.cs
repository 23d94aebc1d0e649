using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>A model's summary, from its plan.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelSummary
{
    /// <summary>The table that Keras's <c>model.summary(line_length)</c> prints, without a break after its last line.</summary>
    /// <param name="plan">The model's plan.</param>
    /// <param name="lineLength">Width of the table; at least 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">The line length is too small for three columns.</exception>
    public static string Format(ModelPlan plan, int lineLength)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Format(plan, optimizer: null, lineLength);
    }

    /// <summary>The same table with the optimizer's line.</summary>
    internal static string Format(ModelPlan plan, OptimizerSize? optimizer, int lineLength = SummaryTable.DefaultLineLength)
    {
        var rows = plan.Layers
            .Select(layer => new SummaryRow(
                layer.Name, layer.Kind, SummaryTable.ShapeText(layer.OutputShape, plan.BatchSize), layer.ParameterCount, layer.NonTrainableCount))
            .ToArray();
        return SummaryTable.Format(plan.Name, rows, lineLength, optimizer);
    }
}
