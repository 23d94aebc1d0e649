namespace LstmDsl;

/// <summary>
/// Takes the second of two outputs of one shape from the first (<c>keras.layers.Subtract</c>): <c>[Subtract("A")]</c> is A
/// less what stands before.
/// </summary>
/// <param name="inputs">Names of layers or inputs that stand before.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class SubtractAttribute(params string[] inputs) : MergingAttribute(inputs)
{
    /// <inheritdoc/>
    internal override string Kind => "Subtract";
}
