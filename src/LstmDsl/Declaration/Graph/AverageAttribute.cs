namespace LstmDsl;

/// <summary>Takes the mean of outputs of one shape (<c>keras.layers.Average</c>).</summary>
/// <param name="inputs">Names of layers or inputs that stand before.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class AverageAttribute(params string[] inputs) : MergingAttribute(inputs)
{
    /// <inheritdoc/>
    internal override string Kind => "Average";
}
