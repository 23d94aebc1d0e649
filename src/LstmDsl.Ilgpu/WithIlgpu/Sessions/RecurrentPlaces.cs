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

    public int CellGradient { get; init; }

    /// <summary>The places of an LSTM.</summary>
    public static RecurrentPlaces Of<TShape>(in LstmOffsets offsets, int samples, int timesteps) where TShape : struct, ILstmShape => new()
    {
        Samples = samples,
        Timesteps = timesteps,
        Inputs = TShape.Inputs,
        ReturnSequences = TShape.ReturnSequences,
        GoBackwards = TShape.GoBackwards,
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
        CellGradient = offsets.GatesStride > 0 ? offsets.StateGradients + (samples * TShape.Units) : -1,
    };

    /// <summary>The places of a simple recurrent layer.</summary>
    public static RecurrentPlaces Of<TShape>(in SimpleRnnOffsets offsets, int samples, int timesteps)
        where TShape : struct, ISimpleRnnShape =>
        new()
        {
            Samples = samples,
            Timesteps = timesteps,
            Inputs = TShape.Inputs,
            ReturnSequences = TShape.ReturnSequences,
            GoBackwards = TShape.GoBackwards,
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
            CellGradient = -1,
        };
}
