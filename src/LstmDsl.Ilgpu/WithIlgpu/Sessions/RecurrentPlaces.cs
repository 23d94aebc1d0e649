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

    /// <summary>Recurrent dropout's masks, for which there are no kernels yet: 0.</summary>
    public required int DropoutMasks
    {
        get;
        init => field = value == 0
            ? value
            : throw new NotSupportedException("RecurrentDropout has no kernels for ILGPU's devices; train this model on Device.Cpu.");
    }

    public required int Kernel { get; init; }

    public required int RecurrentKernel { get; init; }

    /// <summary>−1 without a bias.</summary>
    public required int Bias { get; init; }

    public required int Input { get; init; }

    public required int PreActivations { get; init; }

    public required int Hidden { get; init; }

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

    /// <summary>A gradient that goes to the timestep before beside the recurrent kernel; −1 without one.</summary>
    public int StateGradient { get; init; }

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
        DropoutMasks = offsets.DropoutMasks,
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
        KeepsHidden = offsets.HiddenStride > 0,
        Trains = offsets.GatesStride > 0,
        OutputGradient = offsets.OutputGradient,
        InputGradient = offsets.InputGradient,
        Cells = offsets.Cells,
        KeepsCells = offsets.CellsStride > 0,
        ActivatedCells = offsets.ActivatedCells,
        StateGradient = offsets.GatesStride > 0 ? offsets.StateGradients + (samples * TShape.Units) : -1,
        Recurrent = -1,
    };

    /// <summary>The places of a simple recurrent layer.</summary>
    public static RecurrentPlaces Of<TShape>(in SimpleRnnOffsets offsets, int samples, int timesteps)
        where TShape : struct, ISimpleRnnShape =>
        new()
        {
            Samples = samples,
            DropoutMasks = offsets.DropoutMasks,
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
            KeepsHidden = offsets.HiddenStride > 0,
            Trains = offsets.PreActivationsStride > 0,
            OutputGradient = offsets.OutputGradient,
            InputGradient = offsets.InputGradient,
            Cells = -1,
            ActivatedCells = -1,
            StateGradient = -1,
            Recurrent = -1,
        };

    /// <summary>The places of a GRU.</summary>
    public static RecurrentPlaces Of<TShape>(in GruOffsets offsets, int samples, int timesteps) where TShape : struct, IGruShape => new()
    {
        Samples = samples,
        DropoutMasks = offsets.DropoutMasks,
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
        KeepsHidden = offsets.HiddenStride > 0,
        Trains = offsets.GatesStride > 0,
        OutputGradient = offsets.OutputGradient,
        InputGradient = offsets.InputGradient,
        Cells = -1,
        ActivatedCells = -1,
        StateGradient = offsets.GatesStride > 0 ? offsets.StateGradients : -1,
        Recurrent = offsets.GatesStride > 0 ? offsets.Recurrent : -1,
        RecurrentColumns = TShape.ResetAfter ? 3 * TShape.Units : TShape.Units,
    };
}
