namespace LstmDsl;

/// <summary>Refines one weight of the layer attribute that stands before it.</summary>
/// <param name="init">How the weight starts.</param>
public abstract class WeightAttribute(Init init) : Attribute
{
    /// <summary>How the weight starts.</summary>
    public Init Init { get; } = init;

    /// <summary>The value of <see cref="LstmDsl.Init.Constant"/>. Default: 0.</summary>
    public double Value { get; set; }
}

/// <summary>Refines the kernel of the layer before it. Default there: <see cref="Init.GlorotUniform"/>.</summary>
/// <param name="init">How the kernel starts.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class KernelAttribute(Init init) : WeightAttribute(init);

/// <summary>Refines the recurrent kernel of the recurrent layer before it. Default there: <see cref="Init.Orthogonal"/>.</summary>
/// <param name="init">How the recurrent kernel starts.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class RecurrentKernelAttribute(Init init) : WeightAttribute(init);

/// <summary>Refines the bias of the layer before it. Default there: <see cref="Init.Zeros"/>.</summary>
/// <param name="init">How the bias starts.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class BiasAttribute(Init init) : WeightAttribute(init);
