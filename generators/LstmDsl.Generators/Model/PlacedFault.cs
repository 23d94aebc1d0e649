using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LstmDsl.Generators;

/// <summary>A mistake and its place, in values: a location itself would keep its syntax tree alive.</summary>
internal sealed record PlacedFault(Fault Fault, string FilePath, TextSpan Span, LinePositionSpan Lines)
{
    public static PlacedFault At(Location location, Fault fault) =>
        new(fault, location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptors.ById[Fault.Id], Location.Create(FilePath, Span, Lines), [.. Fault.Values]);
}

/// <summary>What was read at one model: its declaration, and apart from it what depends on where it stands.</summary>
/// <param name="Declaration">The declaration.</param>
/// <param name="Reported">The mistakes that the generator reports itself.</param>
internal sealed record ReadModel(ModelDeclaration Declaration, EquatableArray<PlacedFault> Reported);
