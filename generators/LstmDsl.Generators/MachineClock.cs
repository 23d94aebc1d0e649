using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LstmDsl.Generators;

/// <summary>
/// Finds where a row of a forecast gets its time from a <see cref="DateTime"/>: C# makes a <see cref="DateTimeOffset"/> of it by the clocks of
/// the machine that happens to run the program, so that the same program forecasts other hours elsewhere.
/// </summary>
internal static class MachineClock
{
    private const string Row = "Row";
    private const string Time = "Time";

    /// <summary>What says itself that it is in UTC.</summary>
    private static readonly HashSet<string> InUtc = [nameof(DateTime.UtcNow), nameof(DateTimeOffset.UtcDateTime), nameof(DateTime.ToUniversalTime)];

    /// <summary>Looks at an assignment.</summary>
    public static void Analyze(OperationAnalysisContext context)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: { Name: Time, ContainingType: { Name: Row, ContainingType: { } model } } }
            || assignment.Value is not IConversionOperation { IsImplicit: true, OperatorMethod.ContainingType.Name: nameof(DateTimeOffset) } conversion
            || !DeclarationReader.IsDeclared(model))
            return;

        var name = conversion.Operand switch
        {
            IPropertyReferenceOperation reference => reference.Property.Name,
            IInvocationOperation call => call.TargetMethod.Name,
            _ => "",
        };
        if (!InUtc.Contains(name))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.TimeOfMachine, conversion.Syntax.GetLocation(), conversion.Syntax.ToString()));
    }
}
