using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators;

/// <summary>Writes what the bodies of a wrong declaration throw, should anybody run them: its first mistake.</summary>
internal static class MistakeEmitter
{
    public static void Emit(EmissionContext context)
    {
        var fault = context.Model.Faults[0];
        var format = Descriptors.ById[fault.Id].MessageFormat.ToString(CultureInfo.InvariantCulture);
        var message = string.Format(CultureInfo.InvariantCulture, format, [.. fault.Values]);
        context.Writer.Line();
        context.Writer.Line("private static global::System.InvalidOperationException Mistake =>");
        context.Writer.Continue($"new({SymbolDisplay.FormatLiteral($"{fault.Id}: {message}", quote: true)});");
    }
}
