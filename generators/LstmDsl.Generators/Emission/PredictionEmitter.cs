namespace LstmDsl.Generators;

/// <summary>Writes the forms of Predict and Forecast that the shapes allow; all of them where the shapes are unknown.</summary>
internal static class PredictionEmitter
{
    private const string Misfit = "<exception cref=\"global::System.ArgumentException\">A size is not the model's.</exception>";
    private const string MisfitOrNaN =
        "<exception cref=\"global::System.ArgumentException\">A size is not the model's, or a value is not finite.</exception>";

    public static void Emit(EmissionContext context)
    {
        var model = context.Model;
        if ((model.GivesOneNumber || model.IsFaulty) && !context.TakenNames.Contains("Predict"))
            OneNumber(context);
        Spans(context);
        Arrays(context);
        Dataset(context);
        if (model.Forecasts || model.IsFaulty)
            Forecasts(context);
    }

    private static void OneNumber(EmissionContext context)
    {
        var writer = context.Writer;
        var shape = Text.Shape(context.Model.Timesteps, context.Model.Features);
        writer.Line();
        writer.Line($"/// <summary>In the network's units: predicts one window, {shape}.</summary>");
        writer.Line("/// <param name=\"window\">The window, row-major; NaN in it is passed on to the output.</param>");
        writer.Line("/// <returns>The output.</returns>");
        writer.Line("/// " + Misfit);
        // Before C# 14 an array converts to a span and to Samples alike; the priority keeps the call unambiguous.
        writer.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriority(1)]");
        context.Expression($"public float Predict({EmissionContext.ReadOnlyFloats} window)", "state.PredictOne(window)");
    }

    private static void Spans(EmissionContext context) => context.Member(
        "<summary>In the network's units: predicts any number of windows.</summary>\n"
        + $"<param name=\"windows\">The windows one after the other, {context.InputShape}, row-major; NaN in one is passed on to its outputs.</param>\n"
        + $"<param name=\"destination\">Takes the outputs, {context.OutputShape}, row-major.</param>\n"
        + Misfit,
        $"public void Predict({EmissionContext.ReadOnlyFloats} windows, {EmissionContext.Floats} destination)",
        "state.Predict(windows, destination)");

    private static void Arrays(EmissionContext context)
    {
        var (type, method) = context.Model.ReturnsSequences ? ("float[,,]", "PredictSequences") : ("float[,]", "PredictRows");
        context.Member(
            "<summary>In the network's units: predicts any number of windows.</summary>\n"
            + $"<param name=\"windows\">The windows, {context.InputShape}.</param>\n"
            + $"<returns>The outputs, {context.OutputShape}.</returns>\n"
            + MisfitOrNaN,
            $"public {type} Predict({EmissionContext.Library}Samples windows)",
            $"state.{method}(windows)");
    }

    private static void Dataset(EmissionContext context)
    {
        var (type, method, returns) = context.Model.ReturnsSequences
            ? ($"global::System.Collections.Generic.IReadOnlyList<{EmissionContext.ForecastPoints}>", "PredictDatasetSequences",
                "For each window, what the model says at each timestep.")
            : (EmissionContext.ForecastPoints, "PredictDataset",
                "What the model says of each window: a value for each target column, or its quantiles; probabilities of classes as they are.");
        context.Member(
            "<summary>In the user's units, with dates where the data have them: predicts every window of a data set, in its order.</summary>\n"
            + "<param name=\"data\">The windows.</param>\n"
            + $"<returns>{returns}</returns>\n"
            + "<exception cref=\"global::System.ArgumentException\">The data's shape or pipeline is not the model's.</exception>\n"
            + "<exception cref=\"global::System.InvalidOperationException\">The model was not trained on a series.</exception>",
            $"public {type} Predict({EmissionContext.Library}WindowedDataset data)",
            $"state.{method}(data)");
    }

    private static void Forecasts(EmissionContext context)
    {
        var fedBack = context.Model.ReturnsSequences ? "the last timestep of each output" : "each output";
        context.Member(
            "<summary>\n"
            + $"In the series' own units, with dates where it has them: forecasts what follows a series by feeding {fedBack}\n"
            + "back as the next timestep.\n"
            + "</summary>\n"
            + "<param name=\"series\">The series; its last window is the start.</param>\n"
            + "<param name=\"steps\">How many steps ahead.</param>\n"
            + "<returns>One value for each step.</returns>\n"
            + "<exception cref=\"global::System.ArgumentException\">The series is too short, or lacks a column of the model's.</exception>\n"
            + "<exception cref=\"global::System.InvalidOperationException\">\n"
            + "The model was not trained on a series, or not to forecast the next value of each of its columns.\n"
            + "</exception>",
            $"public {EmissionContext.ForecastPoints} Forecast({EmissionContext.Library}TimeSeries series, int steps)",
            "state.Forecast(series, steps)");

        var (timesteps, features) = (context.Model.Timesteps, context.Model.Features);
        context.Member(
            $"<summary>In the network's units: forecasts from a window by feeding {fedBack} back as the next timestep.</summary>\n"
            + $"<param name=\"window\">The last known window, {Text.Shape(timesteps, features)}, row-major; NaN in it is passed on.</param>\n"
            + $"<param name=\"destination\">Takes the steps, (steps, {Text.Plain(features)}); its length says how many.</param>\n"
            + Misfit,
            $"public void Forecast({EmissionContext.ReadOnlyFloats} window, {EmissionContext.Floats} destination)",
            "state.Forecast(window, destination)");
    }
}
