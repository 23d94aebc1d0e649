using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.Generators;

/// <summary>Reads the members that a class has without the generator.</summary>
internal static class OwnMemberReader
{
    private static readonly SymbolDisplayFormat ParameterType = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    /// <summary>The class's own members and those that it inherits, each with where it stands.</summary>
    public static IEnumerable<(OwnMember Member, Location Place)> Read(INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (var symbol in type.GetMembers())
        {
            if (!IsOwn(symbol) || Place(symbol) is not { } place)
                continue;

            var kind = symbol switch
            {
                IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => ConstructorKind(constructor, cancellation),
                IMethodSymbol => OwnMemberKind.Method,
                _ => OwnMemberKind.Named,
            };
            yield return (new OwnMember(kind, symbol.Name, Parameters(symbol), null) { IsRequired = IsRequired(symbol) }, place);
        }

        for (var ancestor = type.BaseType; ancestor is { SpecialType: SpecialType.None }; ancestor = ancestor.BaseType)
        {
            // To derive from a model is a mistake of its own; the names that it brings are not blamed too.
            if (DeclarationReader.IsDeclared(ancestor))
                yield break;

            foreach (var symbol in ancestor.GetMembers())
            {
                if (IsOwn(symbol) && IsInherited(symbol, type))
                {
                    var kind = symbol is IMethodSymbol ? OwnMemberKind.Method : OwnMemberKind.Named;
                    var member = new OwnMember(kind, symbol.Name, Parameters(symbol), ancestor.Name) { IsRequired = IsRequired(symbol) };
                    yield return (member, Location.None);
                }
            }
        }
    }

    /// <summary>Whether a user would say that he wrote it as a member of this name.</summary>
    private static bool IsOwn(ISymbol symbol) => !symbol.IsImplicitlyDeclared && symbol switch
    {
        IMethodSymbol method => method.MethodKind is MethodKind.Ordinary or MethodKind.Constructor,
        IPropertySymbol property => property.ExplicitInterfaceImplementations.IsEmpty && !property.IsIndexer,
        IEventSymbol @event => @event.ExplicitInterfaceImplementations.IsEmpty,
        _ => true,
    };

    private static bool IsRequired(ISymbol symbol) => symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static bool IsInherited(ISymbol symbol, INamedTypeSymbol by) => symbol is not IMethodSymbol { MethodKind: MethodKind.Constructor }
        && symbol.DeclaredAccessibility switch
        {
            Accessibility.Private => false,
            Accessibility.Internal or Accessibility.ProtectedAndInternal =>
                SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, by.ContainingAssembly),
            _ => true,
        };

    /// <summary>Where it stands in the user's code; null for what the generator wrote, which an analyzer sees too.</summary>
    private static Location? Place(ISymbol symbol) => symbol.Locations.FirstOrDefault(
        location => location.SourceTree is { } tree && !tree.FilePath.Contains(GeneratedSource.Generator));

    private static string Parameters(ISymbol symbol) => symbol is IMethodSymbol method
        ? new string('`', method.Arity) + string.Join(", ", method.Parameters.Select(parameter => Parameter(parameter)))
        : "";

    private static string Parameter(IParameterSymbol parameter) =>
        (parameter.RefKind == RefKind.None ? "" : "ref ") + parameter.Type.ToDisplayString(ParameterType);

    private static OwnMemberKind ConstructorKind(IMethodSymbol constructor, CancellationToken cancellation) =>
        constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
        {
            ConstructorDeclarationSyntax { Initializer.RawKind: (int)SyntaxKind.ThisConstructorInitializer } => OwnMemberKind.ChainedConstructor,
            ConstructorDeclarationSyntax => OwnMemberKind.Constructor,
            _ => OwnMemberKind.PrimaryConstructor,
        };
}
