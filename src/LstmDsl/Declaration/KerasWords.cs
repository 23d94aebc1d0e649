namespace LstmDsl;

/// <summary>Keras's words, where a value is meant.</summary>
internal static class KerasWords
{
    /// <summary>Throws what the compiler has said already to whoever calls it otherwise.</summary>
    public static T Refuse<T>(string name) => throw new NotSupportedException($"A {typeof(T).Name} is a value, not a name; found '{name}'.");
}
