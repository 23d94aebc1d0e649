using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// What one recurrent layer hands to another: its last states, in which that one begins, and backwards what these are worth. The gradients
/// of the states before the first timestep are what a backward pass leaves of those that go from timestep to timestep.
/// </summary>
internal static unsafe class HandedStates<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Puts the states that a layer begins with before those of its first timestep.</summary>
    public static void Take<TCell>(in RecurrentTensors<T> layer) where TCell : struct, IRecurrentCell
    {
        if (layer.InitialHidden != null)
            Copy(layer, layer.InitialHidden, layer.HiddenAt(-1));
        if (TCell.Carries && layer.InitialCarried != null)
            Copy(layer, layer.InitialCarried, layer.CarriedAt(-1));
    }

    /// <summary>Begins the gradients of a layer's states, (n, u) each, with what they receive after the last timestep.</summary>
    public static void Receive<TCell>(in RecurrentTensors<T> layer) where TCell : struct, IRecurrentCell
    {
        Receive(layer, state: 0);
        if (TCell.Carries)
            Receive(layer, state: 1);
    }

    private static void Receive(in RecurrentTensors<T> layer, int state)
    {
        var place = state * layer.BlockSamples * layer.Units;
        if (layer.ReceivedGradients == null)
            new Span<T>(layer.StateGradients + place, layer.Samples * layer.Units).Clear();
        else
            Copy(layer, layer.ReceivedGradients + place, layer.StateGradients + place);
    }

    private static void Copy(in RecurrentTensors<T> layer, T* from, T* to) =>
        new Span<T>(from, layer.Samples * layer.Units).CopyTo(new Span<T>(to, layer.Samples * layer.Units));
}
