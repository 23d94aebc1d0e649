using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.Generators;

/// <summary>Finds the place in the source that a fault is about.</summary>
internal static class FaultLocator
{
    /// <summary>The type's name, a member of it, the attribute, or the argument of it.</summary>
    public static Location Find(INamedTypeSymbol type, Fault fault, CancellationToken cancellation) => fault.Attribute < 0
        ? Member(type, fault.Argument, cancellation) ?? Identifier(type, fault, cancellation)
        : Place(DeclarationReader.InSourceOrder(type, cancellation)[fault.Attribute].Data, fault.Argument, cancellation);

    private static Location? Member(INamedTypeSymbol type, string? key, CancellationToken cancellation) => key is null
        ? null
        : OwnMemberReader.Read(type, cancellation).FirstOrDefault(own => own.Member.InheritedFrom is null && own.Member.Key == key).Place;

    /// <summary>The type's name where it was written; for a missing modifier that of the declaration that lacks it.</summary>
    private static Location Identifier(INamedTypeSymbol type, Fault fault, CancellationToken cancellation)
    {
        var blamed = type;
        if (fault.Id == Descriptors.ContainingTypeNotPartial.Id)
        {
            for (blamed = type.ContainingType; TypeReader.NameOf(blamed).Replace("@", "") != fault.Values[0];)
                blamed = blamed.ContainingType;
        }

        var parts = blamed.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().ToArray();
        var part = parts.FirstOrDefault(part => !part.Modifiers.Any(SyntaxKind.PartialKeyword)) ?? parts[0];
        return part.Identifier.GetLocation();
    }

    private static Location Place(AttributeData attribute, string? argument, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
            return Location.None;

        if (argument is null)
            return syntax.GetLocation();

        var parameter = attribute.AttributeConstructor?.Parameters.FirstOrDefault(parameter => parameter.Name == argument);
        var written = parameter is null
            ? ArgumentLocator.Find(syntax, argument)
            : ArgumentLocator.Find(syntax, argument, parameter.Ordinal);
        return (written ?? (SyntaxNode)syntax).GetLocation();
    }
}
