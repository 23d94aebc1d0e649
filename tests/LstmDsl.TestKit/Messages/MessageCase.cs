namespace LstmDsl.Tests;

/// <summary>Something that is refused, with what causes it.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Cause">Throws the exception whose message is to be judged.</param>
internal sealed record MessageCase(string Name, Action Cause);
