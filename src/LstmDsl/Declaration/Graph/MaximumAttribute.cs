namespace LstmDsl;

/// <summary>
/// Takes the largest of outputs of one shape, number by number (<c>keras.layers.Maximum</c>). Where two are equal the one
/// named first gets the gradient.
/// </summary>
/// <param name="inputs">Names of layers or inputs that stand before.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class MaximumAttribute(params string[] inputs) : MergingAttribute(inputs)
{
    /// <inheritdoc/>
    internal override string Kind => "Maximum";
}
