extern alias Runtime;

using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LstmDsl.Generators.Tests;

/// <summary>The declaration that is printed for a file of Keras's, compiled as the one who copies it would.</summary>
internal static class PrintedDeclaration
{
    /// <summary>The declaration.</summary>
    public static string Of(string path) => Runtime::LstmDsl.KerasFile.Declaration(path);

    /// <summary>The errors of compiler, generator and analyzer; none for a declaration that compiles.</summary>
    public static async Task<string[]> ErrorsAsync(string declaration) => await ErrorsAsync(Generate(declaration));

    /// <summary>The errors that a declaration's text alone has: <c>#error</c>.</summary>
    public static string[] SyntaxErrors(string declaration) =>
        [.. Errors(Compiler.Compile(declaration).SyntaxTrees.SelectMany(tree => tree.GetDiagnostics()))];

    /// <summary>The model, compiled.</summary>
    public static async Task<Type> CompileAsync(string declaration)
    {
        var compilation = Generate(declaration);
        var errors = await ErrorsAsync(compilation);
        Assert.True(errors.Length == 0, $"{declaration}\n{string.Join("\n", errors)}");
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        return Assembly.Load(stream.ToArray()).GetType("Model", throwOnError: true)!;
    }

    /// <summary>Predictions of a model that a file is loaded into.</summary>
    public static float[] Predict(Type model, string path, float[] x, int outputs) =>
        (float[])Call(typeof(Loaded<>), model, nameof(Loaded<>.Predict), path, x, outputs)!;

    /// <summary>Writes a new model into a file.</summary>
    public static void Save(Type model, string path) => Call(typeof(Loaded<>), model, nameof(Loaded<>.Save), path);

    private static Compilation Generate(string declaration) => Compiler.Generate(Compiler.Compile("using LstmDsl;\n" + declaration));

    private static async Task<string[]> ErrorsAsync(Compilation compilation) =>
    [
        .. Errors(compilation.GetDiagnostics()),
        .. Errors(await compilation.WithAnalyzers([new DeclarationAnalyzer()]).GetAnalyzerDiagnosticsAsync()),
    ];

    private static IEnumerable<string> Errors(IEnumerable<Diagnostic> found) => found
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
        .Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");

    private static object? Call(Type generic, Type model, string method, params object[] arguments) => generic.MakeGenericType(model)
        .GetMethod(method)!
        .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);

    private static class Loaded<TModel> where TModel : class, Runtime::LstmDsl.IRecurrentModel<TModel>
    {
        public static float[] Predict(string path, float[] x, int outputs)
        {
            var predictions = new float[outputs];
            TModel.Load(path).Predict(x, predictions);
            return predictions;
        }

        public static void Save(string path) => TModel.Create(3).Save(path);
    }
}
