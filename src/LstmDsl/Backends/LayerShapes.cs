using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>The constants of one LSTM layer; kernels take them as a type argument, so that branches on them cost nothing.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ILstmShape
{
    /// <summary>Width of the input.</summary>
    static abstract int Inputs { get; }

    /// <summary>Width of the state.</summary>
    static abstract int Units { get; }

    /// <summary>Activation of the candidate and of the output.</summary>
    static abstract Activation Activation { get; }

    /// <summary>Activation of the gates.</summary>
    static abstract Activation RecurrentActivation { get; }

    /// <summary>Whether there is a bias.</summary>
    static abstract bool UseBias { get; }

    /// <summary>Whether every timestep's output is given, so that its gradient has a time axis.</summary>
    static abstract bool ReturnSequences { get; }
}

/// <summary>The constants of one dense layer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDenseShape
{
    /// <summary>Width of the input.</summary>
    static abstract int Inputs { get; }

    /// <summary>Width of the output.</summary>
    static abstract int Units { get; }

    /// <summary>Activation of the output.</summary>
    static abstract Activation Activation { get; }

    /// <summary>Whether there is a bias.</summary>
    static abstract bool UseBias { get; }
}
