using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Where a recurrent layer of any cell finds its tensors, in elements, and its shape; see <see cref="LstmOffsets"/>.</summary>
internal readonly record struct RecurrentPlaces
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

    /// <summary>Recurrent dropout's masks of the input, (gates, samples, inputs); 0 without it, as in a prediction.</summary>
    public required int InputMasks { get; init; }

    /// <summary>Its masks of the state, (gates, samples, units).</summary>
    public int StateMasks => InputMasks + (Gates * Samples * Inputs);

    /// <summary>Whether input and state have a mask for each gate.</summary>
    public bool Drops => InputMasks > 0;

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

    public required int OutputGradient { get; init; }

    public required int InputGradient { get; init; }

    /// <summary>−1 without cells.</summary>
    public int Cells { get; init; }

    public bool KeepsCells { get; init; }

    public int ActivatedCells { get; init; }

    /// <summary>The gradient of the cells that goes to the timestep before; −1 without one.</summary>
    public int CellGradient { get; init; }

    /// <summary>What of the hidden state's gradient goes to the timestep before beside the recurrent kernel; −1 in a prediction.</summary>
    public required int HiddenGradient { get; init; }

    /// <summary>What the state adds to a GRU's pre-activations, or the state times its reset gate; −1 without one.</summary>
    public int Recurrent { get; init; }

    /// <summary>Values of <see cref="Recurrent"/> per timestep and sample.</summary>
    public int RecurrentColumns { get; init; }

    /// <summary>Whether the gradient of the input is added to what stands there.</summary>
    public required bool AddsInputGradient { get; init; }

    /// <summary>The places of an LSTM.</summary>
    public static RecurrentPlaces Of<TShape>(in LstmOffsets offsets, int samples, int timesteps) where TShape : struct, ILstmShape => new()
    {
        Samples = samples,
        Gates = 4,
        Units = TShape.Units,
        Mask = offsets.Mask > 0 ? offsets.Mask : -1,
        InputMasks = offsets.DropoutMasks,
        InputRate = TShape.Dropout,
        StateRate = TShape.RecurrentDropout,
        Layer = TShape.Layer,
        Timesteps = timesteps,
        Inputs = TShape.Inputs,
        ReturnSequences = TShape.ReturnSequences,
        GoBackwards = TShape.GoBackwards,
        AddsInputGradient = TShape.AddsInputGradient,
        Kernel = offsets.Kernel,
        RecurrentKernel = offsets.RecurrentKernel,
        Bias = TShape.UseBias ? offsets.Bias : -1,
        Input = offsets.Input,
        PreActivations = offsets.Gates,
        Hidden = offsets.Hidden,
        Continues = offsets.Continues,
        KeepsHidden = offsets.HiddenStride > 0,
        Trains = offsets.GatesStride > 0,
        OutputGradient = offsets.OutputGradient,
        InputGradient = offsets.InputGradient,
        Cells = offsets.Cells,
        KeepsCells = offsets.CellsStride > 0,
        ActivatedCells = offsets.ActivatedCells,
        CellGradient = offsets.GatesStride > 0 ? offsets.StateGradients + (samples * TShape.Units) : -1,
        HiddenGradient = offsets.GatesStride > 0 ? offsets.StateGradients : -1,
        Recurrent = -1,
    };

    /// <summary>The places of a simple recurrent layer.</summary>
    public static RecurrentPlaces Of<TShape>(in SimpleRnnOffsets offsets, int samples, int timesteps)
        where TShape : struct, ISimpleRnnShape =>
        new()
        {
            Samples = samples,
            Gates = 1,
            Units = TShape.Units,
            Mask = offsets.Mask > 0 ? offsets.Mask : -1,
            InputMasks = offsets.DropoutMasks,
            InputRate = TShape.Dropout,
            StateRate = TShape.RecurrentDropout,
            Layer = TShape.Layer,
            Timesteps = timesteps,
            Inputs = TShape.Inputs,
            ReturnSequences = TShape.ReturnSequences,
            GoBackwards = TShape.GoBackwards,
            AddsInputGradient = TShape.AddsInputGradient,
            Kernel = offsets.Kernel,
            RecurrentKernel = offsets.RecurrentKernel,
            Bias = TShape.UseBias ? offsets.Bias : -1,
            Input = offsets.Input,
            PreActivations = offsets.PreActivations,
            Hidden = offsets.Hidden,
            Continues = offsets.Continues,
            KeepsHidden = offsets.HiddenStride > 0,
            Trains = offsets.PreActivationsStride > 0,
            OutputGradient = offsets.OutputGradient,
            InputGradient = offsets.InputGradient,
            Cells = -1,
            ActivatedCells = -1,
            CellGradient = -1,
            HiddenGradient = offsets.PreActivationsStride > 0 ? offsets.StateGradients : -1,
            Recurrent = -1,
        };

    /// <summary>The places of a GRU.</summary>
    public static RecurrentPlaces Of<TShape>(in GruOffsets offsets, int samples, int timesteps) where TShape : struct, IGruShape => new()
    {
        Samples = samples,
        Gates = 3,
        Units = TShape.Units,
        Mask = offsets.Mask > 0 ? offsets.Mask : -1,
        InputMasks = offsets.DropoutMasks,
        InputRate = TShape.Dropout,
        StateRate = TShape.RecurrentDropout,
        Layer = TShape.Layer,
        Timesteps = timesteps,
        Inputs = TShape.Inputs,
        ReturnSequences = TShape.ReturnSequences,
        GoBackwards = TShape.GoBackwards,
        AddsInputGradient = TShape.AddsInputGradient,
        Kernel = offsets.Kernel,
        RecurrentKernel = offsets.RecurrentKernel,
        Bias = TShape.UseBias ? offsets.Bias : -1,
        Input = offsets.Input,
        PreActivations = offsets.Gates,
        Hidden = offsets.Hidden,
        Continues = offsets.Continues,
        KeepsHidden = offsets.HiddenStride > 0,
        Trains = offsets.GatesStride > 0,
        OutputGradient = offsets.OutputGradient,
        InputGradient = offsets.InputGradient,
        Cells = -1,
        ActivatedCells = -1,
        CellGradient = -1,
        HiddenGradient = offsets.GatesStride > 0 ? offsets.StateGradients : -1,
        Recurrent = offsets.GatesStride > 0 ? offsets.Recurrent : -1,
        RecurrentColumns = TShape.ResetAfter ? 3 * TShape.Units : TShape.Units,
    };
}
