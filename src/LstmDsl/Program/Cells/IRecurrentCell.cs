using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// A recurrent layer's cell: its formulas for one timestep of one unit, or of a vector of units, and what the backends must know of it. They
/// do the rest, the products and the way through time. A cell is a type without fields that kernels take as a type argument; its constants
/// are those of one layer's <see cref="IRecurrentShape">shape</see>, all of which it passes on.
/// <code>
/// x (T, n, F)   W (F, G·u)   U (u, G·u)   b (G·u)   z, gates (T, n, G·u)   h (T, n, u)
/// forward     z_t = b + x_t·W + h_{t−1}·U      the cell makes h_t of it
/// backward    dh_t = dy_t + dz_{t+1}·Uᵀ        the cell makes dz_t of it; dx = dz·Wᵀ
/// gradients   dW += Σ x_tᵀ·dz_t    dU += Σ h_{t−1}ᵀ·dz_t    db += Σ dz_t
/// </code>
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRecurrentCell : ILayerShape
{
    /// <inheritdoc cref="IRecurrentShape.Inputs"/>
    static abstract int Inputs { get; }

    /// <inheritdoc cref="IRecurrentShape.Units"/>
    static abstract int Units { get; }

    /// <inheritdoc cref="IRecurrentShape.Activation"/>
    static abstract Activation Activation { get; }

    /// <inheritdoc cref="IRecurrentShape.UseBias"/>
    static abstract bool UseBias { get; }

    /// <inheritdoc cref="IRecurrentShape.ReturnSequences"/>
    static abstract bool ReturnSequences { get; }

    /// <inheritdoc cref="IRecurrentShape.GoBackwards"/>
    static abstract bool GoBackwards { get; }

    /// <inheritdoc cref="IRecurrentShape.AddsInputGradient"/>
    static abstract bool AddsInputGradient { get; }

    /// <inheritdoc cref="IRecurrentShape.Dropout"/>
    static abstract double Dropout { get; }

    /// <inheritdoc cref="IRecurrentShape.RecurrentDropout"/>
    static abstract double RecurrentDropout { get; }

    /// <summary>G, pre-activations of a unit: 1 to 4.</summary>
    static abstract int Gates { get; }

    /// <summary>A letter for each gate in their order, for messages; empty where the one pre-activation is no gate.</summary>
    static abstract string GateLetters { get; }

    /// <summary>Whether the state goes through a recurrent kernel into the pre-activations.</summary>
    static virtual bool HasRecurrentKernel => true;

    /// <summary>Whether a second state goes from timestep to timestep: an LSTM's c.</summary>
    static virtual bool Carries => false;

    /// <summary>
    /// Whether the state's part of the pre-activations, h·U with a bias of its own, is kept apart from the input's: the cell adds them, and
    /// the gradients that meet U are others than those of the gates.
    /// </summary>
    static virtual bool HasRecurrentPart => false;

    /// <summary>
    /// Whether <see cref="Reset"/> runs first and what it keeps takes the state's place in the last gate's part of h·U. Backwards
    /// <see cref="ResetBackward"/> runs last.
    /// </summary>
    static virtual bool ResetsBefore => false;

    /// <summary>Whether the state before receives a part of the gradient straight, beside what goes through U.</summary>
    static virtual bool PassesBack => false;

    /// <summary>From the pre-activations and the states before to the states, and what the backward pass needs.</summary>
    static abstract void Forward<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IForwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>;

    /// <summary>From what was kept and the gradients of the states to those of the pre-activations and of the states before.</summary>
    static abstract void Backward<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IBackwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>;

    /// <summary>What comes before <see cref="Forward"/>, once all gates but the last have their pre-activations.</summary>
    static virtual void Reset<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IForwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>
    {
    }

    /// <summary>
    /// What comes after <see cref="Backward"/>: <see cref="IBackwardPlace{TLanes}.CarriedGradient"/> is the gradient of what was kept,
    /// <see cref="IBackwardPlace{TLanes}.HiddenGradient"/> what was passed back.
    /// </summary>
    static virtual void ResetBackward<TPlace, TLanes>(ref TPlace place)
        where TPlace : struct, IBackwardPlace<TLanes>, allows ref struct
        where TLanes : unmanaged, ILanes<TLanes>
    {
    }
}
