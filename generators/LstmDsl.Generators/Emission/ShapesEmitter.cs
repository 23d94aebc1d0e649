using LstmDsl.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>Writes a layer's constants as a type, which kernels take as a type argument.</summary>
internal static class ShapesEmitter
{
    public static void Emit(EmissionContext context, PlannedLayer layer)
    {
        var writer = context.Writer;
        writer.Open($"private readonly struct {layer.Spec.Name}Shape : {EmissionContext.Services}I{layer.Spec.ShapeKind}Shape");
        writer.Line($"public static int Layer => {Text.Code(context.Model.IndexOf(layer))};");
        writer.Line($"public static string Name => \"{layer.Spec.FileName}\";");
        foreach (var (type, name, value) in Constants(layer))
            writer.Line($"public static {type} {name} => {value};");
        writer.Close();
        if (layer is { Spec: CombineSpec { AppendsTimesteps: var appends }, MakesMask: true })
            Mask(context, layer, appends);
    }

    /// <summary>
    /// What is made of the masks of two outputs, as numbers 1 and 0: the masks one after the other, or a timestep counts where either says so.
    /// </summary>
    private static void Mask(EmissionContext context, PlannedLayer layer, bool appends)
    {
        var writer = context.Writer;
        writer.Open($"private readonly struct {layer.Spec.Name}MaskShape : {EmissionContext.Services}ICombineShape");
        writer.Line($"public static int Layer => {Text.Code(context.Model.IndexOf(layer))};");
        writer.Line($"public static string Name => \"{layer.Spec.FileName}\";");
        foreach (var (type, name, value) in (IEnumerable<(string, string, string)>)
        [
            Number("FirstUnits", appends ? layer.Timesteps : 1), Number("SecondUnits", appends ? layer.SecondShape.Timesteps : 1),
            Combined(appends ? Combination.Append : Combination.Maximum),
        ])
        {
            writer.Line($"public static {type} {name} => {value};");
        }

        writer.Close();
    }

    private static IEnumerable<(string Type, string Name, string Value)> Constants(PlannedLayer layer) => layer.Spec switch
    {
        UnitsSpec units => Constants(layer, units).Concat(DropoutConstants(layer)),
        ActivationSpec activation => Constants(layer, activation),
        CombineSpec combine => Constants(layer, combine),
        AttentionSpec attention => Constants(layer, attention),
        RearrangeSpec rearrange => Constants(layer, rearrange),
        MergeSpec merge => [Number("Units", layer.Inputs), Choice("Merge", merge.Merge)],
        MaskingSpec masking => [Number("Units", layer.Units), Real("MaskValue", masking.MaskValue)],
        AffineSpec affine => Constants(layer, affine),
        BatchNormalizationSpec { IsTrainable: false } normalization =>
            [Number("Units", layer.Units), Real("Epsilon", normalization.Epsilon), Flag("IsFrozen", true)],
        NormalizationSpec normalization => [Number("Units", layer.Units), Real("Epsilon", normalization.Epsilon)],
        EmbeddingSpec embedding => [Number("Inputs", embedding.InputDim), Number("Units", layer.Units)],
        DropoutSpec dropout => Constants(layer, dropout),
        UnfoldSpec unfold => Constants(layer, unfold),
        PoolingSpec pooling => Constants(layer, pooling),
        _ => [],
    };

    private static IEnumerable<(string Type, string Name, string Value)> Constants(PlannedLayer layer, ActivationSpec spec)
    {
        yield return Number("Units", layer.Units);
        yield return Choice("Activation", spec.Activation);
        if (spec.HasOwnSlope)
            yield return Real("NegativeSlope", spec.NegativeSlope);
    }

    private static IEnumerable<(string Type, string Name, string Value)> Constants(PlannedLayer layer, DropoutSpec spec)
    {
        yield return Number("Units", layer.Units);
        yield return Real("Rate", spec.Rate);
        yield return Flag("SameOverTime", spec.SameOverTime);
        if (layer.AddsInputGradient)
            yield return Flag("AddsInputGradient", true);
    }

    private static IEnumerable<(string Type, string Name, string Value)> Constants(PlannedLayer layer, CombineSpec spec)
    {
        var ((first, second), (timesteps, width)) = ((layer.Timesteps, layer.Inputs), layer.SecondShape);
        yield return Number("FirstUnits", spec.AppendsTimesteps ? first * second : second);
        yield return Number("SecondUnits", spec.AppendsTimesteps ? timesteps * width : width);
        yield return Combined(spec.Combination);
        if (spec.Divisor > 1)
            yield return Number("Divisor", spec.Divisor);
        if (spec.LeavesPaddingOut && layer.Training.Mask >= 0)
            yield return Flag("FirstIsMasked", true);
        if (spec.LeavesPaddingOut && layer.Training.SecondMask >= 0)
            yield return Flag("SecondIsMasked", true);
        if (layer.AddsInputGradient)
            yield return Flag("AddsInputGradient", true);
        if (layer.AddsSecondGradient)
            yield return Flag("AddsSecondGradient", true);
    }

    private static IEnumerable<(string Type, string Name, string Value)> Constants(PlannedLayer layer, AttentionSpec spec)
    {
        yield return Number("QueryTimesteps", Math.Max(layer.Timesteps, 1));
        yield return Number("Timesteps", layer.SecondShape.Timesteps);
        if (spec.HeadCount > 1)
            yield return Number("Heads", spec.HeadCount);
        yield return Number("KeyUnits", layer.Inputs / spec.HeadCount);
        yield return Number("Units", layer.Units / spec.HeadCount);
        if (spec.Heads is { KeyDim: var keyDim })
        {
            yield return Real("Factor", 1 / Math.Sqrt(keyDim));
            yield return Flag("ZeroesPadding", false);
        }

        if (spec.Dropout > 0)
            yield return Real("Dropout", spec.Dropout);
        if (spec.Score != AttentionScore.Dot)
        {
            yield return (EmissionContext.Services + nameof(AttentionScore), "Score",
                $"{EmissionContext.Services}{nameof(AttentionScore)}.{spec.Score}");
        }

        if (spec.UseScale)
            yield return Flag("UseScale", true);
        if (spec.IsCausal)
            yield return Flag("IsCausal", true);
        if (layer.AddsInputGradient)
            yield return Flag("AddsInputGradient", true);
        if (layer.AddsSecondGradient)
            yield return Flag("AddsSecondGradient", true);
        if (layer.AddsThirdGradient)
            yield return Flag("AddsThirdGradient", true);
    }

    private static (string Type, string Name, string Value) Combined(Combination combination) =>
        (EmissionContext.Services + nameof(Combination), nameof(Combination), $"{EmissionContext.Services}{nameof(Combination)}.{combination}");

    private static IEnumerable<(string Type, string Name, string Value)> Constants(PlannedLayer layer, RearrangeSpec spec)
    {
        yield return Number("Inputs", layer.Inputs);
        yield return Number("OutputTimesteps", Math.Max(layer.OutputTimesteps, 1));
        yield return Number("Units", layer.Units);
        if (spec.Start > 0)
            yield return Number("Start", spec.Start);
        yield return Number("TimestepDistance", spec.TimestepDistance(layer.Inputs));
        if (spec.UnitDistance(layer.Inputs) != 1)
            yield return Number("UnitDistance", spec.UnitDistance(layer.Inputs));
        if (layer.AddsInputGradient)
            yield return Flag("AddsInputGradient", true);
    }

    private static IEnumerable<(string Type, string Name, string Value)> Constants(PlannedLayer layer, UnfoldSpec spec) =>
    [
        Number("Timesteps", Math.Max(layer.Timesteps, 1)), Number("Inputs", layer.Inputs),
        Number("OutputTimesteps", Math.Max(layer.OutputTimesteps, 1)), Number("Window", spec.Window(layer.Timesteps)),
        Number("Stride", spec.Stride), Number("Dilation", spec.Dilation), Number("Padding", spec.PaddingBefore(layer.Timesteps)),
    ];

    private static IEnumerable<(string Type, string Name, string Value)> Constants(PlannedLayer layer, PoolingSpec spec) =>
    [
        Number("Units", layer.Units), Number("Timesteps", layer.Timesteps), Number("OutputTimesteps", Math.Max(layer.OutputTimesteps, 1)),
        Number("Window", spec.Sliding?.Size ?? layer.Timesteps), Number("Stride", spec.Sliding?.Stride ?? layer.Timesteps),
        Number("Padding", spec.Sliding?.PaddingBefore(layer.Timesteps) ?? 0), Flag("TakesMaximum", spec.TakesMaximum),
    ];

    private static IEnumerable<(string Type, string Name, string Value)> Constants(PlannedLayer layer, AffineSpec spec) =>
    [
        Number("Units", layer.Units), Flag("Divides", spec.Divides), Flag("TakesVariances", spec.TakesVariances),
        Flag("SharesWeights", spec.SharesWeights),
        ("float", "Factor(int unit)", OfUnit(spec.Factors, otherwise: 1)), ("float", "Addend(int unit)", OfUnit(spec.Addends, otherwise: 0)),
    ];

    /// <summary>A feature's number, of a list that has one for each feature or one for all.</summary>
    private static string OfUnit(EquatableArray<double> numbers, double otherwise)
    {
        var last = Text.Single(numbers.Count > 0 ? numbers[numbers.Count - 1] : otherwise);
        var arms = numbers.Take(numbers.Count - 1).Select((number, unit) => $"{Text.Code(unit)} => {Text.Single(number)}").ToArray();
        return arms.Length == 0 ? last : $"unit switch {{ {string.Join(", ", arms)}, _ => {last} }}";
    }

    private static IEnumerable<(string Type, string Name, string Value)> DropoutConstants(PlannedLayer layer)
    {
        if (layer.Spec is not RecurrentSpec { RecurrentDropout: > 0 } spec)
            yield break;

        yield return Real("Dropout", spec.Dropout);
        yield return Real("RecurrentDropout", spec.RecurrentDropout);
    }

    /// <summary>Of what is as usual the library's interfaces say that it is.</summary>
    private static IEnumerable<(string Type, string Name, string Value)> Constants(PlannedLayer layer, UnitsSpec spec)
    {
        yield return Number("Inputs", layer.Inputs);
        yield return Number("Units", layer.Units);
        if (spec.Activation != (spec is RecurrentSpec ? Activation.Tanh : Activation.Linear))
            yield return Choice("Activation", spec.Activation);
        if (spec is RecurrentSpec { Kind.HasGates: true, RecurrentActivation: not Activation.Sigmoid and var gates })
            yield return Choice("RecurrentActivation", gates);
        if (!spec.UseBias)
            yield return Flag("UseBias", false);
        if (spec is not RecurrentSpec recurrent)
            yield break;

        if (recurrent.ReturnSequences)
            yield return Flag("ReturnSequences", true);
        if (recurrent.GoBackwards)
            yield return Flag("GoBackwards", true);
        if (layer.AddsInputGradient)
            yield return Flag("AddsInputGradient", true);
    }

    private static (string Type, string Name, string Value) Number(string name, int value) => ("int", name, Text.Code(value));

    private static (string Type, string Name, string Value) Real(string name, double value) => ("double", name, Text.Code(value));

    private static (string Type, string Name, string Value) Flag(string name, bool value) => ("bool", name, Text.Code(value));

    private static (string Type, string Name, string Value) Choice<TEnum>(string name, TEnum value) where TEnum : struct, Enum =>
        (EmissionContext.Library + typeof(TEnum).Name, name, $"{EmissionContext.Library}{typeof(TEnum).Name}.{value}");
}
