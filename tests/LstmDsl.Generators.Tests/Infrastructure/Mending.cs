using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators.Tests;

/// <summary>Applies code fixes as an editor would: to documents of a workspace, at what compiler, generator and analyzer report.</summary>
internal static class Mending
{
    /// <summary>The sources after the first action that a fix offers at the first diagnostic of this id, with the action's title.</summary>
    public static async Task<(string? Title, string[] Sources)> ApplyAsync(CodeFixProvider fix, string id, params string[] sources)
    {
        using var workspace = new AdhocWorkspace();
        var project = Project(workspace, sources);
        var diagnostic = (await DiagnosticsAsync(project)).FirstOrDefault(diagnostic => diagnostic.Id == id);
        Assert.True(diagnostic is not null, $"{id} was not reported");

        var document = project.GetDocument(diagnostic.Location.SourceTree)!;
        CodeAction? action = null;
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (offered, _) => action ??= offered, CancellationToken.None));
        return action is null ? (null, sources) : (action.Title, await TextsAsync(project, action));
    }

    /// <summary>The sources after every diagnostic of this id was mended at once.</summary>
    public static async Task<string[]> ApplyToAllAsync(CodeFixProvider fix, string id, params string[] sources)
    {
        using var workspace = new AdhocWorkspace();
        var project = Project(workspace, sources);
        var diagnostics = (await DiagnosticsAsync(project)).Where(diagnostic => diagnostic.Id == id).ToArray();
        Assert.True(diagnostics.Length > 1, $"{id} was reported {diagnostics.Length} times");

        var document = project.GetDocument(diagnostics[0].Location.SourceTree)!;
        var context = new FixAllContext(
            document, fix, FixAllScope.Project, fix.GetType().Name, [id], new Known(diagnostics), CancellationToken.None);
        var action = await fix.GetFixAllProvider()!.GetFixAsync(context);
        Assert.NotNull(action);
        return await TextsAsync(project, action);
    }

    private static Project Project(AdhocWorkspace workspace, string[] sources)
    {
        var compilation = Compiler.Compile(sources);
        var options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Consumer", "Consumer", LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: options, metadataReferences: compilation.References));
        for (var i = 0; i < sources.Length; i++)
            project = project.AddDocument($"Source{i}.cs", sources[i], filePath: $"Source{i}.cs").Project;
        return project;
    }

    /// <summary>All that is reported, at places within the project's own trees: a generator reports by path and position.</summary>
    private static async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(Project project)
    {
        var compilation = (CSharpCompilation)(await project.GetCompilationAsync())!;
        var reported = (await Compiler.AnalyzeAsync(compilation)).Concat(Compiler.Complaints(compilation));
        var trees = compilation.SyntaxTrees.ToDictionary(tree => tree.FilePath);
        return
        [
            .. from diagnostic in reported
               let path = diagnostic.Location.GetLineSpan().Path
               where trees.ContainsKey(path)
               select Diagnostic.Create(diagnostic.Descriptor, Location.Create(trees[path], diagnostic.Location.SourceSpan), diagnostic.Properties),
        ];
    }

    private static async Task<string[]> TextsAsync(Project project, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
        return await Task.WhenAll(changed.Documents.OrderBy(document => document.Name)
            .Select(async document => (await document.GetTextAsync()).ToString()));
    }

    private sealed class Known(Diagnostic[] diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
