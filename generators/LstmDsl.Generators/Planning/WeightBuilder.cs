using System.Globalization;

namespace LstmDsl.Generators;

/// <summary>Turns what is said of a weight into how it starts, what its size costs and what it satisfies, with all defaults filled in.</summary>
internal sealed class WeightBuilder(ModelDeclaration declaration, List<Fault> faults)
{
    private const string NotFinite = "weights are finite 32-bit numbers";

    /// <summary>Builds a weight.</summary>
    /// <param name="kind">The kind of refinement that speaks of it.</param>
    /// <param name="refinements">Indices of the layer's refinements.</param>
    /// <param name="layer">Index of the layer's attribute.</param>
    /// <param name="otherwise">The initializer where neither names one.</param>
    public WeightSpec Build(AttributeKind kind, IReadOnlyDictionary<AttributeKind, int> refinements, int layer, Init otherwise)
    {
        int? refinement = refinements.TryGetValue(kind, out var place) ? place : null;

        // Only the kernel's initializer can be named by the layer too.
        var (attribute, argument) = refinement is { } named && declaration.Attributes[named].Find("init") is not null ? (named, "init")
            : kind == AttributeKind.Kernel ? (layer, "kernel")
            : (refinement ?? layer, "init");
        var init = AttributeRules.Choice(declaration.Attributes[attribute], attribute, argument, otherwise, faults);
        if (init is Init.Orthogonal or Init.Identity && kind is AttributeKind.Bias or AttributeKind.Gamma or AttributeKind.Beta)
            Unsuitable(attribute, argument, init.ToString(), $"a {kind.ToString().ToLowerInvariant()} is no matrix");
        else if (init is Init.Orthogonal or Init.Identity && declaration.Attributes[layer].Kind == AttributeKind.MultiHeadAttention)
            Unsuitable(attribute, argument, init.ToString(), "kernels of heads are no matrices");

        return new WeightSpec(refinement is { } index ? Initializer(index, init) : new InitializerSpec(init))
        {
            Regularizer = refinement is { } refined ? Regularizer(refined, "L1", "L2") : RegularizerSpec.None,
            Constraint = refinement is { } constrained
                ? new ConstraintBuilder(declaration, this, faults).Build(constrained, layer)
                : ConstraintSpec.None,
            NamedBy = new ArgumentLocation(attribute, declaration.Attributes[attribute].DisplayName, argument),
        };
    }

    /// <summary>Two factors of an attribute.</summary>
    public RegularizerSpec Regularizer(int index, string l1, string l2) => new(Factor(index, l1), Factor(index, l2));

    private InitializerSpec Initializer(int index, Init init)
    {
        var attribute = declaration.Attributes[index];
        foreach (var argument in attribute.Arguments)
        {
            if (InitArguments.All.Contains(argument.Name) && !InitArguments.Of(init).Contains(argument.Name))
            {
                faults.Add(Fault.OfAttribute(
                    Descriptors.Contradiction.Id, index, argument.Name, argument.Name, $"Init.{init}, which does not use it"));
            }
        }

        var initializer = new InitializerSpec(init, Number("Value", InitDefaults.Value))
        {
            Mean = Number("Mean", InitDefaults.Mean),
            StdDev = Number("StdDev", InitDefaults.StdDev),
            MinValue = Number("MinValue", InitDefaults.MinValue),
            MaxValue = Number("MaxValue", InitDefaults.MaxValue),
            Scale = Number("Scale", InitDefaults.Scale),
            Gain = Number("Gain", InitDefaults.Gain),
            Mode = Takes("Mode") ? AttributeRules.Choice(attribute, index, "Mode", InitDefaults.Mode, faults) : InitDefaults.Mode,
            Distribution = Takes("Distribution")
                ? AttributeRules.Choice(attribute, index, "Distribution", InitDefaults.Distribution, faults)
                : InitDefaults.Distribution,
        };
        CheckRanges(index, initializer);
        return initializer;

        bool Takes(string name) => InitArguments.Of(init).Contains(name);

        double Number(string name, double otherwise) => Takes(name) ? Finite(index, name, otherwise) : otherwise;
    }

    private void CheckRanges(int index, InitializerSpec initializer)
    {
        if (initializer.StdDev < 0)
            Unsuitable(index, "StdDev", InMessage(initializer.StdDev), "a standard deviation is at least 0");
        if (initializer.Scale <= 0)
            Unsuitable(index, "Scale", InMessage(initializer.Scale), "a variance is above 0");
        if (initializer.MinValue >= initializer.MaxValue)
        {
            var (blamed, value) = declaration.Attributes[index].Find("MaxValue") is null
                ? ("MinValue", initializer.MinValue)
                : ("MaxValue", initializer.MaxValue);
            var range = $"the range from {InMessage(initializer.MinValue)} to {InMessage(initializer.MaxValue)} is empty";
            Unsuitable(index, blamed, InMessage(value), range);
        }
    }

    private double Finite(int index, string argument, double otherwise)
    {
        var value = declaration.Attributes[index].Number(argument, otherwise);
        if (IsFinite(value))
            return value;

        Unsuitable(index, argument, InMessage(value), NotFinite);
        return otherwise;
    }

    /// <summary>A number that an option cannot be without; the default where it is unsuitable.</summary>
    public double Number(int index, string argument, double otherwise, Func<double, bool> suits, string reason)
    {
        var value = declaration.Attributes[index].Number(argument, otherwise);
        if (IsFinite(value) && suits(value))
            return value;

        Unsuitable(index, argument, InMessage(value), reason);
        return otherwise;
    }

    private double Factor(int index, string argument)
    {
        var value = declaration.Attributes[index].Number(argument);
        if (IsFinite(value) && value >= 0)
            return value;

        Unsuitable(index, argument, InMessage(value), "the factor of a penalty is a finite 32-bit number of at least 0");
        return 0;
    }

    /// <summary>Whether a number is a finite 32-bit one.</summary>
    public static bool IsFinite(double value) => !double.IsNaN(value) && !float.IsInfinity((float)value);

    private static string InMessage(double value) => value.ToString(CultureInfo.InvariantCulture);

    private void Unsuitable(int index, string argument, string found, string reason) => faults.Add(Fault.OfAttribute(
        Descriptors.UnsuitableValue.Id, index, argument, declaration.Attributes[index].DisplayName, argument, found, reason));
}
