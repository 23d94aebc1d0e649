using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>
/// Where one unit of one sample, or a vector of units, reads and writes at one timestep of the forward pass. A state may take the place of
/// the one before it: a cell reads first.
/// </summary>
/// <typeparam name="TLanes">One number or several.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IForwardPlace<TLanes> where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>h of the timestep before; zero where there is none.</summary>
    TLanes HiddenBefore { get; }

    /// <summary>The second state of the timestep before; zero where there is none.</summary>
    TLanes CarriedBefore { get; }

    /// <summary>A pre-activation; of a cell with a recurrent part the input's part of it.</summary>
    TLanes Gate(int gate);

    /// <summary>The state's part of a pre-activation, of a cell with a recurrent part.</summary>
    TLanes Recurrent(int gate);

    /// <summary>Takes what the backward pass, or the other half of the cell, finds as <see cref="IBackwardPlace{TLanes}.Gate"/>.</summary>
    void KeepGate(int gate, TLanes value);

    /// <summary>Takes what is kept beside the gates.</summary>
    void Keep(TLanes value);

    /// <summary>Takes the second state.</summary>
    void SetCarried(TLanes value);

    /// <summary>Takes h.</summary>
    void SetHidden(TLanes value);
}

/// <summary>Where one unit of one sample, or a vector of units, reads and writes at one timestep of the backward pass.</summary>
/// <typeparam name="TLanes">One number or several.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBackwardPlace<TLanes> where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>h of the timestep before; zero where there is none.</summary>
    TLanes HiddenBefore { get; }

    /// <summary>h of this timestep.</summary>
    TLanes Hidden { get; }

    /// <summary>The second state of the timestep before; zero where there is none.</summary>
    TLanes CarriedBefore { get; }

    /// <summary>What was kept beside the gates.</summary>
    TLanes Kept { get; }

    /// <summary>The gradient of h: what the timesteps after have sent, and what the output has received.</summary>
    TLanes HiddenGradient { get; }

    /// <summary>The gradient of the second state.</summary>
    TLanes CarriedGradient { get; }

    /// <summary>What was kept of a gate.</summary>
    TLanes Gate(int gate);

    /// <summary>The state's part of a pre-activation, of a cell with a recurrent part.</summary>
    TLanes Recurrent(int gate);

    /// <summary>Takes the gradient of a pre-activation; of a cell with a recurrent part that of the input's part.</summary>
    void SetGate(int gate, TLanes gradient);

    /// <summary>Takes the gradient of the state's part of a pre-activation.</summary>
    void SetRecurrent(int gate, TLanes gradient);

    /// <summary>Takes the gradient of the second state before.</summary>
    void SetCarried(TLanes gradient);

    /// <summary>Takes what the h before receives straight, of a cell that <see cref="IRecurrentCell.PassesBack"/>.</summary>
    void PassBack(TLanes gradient);
}
