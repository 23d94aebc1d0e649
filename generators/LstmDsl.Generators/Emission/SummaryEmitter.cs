using LstmDsl.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>Writes the summaries and the shape.</summary>
internal static class SummaryEmitter
{
    /// <summary>The table, 80 columns wide.</summary>
    public static string Text(PlannedModel model) => SummaryTable.Format(model.Type.Name, [.. TableRows(model)]);

    /// <summary>What the table says of each declared layer.</summary>
    public static IEnumerable<SummaryRow> TableRows(PlannedModel model) => Rows(model).Select(row => new SummaryRow(
        row.Layer.FileName, row.Layer.KerasKind, SummaryTable.ShapeText(row.OutputShape, model.BatchSize), row.ParameterCount, row.NonTrainableCount));

    /// <summary>Each declared layer with the shape of its output and its number of weights.</summary>
    public static IEnumerable<LayerRow> Rows(PlannedModel model) =>
        from declared in model.Declared
        where !declared.IsInput
        let kernels = model.KernelsOf(declared)
        select new LayerRow(
            declared, kernels[kernels.Count - 1].OutputShape, kernels.Sum(kernel => kernel.ParameterCount),
            kernels.Sum(kernel => kernel.NonTrainableCount));

    public static void Emit(EmissionContext context)
    {
        context.Member(
            EmissionContext.Inherited, "public static string Summary", $"GetSummary({Generators.Text.Code(SummaryTable.DefaultLineLength)})");
        context.Member(
            EmissionContext.InheritedFrom("ModelPlan.GetSummary"), "public static string GetSummary(int lineLength)",
            "CompiledPlan.Value.GetSummary(lineLength)", joins: true);
        context.Member(EmissionContext.Inherited, $"public static {EmissionContext.Library}ModelShape Shape", "CompiledPlan.Value.Shape", joins: true);
    }
}

/// <summary>What a summary says of a declared layer.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="OutputShape">Shape of one sample's output.</param>
/// <param name="ParameterCount">Number of weights.</param>
/// <param name="NonTrainableCount">How many of them are not trained.</param>
internal sealed record LayerRow(DeclaredLayer Layer, int[] OutputShape, long ParameterCount, long NonTrainableCount);
