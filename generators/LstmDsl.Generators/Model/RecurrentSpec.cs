namespace LstmDsl.Generators;

/// <summary>A recurrent layer.</summary>
internal abstract record RecurrentSpec : UnitsSpec
{
    /// <summary>Whether every timestep's output is given.</summary>
    public required bool ReturnSequences { get; init; }

    /// <summary>Whether the input is read from its last timestep to its first.</summary>
    public required bool GoBackwards { get; init; }

    /// <summary>Whether it is one direction of a bidirectional layer.</summary>
    public bool IsHalf { get; init; }

    /// <summary>The recurrent kernel.</summary>
    public required WeightSpec RecurrentKernel { get; init; }

    /// <summary>Columns of the kernels for each unit.</summary>
    public abstract int ColumnsPerUnit { get; }

    /// <summary>Rows of the bias.</summary>
    public virtual int BiasRows => 1;

    /// <summary>
    /// The part of the input that training sets to zero, where <see cref="RecurrentDropout"/> is not 0; else dropout before it does.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>The part of the state that training sets to zero before the recurrent kernel.</summary>
    public double RecurrentDropout { get; init; }

    public override bool Streams => !GoBackwards;

    public override bool NeedsSequence => true;

    public override bool CarriesMask => ReturnSequences;

    public override int OutputTimesteps(int timesteps) => ReturnSequences ? timesteps : 0;

    public override IEnumerable<TensorSpec> Tensors(int inputs)
    {
        var columns = (long)ColumnsPerUnit * Units;
        yield return new TensorSpec("Kernel", inputs, columns, Kernel);
        yield return new TensorSpec("RecurrentKernel", Units, columns, RecurrentKernel);
        if (UseBias)
            yield return new TensorSpec("Bias", BiasRows, columns, Bias);
    }
}

/// <summary>An LSTM layer.</summary>
internal sealed record LstmSpec : RecurrentSpec
{
    /// <summary>Activation of the gates.</summary>
    public required Activation RecurrentActivation { get; init; }

    public override int ColumnsPerUnit => 4;

    public override string RuntimeKind => "Lstm";
}

/// <summary>A GRU layer.</summary>
internal sealed record GruSpec : RecurrentSpec
{
    /// <summary>Activation of the gates.</summary>
    public required Activation RecurrentActivation { get; init; }

    /// <summary>Whether the reset gate multiplies what the recurrent kernel makes of the state, not the state itself.</summary>
    public required bool ResetAfter { get; init; }

    public override int ColumnsPerUnit => 3;

    public override int BiasRows => ResetAfter ? 2 : 1;

    /// <summary>Values for each unit that are kept beside the gates.</summary>
    public int RecurrentPerUnit => ResetAfter ? 3 : 1;

    public override string RuntimeKind => "Gru";
}

/// <summary>A simple recurrent layer.</summary>
internal sealed record SimpleRnnSpec : RecurrentSpec
{
    public override int ColumnsPerUnit => 1;

    public override string RuntimeKind => "SimpleRnn";
}
