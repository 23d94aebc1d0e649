using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>How a class of Keras is declared here.</summary>
/// <param name="Name">The attribute.</param>
/// <param name="Sizes">Keras's names of its positional arguments.</param>
/// <param name="Named">
/// Keras's names of the others, with their properties and defaults: a bool, a number, an enumeration's member, no numbers for a list, or the
/// name of the option whose value is the default.
/// </param>
/// <param name="Weights">Its weights.</param>
internal sealed record KerasAttribute(
    string Name,
    IReadOnlyList<string> Sizes,
    IReadOnlyList<(string Option, string Property, object Default)> Named,
    IReadOnlyList<KerasWeightAttribute> Weights)
{
    /// <summary>Whether it takes what the layer's output costs: <c>ActivityL1</c>, <c>ActivityL2</c>.</summary>
    public bool TakesActivity => Name is "Lstm" or "Gru" or "SimpleRnn" or "Dense" or "Conv1D" or "Activation";
}

/// <summary>How a weight of a class of Keras is declared here.</summary>
/// <param name="Option">What the names of Keras's options begin with: <c>recurrent</c>.</param>
/// <param name="Attribute">The attribute that refines it.</param>
/// <param name="Default">The initializer that it has unless it is declared.</param>
/// <param name="IsPositional">Whether the layer's own attribute takes the initializer.</param>
internal sealed record KerasWeightAttribute(string Option, string Attribute, Init Default, bool IsPositional);

/// <summary>The attributes of this library by Keras's classes.</summary>
internal static class KerasAttributes
{
    private static readonly (string, string, object) UseBias = ("use_bias", "UseBias", true);

    private static readonly double[] NoNumbers = [];

    private static readonly (string, string, object)[] OfSequences =
    [
        ("return_sequences", "ReturnSequences", false), ("go_backwards", "GoBackwards", false), ("stateful", "Stateful", false),
        ("dropout", "Dropout", 0.0), ("recurrent_dropout", "RecurrentDropout", 0.0),
    ];

    /// <summary>The attribute; null for a class that is not here.</summary>
    public static KerasAttribute? Of(string kind) => kind switch
    {
        "LSTM" => new(
            "Lstm",
            ["units"],
            [Activated(Activation.Tanh), Gates, UseBias, ("unit_forget_bias", "UnitForgetBias", true), .. OfSequences],
            Weights(kind)),
        "GRU" => new(
            "Gru", ["units"], [Activated(Activation.Tanh), Gates, UseBias, ("reset_after", "ResetAfter", true), .. OfSequences], Weights(kind)),
        "SimpleRNN" => new("SimpleRnn", ["units"], [Activated(Activation.Tanh), UseBias, .. OfSequences], Weights(kind)),
        "Dense" => new("Dense", ["units"], [Activated(Activation.Linear), UseBias], Weights(kind)),
        "Conv1D" => new(
            "Conv1D",
            ["filters", "kernel_size"],
            [
                ("strides", "Strides", 1.0), ("padding", "Padding", Padding.Valid), ("dilation_rate", "DilationRate", 1.0),
                Activated(Activation.Linear), UseBias,
            ],
            Weights(kind)),
        "Activation" => new(
            "Activation", ["activation"], [(KerasActivation.NegativeSlope, "NegativeSlope", KerasActivation.FunctionSlope)], []),
        "Dropout" => new("Dropout", ["rate"], [], []),
        "Masking" => new("Masking", [], [("mask_value", "MaskValue", 0.0)], []),
        "RepeatVector" => new("RepeatVector", ["n"], [], []),
        "Flatten" or "GlobalMaxPooling1D" or "GlobalAveragePooling1D" => new(kind, [], [], []),
        "MaxPooling1D" or "AveragePooling1D" => new(
            kind, ["pool_size"], [("strides", "Strides", "pool_size"), ("padding", "Padding", Padding.Valid)], []),
        "LayerNormalization" => new(kind, [], Normalized(), Weights(kind)),
        "BatchNormalization" => new(kind, [], [("momentum", "Momentum", 0.99), .. Normalized()], Weights(kind)),
        "Normalization" => new(kind, [], [("invert", "Invert", false), ("mean", "Mean", NoNumbers), ("variance", "Variance", NoNumbers)], []),
        "Rescaling" => new(kind, ["scale", "offset"], [], []),
        "Embedding" => new(kind, ["input_dim", "output_dim"], [("mask_zero", "MaskZero", false)], Weights(kind)),
        _ => null,
    };

    private static (string, string, object) Gates => ("recurrent_activation", "RecurrentActivation", Activation.Sigmoid);

    private static (string, string, object) Activated(Activation usual) => ("activation", "Activation", usual);

    private static (string, string, object)[] Normalized() =>
        [("epsilon", "Epsilon", 1e-3), ("center", "Center", true), ("scale", "Scale", true)];

    private static List<KerasWeightAttribute> Weights(string kind) =>
    [
        .. from weight in KerasWeightJson.Of(kind)
           where weight.Role is not (TensorRole.MovingMean or TensorRole.MovingVariance)
           select new KerasWeightAttribute(
               weight.Name,
               weight.Role.ToString(),
               weight.Role switch
               {
                   TensorRole.Kernel => Init.GlorotUniform,
                   TensorRole.RecurrentKernel => Init.Orthogonal,
                   TensorRole.Gamma => Init.Ones,
                   TensorRole.Embeddings => Init.RandomUniform,
                   _ => Init.Zeros,
               },
               weight.Role == TensorRole.Kernel && KerasNames.IsRecurrent(kind)),
    ];
}
