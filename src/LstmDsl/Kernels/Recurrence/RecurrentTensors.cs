using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A recurrent layer's tensors over a block of n samples, whatever its cell, and the sizes that its products take at run time. t counts
/// timesteps in the order of processing; only the input and its gradient lie in the order of time.
/// <code>
/// x (T, n, F)   W (F, G·u)   U (u, G·u)   b (G·u)   z (T, n, G·u)   h (T, n, u)      G: 4 for an LSTM, 3 for a GRU, else 1
/// </code>
/// </summary>
internal readonly unsafe struct RecurrentTensors<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>W.</summary>
    public required T* Kernel { get; init; }

    /// <summary>U.</summary>
    public required T* RecurrentKernel { get; init; }

    /// <summary>W as products read it; empty on the reference.</summary>
    public required PackedMatrix PackedKernel { get; init; }

    /// <summary>U as products read it; empty on the reference.</summary>
    public required PackedMatrix PackedRecurrentKernel { get; init; }

    /// <summary>b; null without one.</summary>
    public required T* Bias { get; init; }

    /// <summary>z, until the cells put something else in its place: gates, and in the end dz.</summary>
    public required T* PreActivations { get; init; }

    /// <summary>h.</summary>
    public required T* Hidden { get; init; }

    /// <summary>Distance of the timesteps of z: n·G·u, or 0 where a prediction uses one place again and again.</summary>
    public required int PreActivationsStride { get; init; }

    /// <summary>Distance of the timesteps of h: n·u, or 0.</summary>
    public required int HiddenStride { get; init; }

    /// <summary>Whether every timestep's output is given, so that its gradient has a time axis.</summary>
    public required bool ReturnSequences { get; init; }

    /// <summary>Whether the input is read from its last timestep to its first.</summary>
    public required bool GoBackwards { get; init; }

    /// <summary>Whether dx is added to what stands there.</summary>
    public required bool AddsInputGradient { get; init; }

    /// <summary>Whether the h before the first timestep lies one stride before the first timestep's; it is zeros otherwise.</summary>
    public required bool Continues { private get; init; }

    /// <summary>The first timestep that has an h before it.</summary>
    public int FirstWithState => Continues ? 0 : 1;

    /// <summary>Which timesteps of the input count for a sample, (T, n); null where all do.</summary>
    public required T* Mask { get; init; }

    /// <summary>Dropout's masks of the input, (G, n, F); null where there is no recurrent dropout.</summary>
    public required T* InputMasks { get; init; }

    /// <summary>Dropout's masks of the state, (G, n, u), behind those of the input.</summary>
    public T* StateMasks => InputMasks + (Gates * Samples * Inputs);

    /// <summary>F.</summary>
    public required int Inputs { get; init; }

    /// <summary>u.</summary>
    public required int Units { get; init; }

    /// <summary>G·u.</summary>
    public required int Columns { get; init; }

    /// <summary>G.</summary>
    public int Gates => Columns / Units;

    /// <summary>n.</summary>
    public required int Samples { get; init; }

    /// <summary>T.</summary>
    public required int Timesteps { get; init; }

    /// <summary>x.</summary>
    public required T* Input { private get; init; }

    /// <summary>dx; null where nobody asks for it.</summary>
    public required T* InputGradient { private get; init; }

    /// <summary>dy, (T, n, u) or (n, u).</summary>
    public required T* OutputGradient { private get; init; }

    /// <summary>Whether somebody asks for dx.</summary>
    public bool AsksForInputGradient => InputGradient != null;

    /// <summary>Distance of two timesteps of the input in the order of processing.</summary>
    public int InputStride => GoBackwards ? -Samples * Inputs : Samples * Inputs;

    /// <summary>The tensors of an LSTM layer.</summary>
    public static RecurrentTensors<T> Of<TShape>(in HostBlocks<T> blocks, in LstmOffsets offsets, int samples, int timesteps)
        where TShape : struct, ILstmShape => new()
        {
            Kernel = blocks.Parameters + offsets.Kernel,
            RecurrentKernel = blocks.Parameters + offsets.RecurrentKernel,
            PackedKernel = blocks.Packed?.Matrix(offsets.Kernel) ?? default,
            PackedRecurrentKernel = blocks.Packed?.Matrix(offsets.RecurrentKernel) ?? default,
            Bias = TShape.UseBias ? blocks.Parameters + offsets.Bias : null,
            PreActivations = blocks.Activations + offsets.Gates,
            Hidden = blocks.Activations + offsets.Hidden,
            PreActivationsStride = offsets.GatesStride * samples,
            HiddenStride = offsets.HiddenStride * samples,
            ReturnSequences = TShape.ReturnSequences,
            GoBackwards = TShape.GoBackwards,
            AddsInputGradient = TShape.AddsInputGradient,
            Continues = offsets.Continues,
            Mask = offsets.Mask > 0 ? blocks.Activations + offsets.Mask : null,
            InputMasks = offsets.DropoutMasks > 0 ? blocks.Activations + offsets.DropoutMasks : null,
            Inputs = TShape.Inputs,
            Units = TShape.Units,
            Columns = 4 * TShape.Units,
            Samples = samples,
            Timesteps = timesteps,
            Input = blocks.Activations + offsets.Input,
            InputGradient = offsets.InputGradient < 0 ? null : blocks.Activations + offsets.InputGradient,
            OutputGradient = blocks.Activations + offsets.OutputGradient,
        };

    /// <summary>The tensors of a simple recurrent layer.</summary>
    public static RecurrentTensors<T> Of<TShape>(in HostBlocks<T> blocks, in SimpleRnnOffsets offsets, int samples, int timesteps)
        where TShape : struct, ISimpleRnnShape => new()
        {
            Kernel = blocks.Parameters + offsets.Kernel,
            RecurrentKernel = blocks.Parameters + offsets.RecurrentKernel,
            PackedKernel = blocks.Packed?.Matrix(offsets.Kernel) ?? default,
            PackedRecurrentKernel = blocks.Packed?.Matrix(offsets.RecurrentKernel) ?? default,
            Bias = TShape.UseBias ? blocks.Parameters + offsets.Bias : null,
            PreActivations = blocks.Activations + offsets.PreActivations,
            Hidden = blocks.Activations + offsets.Hidden,
            PreActivationsStride = offsets.PreActivationsStride * samples,
            HiddenStride = offsets.HiddenStride * samples,
            ReturnSequences = TShape.ReturnSequences,
            GoBackwards = TShape.GoBackwards,
            AddsInputGradient = TShape.AddsInputGradient,
            Continues = offsets.Continues,
            Mask = offsets.Mask > 0 ? blocks.Activations + offsets.Mask : null,
            InputMasks = offsets.DropoutMasks > 0 ? blocks.Activations + offsets.DropoutMasks : null,
            Inputs = TShape.Inputs,
            Units = TShape.Units,
            Columns = TShape.Units,
            Samples = samples,
            Timesteps = timesteps,
            Input = blocks.Activations + offsets.Input,
            InputGradient = offsets.InputGradient < 0 ? null : blocks.Activations + offsets.InputGradient,
            OutputGradient = blocks.Activations + offsets.OutputGradient,
        };

    /// <summary>The tensors of a GRU layer; z is what its input gives.</summary>
    public static RecurrentTensors<T> Of<TShape>(in HostBlocks<T> blocks, in GruOffsets offsets, int samples, int timesteps)
        where TShape : struct, IGruShape => new()
        {
            Kernel = blocks.Parameters + offsets.Kernel,
            RecurrentKernel = blocks.Parameters + offsets.RecurrentKernel,
            PackedKernel = blocks.Packed?.Matrix(offsets.Kernel) ?? default,
            PackedRecurrentKernel = blocks.Packed?.Matrix(offsets.RecurrentKernel) ?? default,
            Bias = TShape.UseBias ? blocks.Parameters + offsets.Bias : null,
            PreActivations = blocks.Activations + offsets.Gates,
            Hidden = blocks.Activations + offsets.Hidden,
            PreActivationsStride = offsets.GatesStride * samples,
            HiddenStride = offsets.HiddenStride * samples,
            ReturnSequences = TShape.ReturnSequences,
            GoBackwards = TShape.GoBackwards,
            AddsInputGradient = TShape.AddsInputGradient,
            Continues = offsets.Continues,
            Mask = offsets.Mask > 0 ? blocks.Activations + offsets.Mask : null,
            InputMasks = offsets.DropoutMasks > 0 ? blocks.Activations + offsets.DropoutMasks : null,
            Inputs = TShape.Inputs,
            Units = TShape.Units,
            Columns = 3 * TShape.Units,
            Samples = samples,
            Timesteps = timesteps,
            Input = blocks.Activations + offsets.Input,
            InputGradient = offsets.InputGradient < 0 ? null : blocks.Activations + offsets.InputGradient,
            OutputGradient = blocks.Activations + offsets.OutputGradient,
        };

    /// <summary>x of a timestep, (n, F).</summary>
    public T* InputAt(int t) => Input + InputOffset(t);

    /// <summary>dx of a timestep, (n, F).</summary>
    public T* InputGradientAt(int t) => InputGradient + InputOffset(t);

    /// <summary>z of a timestep, (n, G·u).</summary>
    public T* PreActivationsAt(int t) => PreActivations + (t * PreActivationsStride);

    /// <summary>h of a timestep, (n, u).</summary>
    public T* HiddenAt(int t) => Hidden + (t * HiddenStride);

    /// <summary>h of the timestep before, (n, u); null for zeros.</summary>
    public T* HiddenBefore(int t) => t >= FirstWithState ? HiddenAt(t - 1) : null;

    /// <summary>What a timestep's output receives, (n, u); null where the layer does not give that timestep.</summary>
    public T* OutputGradientAt(int t) => ReturnSequences ? OutputGradient + (t * Samples * Units)
        : t == Timesteps - 1 ? OutputGradient
        : null;

    /// <summary>Whether a sample skips a timestep.</summary>
    public bool Skips(int t, int sample) => Mask != null && Mask[((GoBackwards ? Timesteps - 1 - t : t) * Samples) + sample] == T.Zero;

    private int InputOffset(int t) => (GoBackwards ? Timesteps - 1 - t : t) * Samples * Inputs;
}
