using System.Text.Json;

namespace LstmDsl;

/// <summary>Layers that put outputs together, or give their values in another order.</summary>
internal static partial class KerasLayerKinds
{
    /// <summary>Whether a class makes one output of several.</summary>
    public static bool IsMerging(string kind) => Of(kind)?.Usual is MergingAttribute;

    /// <summary>The option, of a call, that lets a timestep attend to none after its own place.</summary>
    public const string CausalMask = "use_causal_mask";

    /// <summary>Whether a class takes a query, values and, it may be, keys.</summary>
    public static bool IsAttending(string kind) => Of(kind)?.Usual is AttentionAttribute or AdditiveAttentionAttribute || HasHeads(kind);

    /// <summary>Whether a class has several heads, which take query, keys and values by name.</summary>
    public static bool HasHeads(string kind) => Of(kind)?.Usual is MultiHeadAttentionAttribute;

    /// <summary>The groups of variables of a class with several heads, and the names of what they belong to.</summary>
    public static IReadOnlyList<(string Group, string Name)> Projections { get; } =
        [("query_dense", "query"), ("key_dense", "key"), ("value_dense", "value"), ("output_dense", "attention_output")];

    private static KerasLayerKind[] Graph() =>
    [
        Concatenate(), new(new AddAttribute(), []), new(new MultiplyAttribute(), []), new(new AverageAttribute(), []),
        new(new MaximumAttribute(), []), new(new SubtractAttribute(), []), Reshape(), Permute(), SpatialDropout1D(), Attention(), AdditiveAttention(),
        MultiHeadAttention(),
    ];

    private static KerasLayerKind Concatenate()
    {
        var of = new Described<ConcatenateAttribute>(new());
        return new(of.Usual, [of.Named("axis", nameof(ConcatenateAttribute.Axis), layer => layer.Axis == 1 ? 1 : -1)]);
    }

    private static KerasLayerKind Reshape()
    {
        var of = new Described<ReshapeAttribute>(new(features: 1));
        int[] Shape(ReshapeAttribute layer) => layer.Timesteps > 0 ? [layer.Timesteps, layer.Features] : [layer.Features];
        return new(of.Usual, [of.Size("target_shape", Shape)])
        {
            OutputAxes = layer => KerasJson.Member(layer.Options, "target_shape") is { ValueKind: JsonValueKind.Array } shape
                ? shape.GetArrayLength() + 1
                : null,
            IsBuiltAtOnce = true,
        };
    }

    private static KerasLayerKind Permute()
    {
        var of = new Described<PermuteAttribute>(new(1, 2));
        return new(of.Usual, [of.Size("dims", layer => new[] { layer.First, layer.Second })]);
    }

    private static KerasLayerKind Attention()
    {
        var of = new Described<AttentionAttribute>(new(""));
        KerasOption[] options =
        [
            of.Named("use_scale", nameof(AttentionAttribute.UseScale), layer => layer.UseScale),
            of.Named("score_mode", nameof(AttentionAttribute.ScoreMode), layer => layer.ScoreMode),
            of.Named("dropout", nameof(AttentionAttribute.Dropout), layer => layer.Dropout),
        ];
        return Attending(of.Usual, options, of.Named(CausalMask, nameof(AttentionAttribute.Causal), layer => layer.Causal));
    }

    private static KerasLayerKind AdditiveAttention()
    {
        var of = new Described<AdditiveAttentionAttribute>(new(""));
        return Attending(
            of.Usual,
            [
                of.Named("use_scale", nameof(AdditiveAttentionAttribute.UseScale), layer => layer.UseScale),
                of.Named("dropout", nameof(AdditiveAttentionAttribute.Dropout), layer => layer.Dropout),
            ],
            of.Named(CausalMask, nameof(AdditiveAttentionAttribute.Causal), layer => layer.Causal));
    }

    private static KerasLayerKind Attending(LayerAttribute usual, KerasOption[] options, KerasOption causal) => new(usual, [.. options, causal])
    {
        Written = options,
        Others = [("seed", "null")],
        HasOtherWeights = true,
    };

    private static KerasLayerKind MultiHeadAttention()
    {
        var of = new Described<MultiHeadAttentionAttribute>(new(heads: 1, keyDim: 1));
        return new KerasLayerKind(
            of.Usual,
            [
                of.Size("num_heads", layer => layer.Heads),
                of.Size("key_dim", layer => layer.KeyDim),
                of.Named("value_dim", nameof(MultiHeadAttentionAttribute.ValueDim), layer => layer.ValueDim > 0 ? layer.ValueDim : layer.KeyDim) with
                {
                    Same = "key_dim",
                },
                of.Named("dropout", nameof(MultiHeadAttentionAttribute.Dropout), layer => layer.Dropout),
                of.Named("use_bias", nameof(MultiHeadAttentionAttribute.UseBias), layer => layer.UseBias),
                of.Named(CausalMask, nameof(MultiHeadAttentionAttribute.Causal), layer => layer.Causal),
            ])
        {
            Weights = KernelAndBias,
            Others =
            [
                ("use_gate", "false"), ("output_shape", "null"), ("attention_axes", "[1]"), ("sliding_window", "null"),
                (ActivityRegularizer, "null"), ("seed", "null"),
            ],
        }.InFiles("num_heads", "key_dim", "value_dim", "dropout", "use_bias");
    }

    private static KerasLayerKind SpatialDropout1D()
    {
        var of = new Described<SpatialDropout1DAttribute>(new(rate: 0));
        return new(of.Usual, [of.Size("rate", layer => layer.Rate)])
        {
            Others = [("seed", "null")],
            IsBuiltAtOnce = true,
            SaysTrainable = false,
        };
    }
}
