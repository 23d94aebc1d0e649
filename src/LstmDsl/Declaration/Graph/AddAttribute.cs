namespace LstmDsl;

/// <summary>Adds outputs of one shape up (<c>keras.layers.Add</c>): a skip connection.</summary>
/// <param name="inputs">Names of layers or inputs that stand before.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class AddAttribute(params string[] inputs) : MergingAttribute(inputs)
{
    /// <inheritdoc/>
    internal override string Kind => "Add";
}
