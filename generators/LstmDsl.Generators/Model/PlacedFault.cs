using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LstmDsl.Generators;

/// <summary>A mistake and its place, in values: a location itself would keep its syntax tree alive.</summary>
internal sealed record PlacedFault(Fault Fault, string FilePath, TextSpan Span, LinePositionSpan Lines)
{
    public static PlacedFault At(Location location, Fault fault) =>
        new(fault, location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptors.ById[Fault.Id], Location.Create(FilePath, Span, Lines), Fault.Properties, [.. Fault.Values]);
}

/// <summary>What was read at one model: its declaration, and apart from it what it does to the reports on all.</summary>
/// <param name="Declaration">The declaration.</param>
/// <param name="SilencesAnalyzer">Whether it brings errors of the compiler's, for which no analyzer speaks.</param>
internal sealed record ReadModel(ModelDeclaration Declaration, bool SilencesAnalyzer);
