using LstmDsl.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>Writes the summaries and the shape.</summary>
internal static class SummaryEmitter
{
    /// <summary>The table, 80 columns wide.</summary>
    public static string Text(PlannedModel model) => SummaryTable.Format(model.Type.Name, [.. TableRows(model)]);

    /// <summary>What the table says of each declared layer.</summary>
    public static IEnumerable<SummaryRow> TableRows(PlannedModel model) => Rows(model).Select(row => new SummaryRow(
        row.Layer.FileName, row.Layer.KerasKind, SummaryTable.ShapeText(row.OutputShape), row.ParameterCount, row.NonTrainableCount));

    /// <summary>Each declared layer with the shape of its output and its number of weights.</summary>
    public static IEnumerable<LayerRow> Rows(PlannedModel model) =>
        from declared in model.Declared
        let kernels = model.KernelsOf(declared)
        select new LayerRow(
            declared, kernels[kernels.Count - 1].OutputShape, kernels.Sum(kernel => kernel.ParameterCount),
            kernels.Sum(kernel => kernel.NonTrainableCount));

    public static void Emit(EmissionContext context)
    {
        var (model, writer) = (context.Model, context.Writer);
        if (model.IsFaulty)
        {
            context.Member("<summary>The table that Keras's <c>model.summary()</c> prints.</summary>", "public static string Summary", "");
        }
        else
        {
            writer.Line();
            writer.Line(
                "/// <summary>The table that Keras's <c>model.summary()</c> prints, 80 columns wide; no break after its last line.</summary>");
            writer.Line("public static string Summary =>");
            writer.Continue("\"\"\"");
            foreach (var line in context.SummaryText.Split('\n'))
                writer.Continue(line);
            writer.Continue("\"\"\";");
        }

        context.Member(
            "<summary>The same table in another width.</summary>\n"
            + "<param name=\"lineLength\">Width of the table; at least 16.</param>\n"
            + "<exception cref=\"global::System.ArgumentOutOfRangeException\">The line length is too small for three columns.</exception>",
            "public static string GetSummary(int lineLength)",
            $"{EmissionContext.Services}ModelSummary.Format(CompiledPlan.Value, lineLength)");

        context.Member(
            $"<summary>The shapes of one sample: {context.SampleInputShape} in, {context.SampleOutputShape} out.</summary>",
            $"public static {EmissionContext.Library}ModelShape Shape",
            "CompiledPlan.Value.Shape");
    }
}

/// <summary>What a summary says of a declared layer.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="OutputShape">Shape of one sample's output.</param>
/// <param name="ParameterCount">Number of weights.</param>
/// <param name="NonTrainableCount">How many of them are not trained.</param>
internal sealed record LayerRow(DeclaredLayer Layer, int[] OutputShape, long ParameterCount, long NonTrainableCount);
