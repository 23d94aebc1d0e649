using System.Text;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A layer as a file or a declaration describes it, so that the two can be laid side by side.</summary>
/// <param name="kind">Keras's class.</param>
/// <param name="value">Values of options as one reads them.</param>
/// <param name="rest">What it says beyond what can be declared, as its row ends.</param>
internal sealed class DescribedLayer(string kind, Func<KerasOption, string> value, string rest)
{
    /// <summary>The layer that a bidirectional one runs backwards, in files.</summary>
    public const string BackwardLayer = "backward_layer";

    /// <summary>
    /// Options that change training alone; a file that differs in them gives the same predictions, of a stateful layer those that begin in
    /// zeros.
    /// </summary>
    private static readonly HashSet<string> OfTrainingAlone =
        ["dropout", "recurrent_dropout", "rate", "momentum", "activity_regularizer", "unit_forget_bias", "stateful"];

    private static readonly KerasOption MergeMode = new("merge_mode", nameof(Merge), _ => Merge.Concat, Merge.Concat);

    private DescribedLayer? inner;

    /// <summary>A layer of a file.</summary>
    /// <param name="kind">Keras's class.</param>
    /// <param name="options">Its options.</param>
    /// <param name="lastAxis">The last axis of what it takes, counted from the samples' on.</param>
    /// <param name="isInner">Whether a bidirectional layer runs it.</param>
    public static DescribedLayer Of(string kind, JsonElement options, int lastAxis, bool isInner = false)
    {
        var rest = new StringBuilder();
        DescribedLayer? inner = null;
        if (KerasJson.Member(options, "layer") is { } wrapped)
        {
            inner = Of(KerasJson.Text(wrapped, "class_name") ?? "?", KerasJson.Member(wrapped, "config") ?? default, lastAxis, isInner: true);
            if (KerasJson.Member(options, BackwardLayer) is { ValueKind: JsonValueKind.Object } backward
                && KerasTwins.Difference(wrapped, backward) is { } difference)
                rest.Append(' ').Append(BackwardLayer).Append(' ').Append(difference);
        }

        foreach (var undeclared in KerasUndeclared.Of(kind, options, lastAxis, isInner).Where(option => option.Loss == KerasLoss.OfPredictions))
            rest.Append(' ').Append(undeclared.Option).Append('=').Append(undeclared.Value);
        return new(kind, option => KerasComparison.Value(options, option), rest.ToString()) { inner = inner };
    }

    /// <summary>A declared layer.</summary>
    public static DescribedLayer Of(LayerPlan layer)
    {
        var declared = layer.Declaration;
        var kind = KerasLayerKinds.Of(declared);
        // What a declaration says in words of its own is beyond Keras's usual options all the same.
        var rest = from option in kind?.Written ?? []
                   where kind!.Find(option.Name) is null && option.IsDeclared(declared)
                   select $" {option.Name}={KerasOption.Text(option.Value(declared))}";
        var own = new DescribedLayer(
            declared.Kind,
            option => kind?.Find(option.Name) is { } same ? KerasOption.Text(same.Value(declared)) : option.Absent,
            string.Concat(rest));
        return layer.Wrapper is { } wrapper
            ? new(layer.Kind, option => option == MergeMode ? KerasOption.Text(wrapper.Merge) : option.Absent, "") { inner = own }
            : own;
    }

    /// <summary>
    /// The layer with its sizes and those of its options in which it differs from its counterpart; an option that either leaves out is at
    /// Keras's default there. What a declaration cannot say is shown where it is not at Keras's default.
    /// </summary>
    public string Row(DescribedLayer? other)
    {
        var text = new StringBuilder(Excerpt.Of(kind));
        foreach (var option in Compared())
        {
            var own = value(option);
            if (option.IsSize || (other is not null && other.Value(option) != own))
                text.Append(' ').Append(option.Name).Append('=').Append(own);
        }

        if (inner is not null)
            text.Append(" of ").Append(inner.Row(other?.inner));
        return text.Append(rest).ToString();
    }

    /// <summary>The layer with its sizes and those of its options that are not at Keras's defaults.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(kind);
        foreach (var option in Compared())
        {
            if (value(option) is var own && (option.IsSize || own != option.Absent))
                text.Append(' ').Append(option.Name).Append('=').Append(own);
        }

        if (inner is not null)
            text.Append(" of ").Append(inner);
        return text.Append(rest).ToString();
    }

    private string Value(KerasOption option) => value(option);

    /// <summary>The options that a declaration says and that change predictions.</summary>
    private IEnumerable<KerasOption> Compared() => kind == BidirectionalAttribute.Kind
        ? [MergeMode]
        : (KerasLayerKinds.Of(kind)?.Options ?? []).Where(option => !OfTrainingAlone.Contains(option.Name));
}
