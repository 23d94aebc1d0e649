namespace LstmDsl.Generators;

/// <summary>One generated file.</summary>
/// <param name="HintName">Its name.</param>
/// <param name="Text">Its text.</param>
internal sealed record GeneratedSource(string HintName, string Text)
{
    /// <summary>The generator's full name, which stands in the path of every file that it gives to the compiler.</summary>
    public const string Generator = "LstmDsl.Generators.ModelGenerator";
}
