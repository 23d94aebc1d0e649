using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// The constants that every recurrent layer has; kernels take them as a type argument, so that branches on them cost nothing. What a layer
/// does not say of itself is as its attribute has it by default.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRecurrentShape : ILayerShape
{
    /// <summary>Width of the input.</summary>
    static abstract int Inputs { get; }

    /// <summary>Width of the state.</summary>
    static abstract int Units { get; }

    /// <summary>Activation of the output, and of a gated cell's candidate.</summary>
    static virtual Activation Activation => Activation.Tanh;

    /// <summary>Whether there is a bias.</summary>
    static virtual bool UseBias => true;

    /// <summary>Whether every timestep's output is given, so that its gradient has a time axis.</summary>
    static virtual bool ReturnSequences => false;

    /// <summary>
    /// Whether the input is read from its last timestep to its first. States and outputs lie in the order of processing all the same.
    /// </summary>
    static virtual bool GoBackwards => false;

    /// <summary>Whether another layer has written its gradient of the same input before, so that this one's is added to it.</summary>
    static virtual bool AddsInputGradient => false;

    /// <summary>
    /// The part of the input that training sets to zero where <see cref="RecurrentDropout"/> is not 0; else dropout before the layer does.
    /// </summary>
    static virtual double Dropout => 0;

    /// <summary>The part of the state that training sets to zero before the recurrent kernel.</summary>
    static virtual double RecurrentDropout => 0;
}

/// <summary>The constants of one recurrent layer with gates.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGatedShape : IRecurrentShape
{
    /// <summary>Activation of the gates.</summary>
    static virtual Activation RecurrentActivation => Activation.Sigmoid;
}

/// <summary>The constants of one dense layer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDenseShape : ILayerShape
{
    /// <summary>Width of the input.</summary>
    static abstract int Inputs { get; }

    /// <summary>Width of the output.</summary>
    static abstract int Units { get; }

    /// <summary>Activation of the output.</summary>
    static virtual Activation Activation => Activation.Linear;

    /// <summary>Whether there is a bias.</summary>
    static virtual bool UseBias => true;
}
