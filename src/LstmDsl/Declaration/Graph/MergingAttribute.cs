namespace LstmDsl;

/// <summary>
/// Declares a layer that makes one output of several: of those that it names, in the order in which it names them, and last of what stands
/// before it, unless that is named too.
/// </summary>
public abstract class MergingAttribute : LayerAttribute
{
    private protected MergingAttribute(string[] inputs) => Inputs = inputs;

    /// <summary>Names of layers or inputs that stand before.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Name in code, files and summaries; a C# identifier. Default: the kind, then with 1 and so on.</summary>
    public string? Name { get; set; }
}
