using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>The constants of an activation as a layer of its own, or behind one that cannot apply it in place.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IActivationShape : ILayerShape
{
    /// <summary>Width of a row.</summary>
    static abstract int Units { get; }

    /// <summary>The activation.</summary>
    static abstract Activation Activation { get; }

    /// <summary>The slope of a leaky relu where x is negative.</summary>
    static virtual double NegativeSlope => 0.2;
}

/// <summary>The constants of the end of a bidirectional layer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMergeShape : ILayerShape
{
    /// <summary>Width of each of the two.</summary>
    static abstract int Units { get; }

    /// <summary>How they are put together.</summary>
    static abstract Merge Merge { get; }
}

/// <summary>The constants of dropout.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDropoutShape : ILayerShape
{
    /// <summary>Width of the input and of the output.</summary>
    static abstract int Units { get; }

    /// <summary>The part that is set to zero.</summary>
    static abstract double Rate { get; }

    /// <summary>Whether all timesteps share one mask.</summary>
    static abstract bool SameOverTime { get; }

    /// <summary>Whether another layer has written its gradient of the same input before, so that this one's is added to it.</summary>
    static virtual bool AddsInputGradient => false;
}

/// <summary>The constants of a layer that marks padding.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMaskingShape : ILayerShape
{
    /// <summary>Width of the input and of the output.</summary>
    static abstract int Units { get; }

    /// <summary>What padding consists of.</summary>
    static abstract double MaskValue { get; }
}

/// <summary>
/// The constants of a layer that lays windows of its input side by side: timestep t of the output holds the input's timesteps
/// t·stride + j·dilation − padding for j from 0 to window − 1, zeros where there is none. With a window of all timesteps it flattens, with
/// a stride of 0 it repeats.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IUnfoldShape : ILayerShape
{
    /// <summary>Timesteps of the input; 1 where it has no time axis.</summary>
    static abstract int Timesteps { get; }

    /// <summary>Width of the input.</summary>
    static abstract int Inputs { get; }

    /// <summary>Timesteps of the output; 1 where it has no time axis.</summary>
    static abstract int OutputTimesteps { get; }

    /// <summary>Timesteps of the input that one of the output holds.</summary>
    static abstract int Window { get; }

    /// <summary>Distance of the windows.</summary>
    static abstract int Stride { get; }

    /// <summary>Distance of the timesteps within a window.</summary>
    static abstract int Dilation { get; }

    /// <summary>How many timesteps the first window begins before the input.</summary>
    static abstract int Padding { get; }
}

/// <summary>The constants of a layer that normalises rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILayerNormalizationShape : ILayerShape
{
    /// <summary>Width of a row.</summary>
    static abstract int Units { get; }

    /// <summary>What is added to the variance.</summary>
    static abstract double Epsilon { get; }
}

/// <summary>The constants of pooling over time.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPoolingShape : ILayerShape
{
    /// <summary>Width of the input and of the output.</summary>
    static abstract int Units { get; }

    /// <summary>Timesteps of the input.</summary>
    static abstract int Timesteps { get; }

    /// <summary>Timesteps of the output; 1 where it has no time axis.</summary>
    static abstract int OutputTimesteps { get; }

    /// <summary>Timesteps of a window.</summary>
    static abstract int Window { get; }

    /// <summary>Distance of the windows.</summary>
    static abstract int Stride { get; }

    /// <summary>How many timesteps the first window begins before the input.</summary>
    static abstract int Padding { get; }

    /// <summary>Whether the largest value is taken, not the mean.</summary>
    static abstract bool TakesMaximum { get; }
}

/// <summary>The constants of a layer that normalises features over a batch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBatchNormalizationShape : ILayerShape
{
    /// <summary>Number of features.</summary>
    static abstract int Units { get; }

    /// <summary>Whether a training step, too, normalises with the moving averages, as in Keras where the layer is not trained.</summary>
    static virtual bool IsFrozen => false;

    /// <summary>What is added to the variance.</summary>
    static abstract double Epsilon { get; }
}

/// <summary>
/// The constants of a layer that maps each feature by two numbers: x·factor + addend, or, where it divides, (x − addend) / factor.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAffineShape : ILayerShape
{
    /// <summary>Width of the input and of the output.</summary>
    static abstract int Units { get; }

    /// <summary>Whether it divides.</summary>
    static abstract bool Divides { get; }

    /// <summary>Whether factors are given as variances: a factor is the root of one, but at least Keras's epsilon.</summary>
    static abstract bool TakesVariances { get; }

    /// <summary>Whether one weight of each kind serves all features; of no matter where factors and addends are constants.</summary>
    static abstract bool SharesWeights { get; }

    /// <summary>A feature's factor; of no matter where factors are weights.</summary>
    static abstract float Factor(int unit);

    /// <summary>A feature's addend; of no matter where addends are weights.</summary>
    static abstract float Addend(int unit);
}

/// <summary>The constants of an embedding.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEmbeddingShape : ILayerShape
{
    /// <summary>How many numbers there are.</summary>
    static abstract int Inputs { get; }

    /// <summary>Length of a vector.</summary>
    static abstract int Units { get; }
}
