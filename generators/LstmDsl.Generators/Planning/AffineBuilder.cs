using System.Globalization;

namespace LstmDsl.Generators;

/// <summary>Turns attributes of layers that map each feature by two numbers into their kernels.</summary>
internal sealed class AffineBuilder(ModelDeclaration declaration, List<Fault> faults)
{
    private const string NotFinite = "values are finite 32-bit numbers";

    private readonly WeightBuilder weights = new(declaration, faults);

    /// <summary>Multiplication by a number, and addition of one.</summary>
    public RescalingSpec Rescaling(int index, string name, string file) => new()
    {
        Name = name,
        FileName = file,
        Attribute = index,
        Scale = weights.Number(index, "scale", otherwise: 1, _ => true, NotFinite),
        Offset = weights.Number(index, "offset", otherwise: 0, _ => true, NotFinite),
    };

    /// <summary>Normalisation by moments; where what is declared of them is wrong, by weights.</summary>
    public FeatureNormalizationSpec Normalization(int index, string name, string file)
    {
        var attribute = declaration.Attributes[index];
        var perFeature = attribute.Flag("PerFeature", true);
        var before = faults.Count;
        var mean = Numbers(index, "Mean", _ => true, NotFinite);
        var variance = Numbers(index, "Variance", number => number >= 0, "a variance is a finite 32-bit number of at least 0");
        if (faults.Count == before)
            Compare(index, mean, variance, perFeature);

        var isSound = faults.Count == before;
        return new FeatureNormalizationSpec
        {
            Name = name,
            FileName = file,
            Attribute = index,
            Mean = isSound && mean is { } knownMean ? knownMean : default,
            Variance = isSound && variance is { } knownVariance ? knownVariance : default,
            Invert = attribute.Flag("Invert", false),
            PerFeature = perFeature,
        };
    }

    /// <summary>Finds lists that contradict each other.</summary>
    private void Compare(int index, EquatableArray<double>? mean, EquatableArray<double>? variance, bool perFeature)
    {
        if (mean is null != variance is null)
        {
            var (given, missing) = mean is null ? ("Variance", "Mean") : ("Mean", "Variance");
            Contradict(index, given, $"{given} without {missing}", "a layer that is given both or learns both with Adapt");
        }
        else if (mean is { Count: var means } && variance is { Count: var variances } && means != variances)
        {
            Contradict(index, "Variance", $"Variance with {Counted(variances)}", $"Mean with {Counted(means)}");
        }
        else if (!perFeature && mean is { Count: > 1 and var several })
        {
            Contradict(index, "PerFeature", "PerFeature = false", $"Mean with {Counted(several)}");
        }
    }

    /// <summary>A list of numbers; null where it is not given.</summary>
    private EquatableArray<double>? Numbers(int index, string argument, Func<double, bool> suits, string reason)
    {
        if (declaration.Attributes[index].Find(argument) is not { Numbers: var numbers })
            return null;

        if (numbers.Count == 0)
            Unsuitable(index, argument, "an empty list", "it has a number for each feature, or one for all");
        foreach (var number in numbers)
        {
            if (WeightBuilder.IsFinite(number) && suits(number))
                continue;
            Unsuitable(index, argument, number.ToString(CultureInfo.InvariantCulture), reason);
            break;
        }

        return numbers;
    }

    private static string Counted(int count) => count == 1 ? "1 number" : $"{Text.Plain(count)} numbers";

    private void Unsuitable(int index, string argument, string found, string reason) => faults.Add(Fault.OfAttribute(
        Descriptors.UnsuitableValue.Id, index, argument, declaration.Attributes[index].DisplayName, argument, found, reason));

    private void Contradict(int index, string argument, string one, string other) =>
        faults.Add(Fault.OfAttribute(Descriptors.Contradiction.Id, index, argument, one, other));
}
