using LstmDsl.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>Writes the summaries and the shape.</summary>
internal static class SummaryEmitter
{
    /// <summary>The table, 80 columns wide.</summary>
    public static string Text(PlannedModel model)
    {
        var rows = model.Layers.Select(layer => new SummaryRow(
            layer.Spec.FileName, layer.Spec.KerasKind, SummaryTable.ShapeText(layer.OutputShape), layer.ParameterCount));
        return SummaryTable.Format(model.Type.Name, [.. rows]);
    }

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
