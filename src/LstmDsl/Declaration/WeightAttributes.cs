namespace LstmDsl;

/// <summary>
/// Refines one weight of the layer attribute that stands before it: how it starts, what its size costs, and what it satisfies after each
/// update. An argument that initializer or constraint do not take is reported.
/// </summary>
public abstract class WeightAttribute : Attribute
{
    private protected WeightAttribute()
    {
    }

    private protected WeightAttribute(Init init) => Init = init;

    /// <summary>How the weight starts; null for the layer's own initializer.</summary>
    public Init? Init { get; }

    /// <summary>The value of <see cref="LstmDsl.Init.Constant"/>. Default: 0.</summary>
    public double Value { get; set; } = InitDefaults.Value;

    /// <summary>
    /// The mean of <see cref="LstmDsl.Init.RandomNormal"/> and <see cref="LstmDsl.Init.TruncatedNormal"/>. Default: 0.
    /// </summary>
    public double Mean { get; set; } = InitDefaults.Mean;

    /// <summary>
    /// The standard deviation of <see cref="LstmDsl.Init.RandomNormal"/>, and that of <see cref="LstmDsl.Init.TruncatedNormal"/> before it
    /// is cut off; at least 0. Default: 0.05.
    /// </summary>
    public double StdDev { get; set; } = InitDefaults.StdDev;

    /// <summary>Where the range of <see cref="LstmDsl.Init.RandomUniform"/> begins. Default: −0.05.</summary>
    public double MinValue { get; set; } = InitDefaults.MinValue;

    /// <summary>Where the range of <see cref="LstmDsl.Init.RandomUniform"/> ends; above <see cref="MinValue"/>. Default: 0.05.</summary>
    public double MaxValue { get; set; } = InitDefaults.MaxValue;

    /// <summary>The variance of <see cref="LstmDsl.Init.VarianceScaling"/> times its fan; above 0. Default: 1.</summary>
    public double Scale { get; set; } = InitDefaults.Scale;

    /// <summary>
    /// What <see cref="LstmDsl.Init.Orthogonal"/> and <see cref="LstmDsl.Init.Identity"/> multiply their matrix with. Default: 1.
    /// </summary>
    public double Gain { get; set; } = InitDefaults.Gain;

    /// <summary>The fan of <see cref="LstmDsl.Init.VarianceScaling"/>. Default: <see cref="FanMode.FanIn"/>.</summary>
    public FanMode Mode { get; set; } = InitDefaults.Mode;

    /// <summary>
    /// What <see cref="LstmDsl.Init.VarianceScaling"/> draws. Default: <see cref="WeightDistribution.TruncatedNormal"/>.
    /// </summary>
    public WeightDistribution Distribution { get; set; } = InitDefaults.Distribution;

    /// <summary>
    /// Adds L1 · Σ|w| to the loss (<c>keras.regularizers.L1</c>); at least 0. Like Keras's on TensorFlow it is a 32-bit number, whatever
    /// the device computes with. Default: 0.
    /// </summary>
    public double L1 { get; set; }

    /// <summary>
    /// Adds L2 · Σw² to the loss (<c>keras.regularizers.L2</c>); at least 0. Like Keras's on TensorFlow it is a 32-bit number, whatever
    /// the device computes with. Default: 0.
    /// </summary>
    public double L2 { get; set; }

    /// <summary>What the weight is made to satisfy after each update. Default: nothing.</summary>
    public Constraint Constraint { get; set; }

    /// <summary>
    /// The smallest norm of <see cref="LstmDsl.Constraint.MinMaxNorm"/> (Keras's <c>min_value</c>); at least 0 and at most
    /// <see cref="MaxNorm"/>. Default: 0.
    /// </summary>
    public double MinNorm { get; set; }

    /// <summary>
    /// The largest norm (Keras's <c>max_value</c>); above 0. Default: 2 for <see cref="LstmDsl.Constraint.MaxNorm"/>, 1 for
    /// <see cref="LstmDsl.Constraint.MinMaxNorm"/>.
    /// </summary>
    public double MaxNorm { get; set; }

    /// <summary>
    /// How far <see cref="LstmDsl.Constraint.MinMaxNorm"/> moves a norm into its range at each update (Keras's <c>rate</c>); from 0 to 1.
    /// Default: 1.
    /// </summary>
    public double NormRate { get; set; } = 1;

    /// <summary>
    /// The axis of the weight along which norms are taken (Keras's <c>axis</c>). Default: 0, of a kernel (inputs, units) the weights that
    /// lead to one unit; of a <c>[Conv1D]</c>'s kernel (window, inputs, filters) those of one input and one filter.
    /// </summary>
    public int NormAxis { get; set; }
}

/// <summary>
/// Refines the kernel of the layer before it. Its initializer is by default the layer's own, <see cref="Init.GlorotUniform"/> where that
/// names none.
/// </summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class KernelAttribute : WeightAttribute
{
    /// <summary>Keeps the initializer of the layer.</summary>
    public KernelAttribute()
    {
    }

    /// <summary>Says how the kernel starts.</summary>
    /// <param name="init">The initializer.</param>
    public KernelAttribute(Init init) : base(init)
    {
    }
}

/// <summary>Refines the recurrent kernel of the recurrent layer before it. Its initializer is by default <see cref="Init.Orthogonal"/>.</summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class RecurrentKernelAttribute : WeightAttribute
{
    /// <summary>Keeps the default initializer.</summary>
    public RecurrentKernelAttribute()
    {
    }

    /// <summary>Says how the recurrent kernel starts.</summary>
    /// <param name="init">The initializer.</param>
    public RecurrentKernelAttribute(Init init) : base(init)
    {
    }
}

/// <summary>Refines the bias of the layer before it. Its initializer is by default <see cref="Init.Zeros"/>.</summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class BiasAttribute : WeightAttribute
{
    /// <summary>Keeps the default initializer.</summary>
    public BiasAttribute()
    {
    }

    /// <summary>Says how the bias starts.</summary>
    /// <param name="init">The initializer.</param>
    public BiasAttribute(Init init) : base(init)
    {
    }
}

/// <summary>Refines γ of the normalising layer before it. Its initializer is by default <see cref="Init.Ones"/>.</summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class GammaAttribute : WeightAttribute
{
    /// <summary>Keeps the default initializer.</summary>
    public GammaAttribute()
    {
    }

    /// <summary>Says how γ starts.</summary>
    /// <param name="init">The initializer.</param>
    public GammaAttribute(Init init) : base(init)
    {
    }
}

/// <summary>Refines β of the normalising layer before it. Its initializer is by default <see cref="Init.Zeros"/>.</summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class BetaAttribute : WeightAttribute
{
    /// <summary>Keeps the default initializer.</summary>
    public BetaAttribute()
    {
    }

    /// <summary>Says how β starts.</summary>
    /// <param name="init">The initializer.</param>
    public BetaAttribute(Init init) : base(init)
    {
    }
}

/// <summary>Refines the vectors of the embedding before it. Their initializer is by default <see cref="Init.RandomUniform"/>.</summary>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class EmbeddingsAttribute : WeightAttribute
{
    /// <summary>Keeps the default initializer.</summary>
    public EmbeddingsAttribute()
    {
    }

    /// <summary>Says how the vectors start.</summary>
    /// <param name="init">The initializer.</param>
    public EmbeddingsAttribute(Init init) : base(init)
    {
    }
}
