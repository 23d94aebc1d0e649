using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// A recurrent layer's tensors over a block of n samples, whatever its cell, and the sizes that its products take at run time. t counts
/// timesteps in the order of processing; only the input and its gradient lie in the order of time.
/// <code>
/// x (T, n, F)   W (F, G·u)   U (u, G·u)   b (G·u)   z (T, n, G·u)   h (T, n, u)      G: the cell's gates
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

    /// <summary>The second state; null without one.</summary>
    public required T* Carried { private get; init; }

    /// <summary>What is kept beside the gates; null for nothing.</summary>
    public required T* Kept { get; init; }

    /// <summary>h.</summary>
    public required T* Hidden { get; init; }

    /// <summary>Scratch of the backward pass: <see cref="StateGradientsOf"/> times (n, u), and with a mask one or two more.</summary>
    public required T* StateGradients { get; init; }

    /// <summary>Distance of the timesteps of z: n·G·u, or 0 where a prediction uses one place again and again.</summary>
    public required int PreActivationsStride { get; init; }

    /// <summary>Distance of the timesteps of the second state: n·u, or 0.</summary>
    public required int CarriedStride { private get; init; }

    /// <summary>Distance of the timesteps of what is kept.</summary>
    public required int KeptStride { private get; init; }

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

    /// <summary>h of another layer that this one begins with, (n, u); null for none.</summary>
    public required T* InitialHidden { get; init; }

    /// <summary>The same of the second state.</summary>
    public required T* InitialCarried { get; init; }

    /// <summary>Whether somebody asks for the gradients of the states before the first timestep.</summary>
    public required bool GivesStateGradients { get; init; }

    /// <summary>What the states after the last timestep receive from another layer, (n, u), then of the second state; null for nothing.</summary>
    public required T* ReceivedGradients { get; init; }

    /// <summary>The first timestep that has an h before it.</summary>
    public int FirstWithState => Continues ? 0 : 1;

    /// <summary>Which timesteps of the input count for a sample, (T, n); null where all do.</summary>
    public required T* Mask { get; init; }

    /// <summary>Dropout's masks of the input, (G, n, F); null where there is no recurrent dropout.</summary>
    public required T* InputMasks { get; init; }

    /// <summary>Dropout's masks of the state, (G, n, u), behind those of the input.</summary>
    public T* StateMasks => InputMasks + (Gates * BlockSamples * Inputs);

    /// <summary>F.</summary>
    public required int Inputs { get; init; }

    /// <summary>u.</summary>
    public required int Units { get; init; }

    /// <summary>G·u.</summary>
    public required int Columns { get; init; }

    /// <summary>G.</summary>
    public int Gates => Columns / Units;

    /// <summary>n, or how many of the block's samples are looked at: they follow one another in each timestep.</summary>
    public required int Samples { get; init; }

    /// <summary>n: the distance of timesteps, whichever samples are looked at.</summary>
    public required int BlockSamples { get; init; }

    /// <summary>T.</summary>
    public required int Timesteps { get; init; }

    /// <summary>x.</summary>
    public required T* Input { private get; init; }

    /// <summary>dx; null where nobody asks for it.</summary>
    public required T* InputGradient { private get; init; }

    /// <summary>dy, (T, n, u) or (n, u); null where nobody reads the output.</summary>
    public required T* OutputGradient { private get; init; }

    /// <summary>Whether somebody asks for dx.</summary>
    public bool AsksForInputGradient => InputGradient != null;

    /// <summary>Distance of two timesteps of the input in the order of processing.</summary>
    public int InputStride => GoBackwards ? -BlockSamples * Inputs : BlockSamples * Inputs;

    /// <summary>The tensors of a layer.</summary>
    public static RecurrentTensors<T> Of<TCell>(in HostBlocks<T> blocks, in RecurrentOffsets offsets, int samples, int timesteps)
        where TCell : struct, IRecurrentCell => Of<TCell>(blocks, offsets, SampleRange.All(samples), timesteps);

    /// <summary>The tensors of a layer, from some of the block's samples on. Dropout's masks are the block's, whichever samples these are.</summary>
    public static RecurrentTensors<T> Of<TCell>(in HostBlocks<T> blocks, in RecurrentOffsets offsets, SampleRange samples, int timesteps)
        where TCell : struct, IRecurrentCell => new()
        {
            Kernel = blocks.Parameters + offsets.Kernel,
            RecurrentKernel = TCell.HasRecurrentKernel ? blocks.Parameters + offsets.RecurrentKernel : null,
            PackedKernel = Packed(blocks, samples.Count, offsets.Kernel),
            PackedRecurrentKernel = TCell.HasRecurrentKernel ? Packed(blocks, samples.Count, offsets.RecurrentKernel) : default,
            Bias = TCell.UseBias ? blocks.Parameters + offsets.Bias : null,
            PreActivations = blocks.Activations + offsets.Gates + (samples.First * TCell.Gates * TCell.Units),
            Carried = TCell.Carries ? blocks.Activations + offsets.Carried + (samples.First * TCell.Units) : null,
            Kept = offsets.Kept < 0 ? null : blocks.Activations + offsets.Kept + (samples.First * (TCell.HasRecurrentPart ? TCell.Gates : 1) * TCell.Units),
            Hidden = blocks.Activations + offsets.Hidden + (samples.First * TCell.Units),
            StateGradients = States<TCell>(blocks, samples, offsets.StateGradients),
            PreActivationsStride = offsets.GatesStride * samples.Of,
            CarriedStride = offsets.CarriedStride * samples.Of,
            KeptStride = offsets.KeptStride * samples.Of,
            HiddenStride = offsets.HiddenStride * samples.Of,
            ReturnSequences = TCell.ReturnSequences,
            GoBackwards = TCell.GoBackwards,
            AddsInputGradient = TCell.AddsInputGradient,
            Continues = offsets.Continues,
            InitialHidden = States<TCell>(blocks, samples, offsets.InitialHidden),
            InitialCarried = States<TCell>(blocks, samples, offsets.InitialCarried),
            GivesStateGradients = offsets.GivesStateGradients,
            ReceivedGradients = States<TCell>(blocks, samples, offsets.ReceivedGradients),
            Mask = offsets.Mask < 0 ? null : blocks.Activations + offsets.Mask + samples.First,
            InputMasks = offsets.DropoutMasks < 0 ? null : blocks.Activations + offsets.DropoutMasks,
            Inputs = TCell.Inputs,
            Units = TCell.Units,
            Columns = TCell.Gates * TCell.Units,
            Samples = samples.Count,
            BlockSamples = samples.Of,
            Timesteps = timesteps,
            Input = blocks.Activations + offsets.Input + (samples.First * TCell.Inputs),
            InputGradient = offsets.InputGradient < 0 ? null : blocks.Activations + offsets.InputGradient + (samples.First * TCell.Inputs),
            OutputGradient = States<TCell>(blocks, samples, offsets.OutputGradient),
        };

    /// <summary>
    /// Gradients of (n, u) that go from timestep to timestep, or from one half of a cell to the other. Behind them lies what a mask keeps of
    /// the gradient of each state.
    /// </summary>
    public static int StateGradientsOf<TCell>() where TCell : struct, IRecurrentCell => TCell.Carries || TCell.ResetsBefore ? 2 : 1;

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

    /// <summary>The second state of a timestep, (n, u).</summary>
    public T* CarriedAt(int t) => Carried + (t * CarriedStride);

    /// <summary>The second state of the timestep before, (n, u); null for zeros.</summary>
    public T* CarriedBefore(int t) => t >= FirstWithState ? CarriedAt(t - 1) : null;

    /// <summary>What is kept of a timestep; null for nothing.</summary>
    public T* KeptAt(int t) => Kept == null ? null : Kept + (t * KeptStride);

    /// <summary>What a timestep's output receives, (n, u); null where the layer does not give that timestep.</summary>
    public T* OutputGradientAt(int t) => OutputGradient == null ? null
        : ReturnSequences ? OutputGradient + (t * BlockSamples * Units)
        : t == Timesteps - 1 ? OutputGradient
        : null;

    /// <summary>Whether a sample skips a timestep.</summary>
    public bool Skips(int t, int sample) => Mask != null && Mask[((GoBackwards ? Timesteps - 1 - t : t) * BlockSamples) + sample] == T.Zero;

    // The prediction of a single sample reads the matrices as they lie.
    private static PackedMatrix Packed(in HostBlocks<T> blocks, int samples, int offset) =>
        blocks.Packed == null || (samples == 1 && blocks.Gradients == null) ? default : blocks.Packed.Matrix(offset);

    private static T* States<TCell>(in HostBlocks<T> blocks, SampleRange samples, int offset) where TCell : struct, IRecurrentCell =>
        offset < 0 ? null : blocks.Activations + offset + (samples.First * TCell.Units);

    private int InputOffset(int t) => (GoBackwards ? Timesteps - 1 - t : t) * BlockSamples * Inputs;
}
