using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Where a recurrent layer of any cell finds its tensors, in elements, and its shape; see <see cref="RecurrentOffsets"/>.</summary>
internal readonly record struct SizedRecurrentOffsets
{
    public required int Samples { get; init; }

    public required int Timesteps { get; init; }

    public required int Inputs { get; init; }

    public required bool ReturnSequences { get; init; }

    public required bool GoBackwards { get; init; }

    /// <summary>Pre-activations of a unit.</summary>
    public required int Gates { get; init; }

    public required int Units { get; init; }

    /// <summary>Pre-activations of a sample's timestep.</summary>
    public int Columns => Gates * Units;

    /// <summary>Timesteps of all samples.</summary>
    public int Rows => Timesteps * Samples;

    /// <summary>Which timesteps count; −1 where all do.</summary>
    public required int Mask { get; init; }

    /// <summary>Recurrent dropout's masks of the input, (gates, samples, inputs); −1 without it, as in a prediction.</summary>
    public required int InputMasks { get; init; }

    /// <summary>Its masks of the state, (gates, samples, units).</summary>
    public int StateMasks => InputMasks + (Gates * Samples * Inputs);

    /// <summary>Whether input and state have a mask for each gate.</summary>
    public bool Drops => InputMasks >= 0;

    /// <summary>The part of the input that is dropped then.</summary>
    public required double InputRate { get; init; }

    /// <summary>The part of the state.</summary>
    public required double StateRate { get; init; }

    /// <summary>The layer's number in the counter of its draws.</summary>
    public required int Layer { get; init; }

    public required int Kernel { get; init; }

    public required int RecurrentKernel { get; init; }

    /// <summary>−1 without a bias.</summary>
    public required int Bias { get; init; }

    public required int Input { get; init; }

    public required int PreActivations { get; init; }

    public required int Hidden { get; init; }

    /// <summary>Whether the states before the first timestep lie before its own; they are zeros otherwise.</summary>
    public required bool Continues { get; init; }

    /// <summary>The first timestep that has states before it.</summary>
    public int FirstWithState => Continues ? 0 : 1;

    /// <summary>Whether every timestep of the hidden state has a place.</summary>
    public required bool KeepsHidden { get; init; }

    /// <summary>Whether this is a training step, which keeps the pre-activations; a prediction has no place for them.</summary>
    public required bool Trains { get; init; }

    /// <summary>−1 where nobody reads the output.</summary>
    public required int OutputGradient { get; init; }

    public required int InputGradient { get; init; }

    /// <summary>The second state; −1 without one.</summary>
    public required int Carried { get; init; }

    /// <summary>Whether every timestep of it has a place.</summary>
    public required bool KeepsCarried { get; init; }

    /// <summary>The gradient of the second state that goes to the timestep before; −1 without one.</summary>
    public required int CarriedGradient { get; init; }

    /// <summary>What training keeps beside the pre-activations; −1 without any, and in a prediction.</summary>
    public required int Kept { get; init; }

    /// <summary>Values of <see cref="Kept"/> per timestep and sample.</summary>
    public required int KeptColumns { get; init; }

    /// <summary>What of the hidden state's gradient goes to the timestep before beside the recurrent kernel; −1 in a prediction.</summary>
    public required int HiddenGradient { get; init; }

    /// <summary>Hidden states of another layer that this one begins with; −1 for none.</summary>
    public required int InitialHidden { get; init; }

    /// <summary>The same of the second state.</summary>
    public required int InitialCarried { get; init; }

    /// <summary>Whether somebody asks for the gradients of the states before the first timestep.</summary>
    public required bool GivesStateGradients { get; init; }

    /// <summary>What the states after the last timestep receive from another layer; −1 for nothing.</summary>
    public required int ReceivedGradients { get; init; }

    /// <summary>Whether the gradient of the input is added to what stands there.</summary>
    public required bool AddsInputGradient { get; init; }

    /// <summary>The offsets of a layer.</summary>
    public static SizedRecurrentOffsets Of<TCell>(in RecurrentOffsets offsets, int samples, int timesteps)
        where TCell : struct, IRecurrentCell
    {
        var trains = offsets.GatesStride > 0;
        return new()
        {
            Samples = samples,
            Timesteps = timesteps,
            Inputs = TCell.Inputs,
            Gates = TCell.Gates,
            Units = TCell.Units,
            ReturnSequences = TCell.ReturnSequences,
            GoBackwards = TCell.GoBackwards,
            AddsInputGradient = TCell.AddsInputGradient,
            Mask = offsets.Mask,
            InputMasks = offsets.DropoutMasks,
            InputRate = TCell.Dropout,
            StateRate = TCell.RecurrentDropout,
            Layer = TCell.Layer,
            Kernel = offsets.Kernel,
            RecurrentKernel = offsets.RecurrentKernel,
            Bias = TCell.UseBias ? offsets.Bias : Offset.None,
            Input = offsets.Input,
            PreActivations = offsets.Gates,
            Hidden = offsets.Hidden,
            KeepsHidden = offsets.HiddenStride > 0,
            Continues = offsets.Continues,
            Trains = trains,
            InitialHidden = offsets.InitialHidden,
            InitialCarried = offsets.InitialCarried,
            GivesStateGradients = offsets.GivesStateGradients,
            ReceivedGradients = offsets.ReceivedGradients,
            OutputGradient = offsets.OutputGradient,
            InputGradient = offsets.InputGradient,
            HiddenGradient = trains ? offsets.StateGradients : Offset.None,
            Carried = offsets.Carried,
            KeepsCarried = offsets.CarriedStride > 0,
            CarriedGradient = trains && TCell.Carries ? offsets.StateGradients + (samples * TCell.Units) : Offset.None,
            Kept = trains ? offsets.Kept : Offset.None,
            KeptColumns = TCell.HasRecurrentPart ? TCell.Gates * TCell.Units : TCell.Units,
        };
    }
}
