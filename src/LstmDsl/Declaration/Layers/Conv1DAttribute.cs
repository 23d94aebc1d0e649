namespace LstmDsl;

/// <summary>
/// A convolution over time (<c>keras.layers.Conv1D</c>): at each place of a window that slides over the input, activation(window·W + b).
/// </summary>
/// <param name="filters">Width of the output; at least 1.</param>
/// <param name="kernelSize">Timesteps of the window; at least 1.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class Conv1DAttribute(int filters, int kernelSize) : LayerAttribute, IActivityAttribute
{
    /// <summary>Width of the output.</summary>
    public int Filters { get; } = filters;

    /// <summary>Timesteps of the window.</summary>
    public int KernelSize { get; } = kernelSize;

    /// <summary>How far the window moves; at least 1. Default: 1.</summary>
    public int Strides { get; set; } = 1;

    /// <summary>What happens at the ends. Default: <see cref="Padding.Valid"/>.</summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Distance of the timesteps within a window; at least 1, and 1 where <see cref="Strides"/> is not. Default: 1.</summary>
    public int DilationRate { get; set; } = 1;

    /// <summary>Activation of the output. Default: <see cref="Activation.Linear"/>.</summary>
    public Activation Activation { get; set; } = Activation.Linear;

    /// <summary>Whether the layer has a bias. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <inheritdoc cref="LstmAttribute.ActivityL1"/>
    public double ActivityL1 { get; set; }

    /// <inheritdoc cref="LstmAttribute.ActivityL2"/>
    public double ActivityL2 { get; set; }

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>Conv1D</c>, then <c>Conv1D1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "Conv1D";
}
