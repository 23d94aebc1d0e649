using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A call in the graph that Keras has of a model: of a layer, an input, or an operation by which a mask is made.</summary>
/// <param name="kind">Keras's class.</param>
/// <param name="name">Its name in files.</param>
/// <param name="shape">The shape of what it gives, of one sample.</param>
internal sealed class KerasNode(string kind, string name, int[] shape)
{
    /// <summary>The class of an input.</summary>
    public const string InputKind = "InputLayer";

    /// <summary>Keras's class.</summary>
    public string Kind { get; } = kind;

    /// <summary>Its name in files.</summary>
    public string Name { get; } = name;

    /// <summary>The shape of what it gives, of one sample.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>What it takes, in order; of a recurrent layer its input and, it may be, the layer whose last states it begins with.</summary>
    public IReadOnlyList<KerasNode> Inputs { get; init; } = [];

    /// <summary>The mask that it is called with; null for none.</summary>
    public KerasNode? Mask { get; init; }

    /// <summary>The number that an operation takes after its input; null for none.</summary>
    public double? Number { get; init; }

    /// <summary>The place of a layer that no one declares.</summary>
    public const int Undeclared = -1;

    /// <summary>The layer, and its place among the model's; null for an input and for an operation.</summary>
    public (LayerPlan Plan, int Index)? Layer { get; init; }

    /// <summary>Whether it is a layer of the model.</summary>
    public bool IsDeclared => Layer is { Index: not Undeclared };

    /// <summary>Whether it is an operation, which has no place among the weights.</summary>
    public bool IsOperation => Layer is null && Kind != InputKind;

    /// <summary>Everything that it is called with.</summary>
    public IEnumerable<KerasNode> Sources => Mask is null ? Inputs : Inputs.Append(Mask);
}
