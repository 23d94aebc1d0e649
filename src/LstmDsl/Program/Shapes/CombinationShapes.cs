using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>The constants of a layer that makes one output of two.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICombineShape : ILayerShape
{
    /// <summary>Values of a row of the first.</summary>
    static abstract int FirstUnits { get; }

    /// <summary>Values of a row of the second; as many as the first has, unless the two are laid side by side.</summary>
    static abstract int SecondUnits { get; }

    /// <summary>What is made of them.</summary>
    static abstract Combination Combination { get; }

    /// <summary>How many outputs a mean is taken of: the first of two may be the sum of several.</summary>
    static virtual int Divisor => 1;

    /// <summary>
    /// Whether padding in the first counts for nothing: of a row that only one of the two has, that one is given; where both are padding, a
    /// product is 1 and a maximum the first (Keras's <c>Multiply.call</c> and <c>Maximum.call</c>).
    /// </summary>
    static virtual bool FirstIsMasked => false;

    /// <summary>The same of the second.</summary>
    static virtual bool SecondIsMasked => false;

    /// <summary>Whether the gradient of the first is added to what stands in its place, since another layer reads the same output.</summary>
    static virtual bool AddsInputGradient => false;

    /// <summary>The same of the second.</summary>
    static virtual bool AddsSecondGradient => false;
}

/// <summary>
/// The constants of a layer that gives some of its input's values in another order: unit u of timestep t is, of all values of a sample that
/// lie timestep by timestep, the one at start + t·timestepDistance + u·unitDistance.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRearrangeShape : ILayerShape
{
    /// <summary>Width of the input.</summary>
    static abstract int Inputs { get; }

    /// <summary>Timesteps of the output; 1 where it has no time axis.</summary>
    static abstract int OutputTimesteps { get; }

    /// <summary>Width of the output.</summary>
    static abstract int Units { get; }

    /// <summary>The first value of the input that is given.</summary>
    static virtual int Start => 0;

    /// <summary>How far apart in the input the values of two timesteps of the output lie.</summary>
    static abstract int TimestepDistance { get; }

    /// <summary>How far apart those of two units lie.</summary>
    static virtual int UnitDistance => 1;

    /// <summary>Whether the input's gradient is added to what stands in its place, since another layer reads the same output.</summary>
    static virtual bool AddsInputGradient => false;
}
