using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>What a cell reads and writes in the forward pass: the first unit of a sample at a timestep.</summary>
internal unsafe struct ForwardRow<TCell, T>
    where TCell : struct, IRecurrentCell
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Pre-activations, then what is kept of them, (n, G·u).</summary>
    public T* Gates;

    /// <summary>What is kept beside them; null for nothing.</summary>
    public T* Kept;

    /// <summary>h of the timestep before; null where there is none.</summary>
    public T* HiddenBefore;

    /// <summary>Takes h.</summary>
    public T* Hidden;

    /// <summary>The second state of the timestep before; null where there is none.</summary>
    public T* CarriedBefore;

    /// <summary>Takes the second state.</summary>
    public T* Carried;

    /// <summary>The first sample at a timestep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ForwardRow(in RecurrentTensors<T> layer, int t)
    {
        Gates = layer.PreActivationsAt(t);
        Kept = layer.KeptAt(t);
        HiddenBefore = layer.HiddenBefore(t);
        Hidden = layer.HiddenAt(t);
        CarriedBefore = TCell.Carries ? layer.CarriedBefore(t) : null;
        Carried = TCell.Carries ? layer.CarriedAt(t) : null;
    }

    /// <summary>Goes on to the sample so many behind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(int samples)
    {
        var width = samples * TCell.Units;
        Gates += TCell.Gates * width;
        if (Kept != null) Kept += TCell.HasRecurrentPart ? TCell.Gates * width : width;
        if (HiddenBefore != null) HiddenBefore += width;
        Hidden += width;
        if (!TCell.Carries) return;
        if (CarriedBefore != null) CarriedBefore += width;
        Carried += width;
    }
}

/// <summary>What a cell reads and writes in the backward pass: the first unit of a sample at a timestep.</summary>
internal unsafe struct BackwardRow<TCell, T>
    where TCell : struct, IRecurrentCell
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What was kept of the gates, then the gradients of their pre-activations, (n, G·u).</summary>
    public T* Gates;

    /// <summary>What was kept beside them; null for nothing.</summary>
    public T* Kept;

    /// <summary>h of the timestep before; null where there is none.</summary>
    public T* HiddenBefore;

    /// <summary>h.</summary>
    public T* Hidden;

    /// <summary>The second state of the timestep before; null where there is none.</summary>
    public T* CarriedBefore;

    /// <summary>What the timestep's output receives; null where the layer does not give it.</summary>
    public T* OutputGradient;

    /// <summary>What the timesteps after send to h; then what the h before receives straight.</summary>
    public T* HiddenGradient;

    /// <summary>
    /// The gradient of the second state, then of that before; of a cell that resets before that of the state times the reset gate.
    /// </summary>
    public T* CarriedGradient;

    /// <summary>The first sample at a timestep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BackwardRow(in RecurrentTensors<T> layer, int t)
    {
        Gates = layer.PreActivationsAt(t);
        Kept = layer.KeptAt(t);
        HiddenBefore = layer.HiddenBefore(t);
        Hidden = layer.HiddenAt(t);
        CarriedBefore = TCell.Carries ? layer.CarriedBefore(t) : null;
        OutputGradient = layer.OutputGradientAt(t);
        HiddenGradient = layer.StateGradients;
        CarriedGradient = layer.StateGradients + (layer.BlockSamples * TCell.Units);
    }

    /// <summary>Goes on to the sample so many behind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(int samples)
    {
        var width = samples * TCell.Units;
        Gates += TCell.Gates * width;
        if (Kept != null) Kept += TCell.HasRecurrentPart ? TCell.Gates * width : width;
        if (HiddenBefore != null) HiddenBefore += width;
        Hidden += width;
        if (TCell.Carries && CarriedBefore != null) CarriedBefore += width;
        if (OutputGradient != null) OutputGradient += width;
        HiddenGradient += width;
        CarriedGradient += width;
    }
}
