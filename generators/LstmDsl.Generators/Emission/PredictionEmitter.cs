namespace LstmDsl.Generators;

/// <summary>Writes the forms of Predict and Forecast that the shapes allow; all of them where the shapes are unknown.</summary>
internal static class PredictionEmitter
{
    public static void Emit(EmissionContext context)
    {
        var model = context.Model;
        if ((model.GivesOneNumber || model.IsFaulty) && !context.TakenNames.Contains("Predict"))
            OneNumber(context);
        Spans(context);
        Arrays(context);
        if (model.HasSeveralInputs && !model.IsFaulty)
            InputsEmitter.Emit(context);
        if (model.Forecast is null)
            Dataset(context);
        if (context.FeedsBack)
            Forecasts(context);
    }

    private static void OneNumber(EmissionContext context)
    {
        context.Document(EmissionContext.InheritedFrom("ModelState{TModel}.PredictOne"));
        // Before C# 14 an array converts to a span and to Samples alike; the priority keeps the call unambiguous.
        context.Writer.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriority(1)]");
        context.Expression($"public float Predict({EmissionContext.ReadOnlyFloats} window)", "state.PredictOne(window)");
    }

    private static void Spans(EmissionContext context) => context.Member(
        EmissionContext.Inherited,
        $"public void Predict({EmissionContext.ReadOnlyFloats} windows, {EmissionContext.Floats} destination)",
        "state.Predict(windows, destination)", joins: context.Model.GivesOneNumber || context.Model.IsFaulty);

    private static void Arrays(EmissionContext context)
    {
        var (type, method) = context.Model.ReturnsSequences ? ("float[,,]", "PredictSequences") : ("float[,]", "PredictRows");
        context.Member(
            EmissionContext.InheritedFrom("ModelState{TModel}." + method), $"public {type} Predict({EmissionContext.Library}Samples windows)",
            $"state.{method}(windows)", joins: true);
    }

    private static void Dataset(EmissionContext context)
    {
        var (type, method) = context.Model.ReturnsSequences
            ? ($"global::System.Collections.Generic.IReadOnlyList<{EmissionContext.ForecastPoints}>", "PredictDatasetSequences")
            : (EmissionContext.ForecastPoints, "PredictDataset");
        context.Member(
            EmissionContext.InheritedFrom("ModelState{TModel}." + method),
            $"public {type} Predict({EmissionContext.Library}WindowedDataset data)",
            $"state.{method}(data)", joins: true);
    }

    private static void Forecasts(EmissionContext context)
    {
        context.Member(
            EmissionContext.Inherited,
            $"public {EmissionContext.ForecastPoints} Forecast({EmissionContext.Library}TimeSeries series, int steps)",
            "state.Forecast(series, steps)");
        context.Member(
            EmissionContext.Inherited,
            $"public void Forecast({EmissionContext.ReadOnlyFloats} window, {EmissionContext.Floats} destination)",
            "state.Forecast(window, destination)", joins: true);
    }
}
