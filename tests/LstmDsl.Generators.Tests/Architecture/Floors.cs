using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.Generators.Tests.Architecture;

/// <summary>
/// Folders of sources in an order in which each may use only those before it. Every name in the sources is resolved to the file of its
/// declaration, as a compiler does; namespaces and using directives say nothing here.
/// </summary>
/// <param name="floors">
/// The folders, lowest first; a folder that is not listed belongs to the nearest listed one above it, "." being the root.
/// </param>
internal sealed class Floors(params string[] floors)
{
    // What implicit usings import, so that names resolve as in the project.
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>The uses that run against the order, a line each: both files and the symbol.</summary>
    /// <param name="sources">Texts by their paths, relative to the root, with slashes.</param>
    /// <param name="references">Assemblies that the sources refer to, beside the framework.</param>
    public IReadOnlyList<string> Violations(
        IEnumerable<(string Path, string Text)> sources, IEnumerable<MetadataReference> references)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        SyntaxTree[] trees = [.. sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, options, source.Path))];
        var compilation = CSharpCompilation.Create(
            "Sources",
            [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            [.. Basic.Reference.Assemblies.Net100.References.All, .. references],
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        var highest = HighestFloors(compilation.Assembly.GlobalNamespace);
        var violations = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var tree in trees)
        {
            var model = compilation.GetSemanticModel(tree);
            var floor = Floor(tree.FilePath);
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                // To resolve each name would take the most time by far.
                if (!name.IsVar && !IsAbove(name.Identifier.ValueText, floor))
                    continue;
                var info = model.GetSymbolInfo(name);
                if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not { } symbol || DeclaredIn(symbol) is not { Length: > 0 } path)
                    continue;
                if (floor < Floor(path))
                {
                    var line = $"{tree.FilePath} uses {symbol.Name} of {path}";
                    violations[line] = violations.GetValueOrDefault(line) + 1;
                }
            }
        }

        return [.. violations.Select(found => $"{found.Key}, {found.Value} times")];

        bool IsAbove(string name, int floor) => highest.GetValueOrDefault(name) > floor || highest.GetValueOrDefault(name + "Attribute") > floor;
    }

    /// <summary>The floors in which no source lies.</summary>
    public IEnumerable<string> Empty(IEnumerable<string> paths) => floors.Except(paths.Select(path => floors[Floor(path)]));

    /// <summary>The highest floor on which something of a name is declared.</summary>
    private Dictionary<string, int> HighestFloors(INamespaceSymbol root)
    {
        Dictionary<string, int> highest = [];
        var open = new Stack<INamespaceOrTypeSymbol>([root]);
        while (open.TryPop(out var container))
        {
            foreach (var member in container.GetMembers())
            {
                if (DeclaredIn(member) is { Length: > 0 } path)
                    highest[member.Name] = Math.Max(highest.GetValueOrDefault(member.Name), Floor(path));
                if (member is INamespaceOrTypeSymbol inner)
                    open.Push(inner);
            }
        }

        return highest;
    }

    // A member of a type in several files is where the member stands.
    private static string? DeclaredIn(ISymbol symbol) => symbol is INamespaceSymbol ? null
        : (symbol is INamedTypeSymbol ? symbol : symbol.ContainingType is null ? null : symbol)
            ?.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath).FirstOrDefault();

    private int Floor(string path)
    {
        for (var folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            var floor = Array.IndexOf(floors, folder);
            if (floor >= 0)
                return floor;
        }

        var root = Array.IndexOf(floors, ".");
        return root >= 0 ? root : throw new InvalidOperationException($"{path} lies on none of the floors {string.Join(", ", floors)}.");
    }
}
