using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.Generators;

/// <summary>
/// A command-line build whose declarations have errors of the compiler's own ends before any analyzer speaks; a generator has spoken by
/// then. So where a model brings such errors, the generator reports the mistakes of all models.
/// </summary>
internal static class SilencedAnalyzer
{
    /// <summary>Whether a model makes the compiler report errors in declarations.</summary>
    public static bool By(INamedTypeSymbol type, ModelDeclaration declaration, CancellationToken cancellation) => declaration.IsModel
        && (declaration.IsReportedByGenerator || type.GetAttributes().Any(attribute => !Compiles(attribute, cancellation)));

    /// <summary>Whether any model of an assembly does.</summary>
    public static bool In(IAssemblySymbol assembly, CancellationToken cancellation) =>
        Declared(assembly.GlobalNamespace).Any(type => By(type, DeclarationReader.Read(type, cancellation), cancellation));

    /// <summary>What the generator reports in the analyzer's place: errors, and all about models that are its own anyway.</summary>
    public static EquatableArray<PlacedFault> Faults(IAssemblySymbol assembly, CancellationToken cancellation)
    {
        var found = new List<PlacedFault>();
        foreach (var type in Declared(assembly.GlobalNamespace))
        {
            var declaration = DeclarationReader.Read(type, cancellation);
            foreach (var fault in ModelPlanner.Plan(ModelSpecBuilder.Build(declaration)).Faults)
            {
                if (fault.IsError || declaration.IsReportedByGenerator)
                    found.Add(PlacedFault.At(FaultLocator.Find(type, fault, cancellation), fault));
            }
        }

        return found.ToEquatableArray();
    }

    private static IEnumerable<INamedTypeSymbol> Declared(INamespaceOrTypeSymbol within)
    {
        foreach (var member in within.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type && DeclarationReader.IsDeclared(type))
                yield return type;
            foreach (var inner in Declared(member))
                yield return inner;
        }
    }

    /// <summary>Whether the compiler can make an attribute, of whatever library; what it could not read is not among the arguments.</summary>
    private static bool Compiles(AttributeData attribute, CancellationToken cancellation)
    {
        var written = (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax)?.ArgumentList?.Arguments
            .Count(argument => argument.NameEquals is not null);
        return attribute is { AttributeClass.TypeKind: not TypeKind.Error, AttributeConstructor: not null }
            && attribute.ConstructorArguments.All(argument => argument.Kind != TypedConstantKind.Error)
            && attribute.NamedArguments.All(argument => argument.Value.Kind != TypedConstantKind.Error)
            && attribute.NamedArguments.Length == (written ?? 0);
    }
}
