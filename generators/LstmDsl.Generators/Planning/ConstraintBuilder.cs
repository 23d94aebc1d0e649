namespace LstmDsl.Generators;

/// <summary>Turns what is said of a weight's constraint into one with all defaults filled in.</summary>
internal sealed class ConstraintBuilder(ModelDeclaration declaration, WeightBuilder weights, List<Fault> faults)
{
    private static readonly string[] All = ["MinNorm", "MaxNorm", "NormRate", "NormAxis"];

    /// <summary>Reads a refinement.</summary>
    /// <param name="index">The refinement's attribute.</param>
    /// <param name="layer">The layer's attribute.</param>
    public ConstraintSpec Build(int index, int layer)
    {
        var attribute = declaration.Attributes[index];
        var kind = AttributeRules.Choice(attribute, index, "Constraint", Constraint.None, faults);
        if (kind is not (Constraint.None or Constraint.NonNeg) && declaration.Attributes[layer].Kind == AttributeKind.MultiHeadAttention)
        {
            faults.Add(Fault.OfAttribute(
                Descriptors.UnsuitableValue.Id, index, "Constraint", attribute.DisplayName, "Constraint", kind.ToString(),
                "weights of heads have an axis more than norms are built for"));
        }

        foreach (var argument in attribute.Arguments)
        {
            if (All.Contains(argument.Name) && !ArgumentsOf(kind).Contains(argument.Name))
            {
                faults.Add(Fault.OfAttribute(
                    Descriptors.Contradiction.Id, index, argument.Name, argument.Name, $"Constraint.{kind}, which does not use it"));
            }
        }

        var largest = Number("MaxNorm", kind == Constraint.MinMaxNorm ? 1 : 2, norm => norm > 0, "the largest norm is above 0");
        var smallest = Number(
            "MinNorm", 0, norm => norm >= 0 && norm <= largest, $"the smallest norm is at least 0 and at most the largest, {Text.Code(largest)}");
        var rate = Number("NormRate", 1, rate => rate is >= 0 and <= 1, "a rate is at least 0 and at most 1");
        var axes = Axes(attribute.Kind, declaration.Attributes[layer]);
        var axis = Number(
            "NormAxis", 0, axis => axis >= 0 && axis < axes,
            axes == 1 ? "this weight has one axis, 0" : $"this weight has the axes 0 to {Text.Plain(axes - 1)}");
        return new ConstraintSpec(kind, smallest, largest, rate, (int)axis);

        double Number(string name, double otherwise, Func<double, bool> suits, string reason) =>
            ArgumentsOf(kind).Contains(name) ? weights.Number(index, name, otherwise, suits, reason) : otherwise;
    }

    private static string[] ArgumentsOf(Constraint kind) => kind switch
    {
        Constraint.MaxNorm => ["MaxNorm", "NormAxis"],
        Constraint.UnitNorm => ["NormAxis"],
        Constraint.MinMaxNorm => All,
        _ => [],
    };

    /// <summary>How many axes a weight has in Keras: a convolution's kernel has that of time too, and the bias of some GRUs two rows.</summary>
    private static int Axes(AttributeKind weight, DeclaredAttribute layer) => weight switch
    {
        AttributeKind.Kernel when layer.Kind == AttributeKind.Conv1D => 3,
        AttributeKind.Kernel or AttributeKind.RecurrentKernel or AttributeKind.Embeddings => 2,
        AttributeKind.Bias when layer.IsRecurrent && RecurrentKind.Of(layer).BiasRows > 1 => 2,
        _ => 1,
    };
}
