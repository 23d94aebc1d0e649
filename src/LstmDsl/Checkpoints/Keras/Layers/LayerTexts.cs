using System.Globalization;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// A model's inputs and layers as texts, one each behind those that it takes: what a file says beside its tensors, which other layers may have
/// in the same shapes. Options at their defaults, and those of training alone, are left out, so that what later versions add changes no text.
/// </summary>
internal static class LayerTexts
{
    /// <summary>The texts of a model.</summary>
    public static IReadOnlyList<string> Of(ModelPlan plan)
    {
        var nodes = KerasGraph.Of(plan).BehindSources();
        return [.. nodes.Select(node => Of(node, plan.IsSequential ? [] : [.. node.Inputs.Select(input => nodes.IndexOf(input) + 1)]))];
    }

    /// <summary>The first difference between the layers of a file and a model's, in words; null where there is none.</summary>
    public static string? Difference(IReadOnlyList<string> stored, ModelPlan plan)
    {
        var own = Of(plan);
        for (var i = 0; i < Math.Max(stored.Count, own.Count); i++)
        {
            var (theirs, ours) = (i < stored.Count ? $"'{Excerpt.Of(stored[i])}'" : "missing", i < own.Count ? $"'{own[i]}'" : "nothing");
            if (theirs != ours)
                return string.Create(CultureInfo.InvariantCulture, $"layer {i + 1}, counted from its inputs on, is {theirs} there, {ours} here");
        }

        return null;
    }

    private static string Of(KerasNode node, int[] sources)
    {
        var text = node.Layer is { Plan: var layer } ? Of(layer) : Input(node);
        return sources.Length == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text} of {string.Join(", ", sources)}");
    }

    private static string Of(LayerPlan layer) => KerasLayerKinds.Of(layer.Declaration) is null && layer.Declaration is IRecurrentAttribute own
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{layer.Kind} of {layer.Declaration.Kind} {own.Units} {own.Activation} {own.RecurrentActivation} {own.UseBias} {own.ReturnSequences} {own.GoBackwards}")
        : DescribedLayer.Of(layer).ToString();

    private static string Input(KerasNode node) =>
        string.Create(CultureInfo.InvariantCulture, $"{KerasNode.InputKind} {string.Join(" x ", node.Shape)}");
}
