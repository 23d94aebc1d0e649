using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// The table of Keras's layers that are here: of each its attribute, and its options with the properties that declare them and their
/// defaults. Whoever reads or writes a file of Keras asks it, and no class is known by its name but here.
/// </summary>
internal static partial class KerasLayerKinds
{
    /// <summary>The option of what a layer's output costs.</summary>
    public const string ActivityRegularizer = "activity_regularizer";

    /// <summary>The argument of a call that gives the states to begin with.</summary>
    public const string InitialState = "initial_state";

    /// <summary>The option by which a layer gives the states that it ends in beside its output.</summary>
    public const string ReturnState = "return_state";

    /// <summary>The option whose value in a bidirectional layer's two is Keras's own doing.</summary>
    public const string ZeroOutputForMask = "zero_output_for_mask";

    private static readonly (string, string) ChannelsLast = ("data_format", "\"channels_last\"");

    private static readonly (string, string)[] LastAxis = [("axis", "-1")];

    private static readonly (string, TensorRole)[] KernelAndBias = [("kernel", TensorRole.Kernel), ("bias", TensorRole.Bias)];

    private static readonly (string, TensorRole)[] BetaAndGamma = [("beta", TensorRole.Beta), ("gamma", TensorRole.Gamma)];

    private static readonly Dictionary<string, KerasLayerKind> ByClass = ((KerasLayerKind[])
    [
        Lstm(), Gru(), SimpleRnn(), Dense(), Conv1D(), Activated(), Dropout(), Masking(), RepeatVector(), Flatten(),
        Pooling(new MaxPooling1DAttribute(), layer => (layer.PoolSize, layer.Strides, layer.Padding)),
        Pooling(new AveragePooling1DAttribute(), layer => (layer.PoolSize, layer.Strides, layer.Padding)),
        GlobalPooling(new GlobalMaxPooling1DAttribute()), GlobalPooling(new GlobalAveragePooling1DAttribute()),
        LayerNormalization(), BatchNormalization(), Normalization(), Rescaling(), Embedding(), .. Graph(),
    ]).ToDictionary(kind => kind.Class);

    /// <summary>A class by its name; null for one that is not here.</summary>
    public static KerasLayerKind? Of(string kind) => ByClass.GetValueOrDefault(kind);

    /// <summary>The class of a declared layer; null for one that Keras does not have.</summary>
    public static KerasLayerKind? Of(LayerAttribute layer) => Of(layer.Kind);

    /// <summary>Whether a class is the one that an attribute declares.</summary>
    public static bool Is<TLayer>(string kind) where TLayer : LayerAttribute => Of(kind)?.Usual is TLayer;

    /// <summary>Whether a class is a recurrent layer, which keeps its variables in a cell.</summary>
    public static bool IsRecurrent(string kind) => Of(kind) is { IsRecurrent: true };

    /// <summary>Whether a class works on each timestep by itself in any case.</summary>
    public static bool WorksOnEachTimestep(string kind) => Of(kind)?.Usual is DenseAttribute or ActivationAttribute or DropoutAttribute
        or LayerNormalizationAttribute or NormalizationAttribute or RescalingAttribute;

    private static KerasLayerKind Lstm()
    {
        var of = new Described<LstmAttribute>(new(units: 1));
        return Recurrent(
            of,
            [Gates(of), UseBias(of), of.Named("unit_forget_bias", nameof(LstmAttribute.UnitForgetBias), layer => layer.UnitForgetBias)],
            hasGates: true) with
        { Attribute = "Lstm" };
    }

    private static KerasLayerKind Gru()
    {
        var of = new Described<GruAttribute>(new(units: 1));
        return (Recurrent(
            of,
            [Gates(of), UseBias(of), of.Named("reset_after", nameof(GruAttribute.ResetAfter), layer => layer.ResetAfter)],
            hasGates: true) with
        { Attribute = "Gru" }).InFiles(
            "units", "activation", "recurrent_activation", "reset_after", "use_bias", "return_sequences", "go_backwards", "stateful", "dropout",
            "recurrent_dropout");
    }

    private static KerasLayerKind SimpleRnn()
    {
        var of = new Described<SimpleRnnAttribute>(new(units: 1));
        return Recurrent(of, [UseBias(of)], hasGates: false) with { Attribute = "SimpleRnn" };
    }

    private static KerasLayerKind Recurrent<TLayer>(Described<TLayer> of, KerasOption[] own, bool hasGates)
        where TLayer : LayerAttribute, IRecurrentAttribute => new(
        of.Usual,
        [
            of.Size("units", layer => layer.Units),
            of.Named("activation", "Activation", layer => layer.Activation),
            .. own,
            of.Named("return_sequences", "ReturnSequences", layer => layer.ReturnSequences),
            of.Named("go_backwards", "GoBackwards", layer => layer.GoBackwards),
            of.Named("stateful", "Stateful", layer => layer.Stateful) with { IsWrittenWhereDeclared = true },
            of.Named("dropout", "Dropout", layer => layer.Dropout),
            of.Named("recurrent_dropout", "RecurrentDropout", layer => layer.RecurrentDropout),
        ])
        {
            Weights = [("kernel", TensorRole.Kernel), ("recurrent", TensorRole.RecurrentKernel), ("bias", TensorRole.Bias)],
            Others =
            [
                (ReturnState, "false"), ("stateful", "false"), ("unroll", "false"), (ZeroOutputForMask, "false"),
                (ActivityRegularizer, "null"), .. hasGates ? [("seed", "null")] : Array.Empty<(string, string)>(),
            ],
            OutputAxes = layer => KerasJson.IsTrue(layer.Options, "return_sequences") ? 3 : 2,
        };

    private static KerasLayerKind Dense()
    {
        var of = new Described<DenseAttribute>(new(units: 1));
        return new KerasLayerKind(
            of.Usual,
            [
                of.Size("units", layer => layer.Units),
                of.Named("activation", nameof(DenseAttribute.Activation), layer => layer.Activation),
                of.Named("use_bias", nameof(DenseAttribute.UseBias), layer => layer.UseBias),
            ])
        {
            Weights = KernelAndBias,
            Others = [("quantization_config", "null")],
        }.InFiles("units", "use_bias", "activation");
    }

    private static KerasLayerKind Conv1D()
    {
        var of = new Described<Conv1DAttribute>(new(filters: 1, kernelSize: 1));
        return new KerasLayerKind(
            of.Usual,
            [
                of.Size("filters", layer => layer.Filters),
                of.Size("kernel_size", layer => layer.KernelSize) with { IsOfAxes = true },
                of.Named("strides", nameof(Conv1DAttribute.Strides), layer => layer.Strides) with { IsOfAxes = true },
                of.Named("padding", nameof(Conv1DAttribute.Padding), layer => layer.Padding),
                of.Named("dilation_rate", nameof(Conv1DAttribute.DilationRate), layer => layer.DilationRate) with { IsOfAxes = true },
                of.Named("activation", nameof(Conv1DAttribute.Activation), layer => layer.Activation),
                of.Named("use_bias", nameof(Conv1DAttribute.UseBias), layer => layer.UseBias),
            ])
        {
            Weights = KernelAndBias,
            Others = [ChannelsLast, ("groups", "1"), (ActivityRegularizer, "null")],
        }.InFiles("kernel_size", "strides", "padding", "dilation_rate", "filters", "use_bias", "activation");
    }

    private static KerasLayerKind Activated()
    {
        var of = new Described<ActivationAttribute>(new(Activation.Linear));
        return new(
            of.Usual,
            [
                of.Size("activation", layer => layer.Activation),
                of.Named(KerasActivation.NegativeSlope, nameof(ActivationAttribute.NegativeSlope), layer => layer.NegativeSlope) with
                {
                    IsWrittenWhereDeclared = true,
                },
            ])
        {
            IsBuiltAtOnce = true,
        };
    }

    private static KerasLayerKind Dropout()
    {
        var of = new Described<DropoutAttribute>(new(rate: 0));
        return new(of.Usual, [of.Size("rate", layer => layer.Rate)])
        {
            Others = [("seed", "null"), ("noise_shape", "null")],
            IsBuiltAtOnce = true,
        };
    }

    private static KerasLayerKind Masking()
    {
        var of = new Described<MaskingAttribute>(new());
        return new(of.Usual, [of.Named("mask_value", nameof(MaskingAttribute.MaskValue), layer => layer.MaskValue)]) { IsBuiltAtOnce = true };
    }

    private static KerasLayerKind RepeatVector()
    {
        var of = new Described<RepeatVectorAttribute>(new(n: 1));
        return new(of.Usual, [of.Size("n", layer => layer.N)]) { OutputAxes = _ => 3 };
    }

    private static KerasLayerKind Flatten() => new(new FlattenAttribute(), []) { Others = [ChannelsLast], OutputAxes = _ => 2 };

    private static KerasLayerKind Pooling<TLayer>(TLayer usual, Func<TLayer, (int Size, int Strides, Padding Padding)> window)
        where TLayer : LayerAttribute
    {
        var of = new Described<TLayer>(usual);
        return new(
            usual,
            [
                of.Size("pool_size", layer => window(layer).Size) with { IsOfAxes = true },
                of.Named("strides", "Strides", layer => window(layer).Strides) with { IsOfAxes = true, Same = "pool_size" },
                of.Named("padding", "Padding", layer => window(layer).Padding),
            ])
        {
            Others = [ChannelsLast],
            IsBuiltAtOnce = true,
        };
    }

    private static KerasLayerKind GlobalPooling(LayerAttribute usual) => new(usual, [])
    {
        Others = [ChannelsLast, ("keepdims", "false")],
        OutputAxes = _ => 2,
        IsBuiltAtOnce = true,
    };

    private static KerasLayerKind LayerNormalization()
    {
        var of = new Described<LayerNormalizationAttribute>(new());
        return new(
            of.Usual,
            [
                of.Named("epsilon", nameof(LayerNormalizationAttribute.Epsilon), layer => layer.Epsilon),
                of.Named("center", nameof(LayerNormalizationAttribute.Center), layer => layer.Center),
                of.Named("scale", nameof(LayerNormalizationAttribute.Scale), layer => layer.Scale),
            ])
        {
            Weights = BetaAndGamma,
            Others = [.. LastAxis, ("rms_scaling", "false")],
        };
    }

    private static KerasLayerKind BatchNormalization()
    {
        var of = new Described<BatchNormalizationAttribute>(new());
        return new KerasLayerKind(
            of.Usual,
            [
                of.Named("momentum", nameof(BatchNormalizationAttribute.Momentum), layer => layer.Momentum),
                of.Named("epsilon", nameof(BatchNormalizationAttribute.Epsilon), layer => layer.Epsilon),
                of.Named("center", nameof(BatchNormalizationAttribute.Center), layer => layer.Center),
                of.Named("scale", nameof(BatchNormalizationAttribute.Scale), layer => layer.Scale),
            ])
        {
            Weights = [.. BetaAndGamma, ("moving_mean", TensorRole.MovingMean), ("moving_variance", TensorRole.MovingVariance)],
            Others =
            [
                .. LastAxis, ("synchronized", "false"), ("renorm", "false"), ("renorm_clipping", "null"), ("renorm_momentum", "0.99"),
            ],
        }.InFiles("epsilon", "center", "scale", "momentum");
    }

    private static KerasLayerKind Normalization()
    {
        var of = new Described<NormalizationAttribute>(new());
        // Keras's axis=None: one number of each kind for all features.
        var axis = of.Named("axis", nameof(NormalizationAttribute.PerFeature), layer => layer.PerFeature ? new[] { -1 } : Array.Empty<int>());
        KerasOption[] options =
        [
            of.Named("invert", nameof(NormalizationAttribute.Invert), layer => layer.Invert),
            of.Named("mean", nameof(NormalizationAttribute.Mean), layer => layer.Mean ?? []),
            of.Named("variance", nameof(NormalizationAttribute.Variance), layer => layer.Variance ?? []),
        ];
        return new(of.Usual, options) { Others = [("axis", "[-1]")], Written = [axis, .. options] };
    }

    private static KerasLayerKind Rescaling()
    {
        var of = new Described<RescalingAttribute>(new(scale: 1));
        return new(of.Usual, [of.Size("scale", layer => layer.Scale), of.Size("offset", layer => layer.Offset)]);
    }

    private static KerasLayerKind Embedding()
    {
        var of = new Described<EmbeddingAttribute>(new(inputDim: 1, outputDim: 1));
        return new(
            of.Usual,
            [
                of.Size("input_dim", layer => layer.InputDim),
                of.Size("output_dim", layer => layer.OutputDim),
                of.Named("mask_zero", nameof(EmbeddingAttribute.MaskZero), layer => layer.MaskZero),
            ])
        {
            Weights = [("embeddings", TensorRole.Embeddings)],
            Others = [(ActivityRegularizer, "null"), ("quantization_config", "null")],
            OutputAxes = layer => layer.Axes + 1,
        };
    }

    private static KerasOption Gates<TLayer>(Described<TLayer> of) where TLayer : LayerAttribute, IRecurrentAttribute =>
        of.Named("recurrent_activation", "RecurrentActivation", layer => layer.RecurrentActivation);

    private static KerasOption UseBias<TLayer>(Described<TLayer> of) where TLayer : LayerAttribute, IRecurrentAttribute =>
        of.Named("use_bias", "UseBias", layer => layer.UseBias);

    /// <summary>Makes options of an attribute, whose defaults are those of the attribute with nothing but sizes declared.</summary>
    private sealed class Described<TLayer>(TLayer usual) where TLayer : LayerAttribute
    {
        /// <summary>That attribute.</summary>
        public TLayer Usual { get; } = usual;

        /// <summary>An argument by its place.</summary>
        public KerasOption Size(string option, Func<TLayer, object> value) => Named(option, "", value);

        /// <summary>A property.</summary>
        public KerasOption Named(string option, string property, Func<TLayer, object> value) =>
            new(option, property, layer => value((TLayer)layer), value(Usual));
    }
}
