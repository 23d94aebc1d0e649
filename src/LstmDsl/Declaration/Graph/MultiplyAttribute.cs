namespace LstmDsl;

/// <summary>Multiplies outputs of one shape, number by number (<c>keras.layers.Multiply</c>): a gate.</summary>
/// <param name="inputs">Names of layers or inputs that stand before.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class MultiplyAttribute(params string[] inputs) : MergingAttribute(inputs)
{
    /// <inheritdoc/>
    internal override string Kind => "Multiply";
}
