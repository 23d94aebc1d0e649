using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators;

/// <summary>Writes what the bodies of a wrong declaration throw, should anybody run them: its first mistake.</summary>
internal static class MistakeEmitter
{
    /// <summary>Name of the property that makes the exception.</summary>
    public static string Name(EmissionContext context) => context.TakenNames.Contains("Mistake") ? "Mistake_" : "Mistake";

    public static void Emit(EmissionContext context)
    {
        if (context.TakenNames.Count > 0)
            Contract(context);

        var fault = context.Model.Faults.First(fault => fault.IsError);
        var format = Descriptors.ById[fault.Id].MessageFormat.ToString(CultureInfo.InvariantCulture);
        var message = string.Format(CultureInfo.InvariantCulture, format, [.. fault.Values]);
        context.Writer.Line();
        context.Writer.Line($"private static global::System.InvalidOperationException {Name(context)} =>");
        context.Writer.Continue($"new({SymbolDisplay.FormatLiteral($"{fault.Id}: {message}", quote: true)});");
    }

    /// <summary>The contract's members once more: where a name was taken, the public one was left out.</summary>
    private static void Contract(EmissionContext context)
    {
        var model = $"{EmissionContext.Library}IRecurrentModel<{context.Self}>";
        var forecasting = $"{EmissionContext.Library}IForecastingModel<{context.Self}>";
        string[] heads =
        [
            $"static {context.Self} {model}.Create(int seed)",
            $"static {context.Self} {model}.Load(string path)",
            $"static string {model}.Summary",
            $"static {EmissionContext.Library}ModelShape {model}.Shape",
            $"void {model}.Predict({EmissionContext.ReadOnlyFloats} windows, {EmissionContext.Floats} destination)",
            $"void {model}.Save(string path)",
            .. context.FeedsBack
                ?
                [
                    $"{EmissionContext.ForecastPoints} {forecasting}.Forecast({EmissionContext.Library}TimeSeries series, int steps)",
                    $"void {forecasting}.Forecast({EmissionContext.ReadOnlyFloats} window, {EmissionContext.Floats} destination)",
                ]
                : (string[])
                [
                    $"static {EmissionContext.Library}ForecastPlan {EmissionContext.Library}IDeclaredForecast<{context.Self}>.Forecasting",
                ],
            $"{EmissionContext.Library}Pipeline? {EmissionContext.Library}IHasPipeline.Pipeline",
        ];
        foreach (var head in heads)
        {
            context.Writer.Line();
            context.Expression(head, "");
        }
    }
}
