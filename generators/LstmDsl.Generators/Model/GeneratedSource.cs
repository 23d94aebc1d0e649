namespace LstmDsl.Generators;

/// <summary>One generated file.</summary>
/// <param name="HintName">Its name.</param>
/// <param name="Text">Its text.</param>
internal sealed record GeneratedSource(string HintName, string Text);
