namespace LstmDsl;

/// <summary>Begins a branch: the layer that follows reads the output of the layer, or the input, of this name.</summary>
/// <param name="layer">Name of a layer or an input that stands before.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class FromAttribute(string layer) : Attribute
{
    /// <summary>Name of the layer or the input that is read.</summary>
    public string Layer { get; } = layer;
}
