using LstmDsl.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>Writes the summaries and the shape.</summary>
internal static class SummaryEmitter
{
    /// <summary>The table, 80 columns wide.</summary>
    public static string Text(PlannedModel model) => SummaryTable.Format(model.Type.Name, [.. TableRows(model)]);

    /// <summary>What the table says of each declared layer, and of inputs where layers do not follow each other.</summary>
    public static IEnumerable<SummaryRow> TableRows(PlannedModel model) =>
        model.IsSequential ? Rows(model).Select(row => TableRow(model, row)) : Graph(model);

    private static IEnumerable<SummaryRow> Graph(PlannedModel model)
    {
        foreach (var input in model.Inputs)
        {
            var readers = model.Declared.Where(declared => declared.Inputs.Contains(input.FileName));
            int[] shape = readers.Any(reader => reader.Kind == AttributeKind.Embedding) ? [input.Timesteps] : [input.Timesteps, input.Features];
            yield return new(input.FileName, SummaryTable.Input, ShapeText(model, shape), 0) { ConnectedTo = SummaryTable.Nothing };
        }

        foreach (var row in Rows(model))
        {
            var isBegun = RecurrentsOf(model, row.Layer).Any(layer => layer.InitialState is not null);
            var states = isBegun ? StatesOf(model, model.Declared.First(other => other.FileName == row.Layer.Inputs[1])) : 0;
            yield return TableRow(model, row) with { ConnectedTo = SummaryTable.Connections([.. row.Layer.Inputs], states) };
        }
    }

    private static SummaryRow TableRow(PlannedModel model, LayerRow row)
    {
        var shape = ShapeText(model, row.OutputShape);
        if (model.Declared.Any(other => other.Inputs.Count > 1 && other.Inputs.Skip(1).Contains(row.Layer.FileName) && RecurrentsOf(model, other).Any()))
            shape = SummaryTable.WithStates(shape, ShapeText(model, [RecurrentsOf(model, row.Layer).First().Units]), StatesOf(model, row.Layer));
        return new(row.Layer.FileName, row.Layer.KerasKind, shape, row.ParameterCount, row.NonTrainableCount);
    }

    private static int StatesOf(PlannedModel model, DeclaredLayer declared) =>
        RecurrentsOf(model, declared).Sum(layer => layer.Kind.Carries ? 2 : 1);

    private static IEnumerable<RecurrentSpec> RecurrentsOf(PlannedModel model, DeclaredLayer declared) =>
        model.KernelsOf(declared).Select(kernel => kernel.Spec).OfType<RecurrentSpec>();

    private static string ShapeText(PlannedModel model, int[] shape) => SummaryTable.ShapeText(shape, model.BatchSize);

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
