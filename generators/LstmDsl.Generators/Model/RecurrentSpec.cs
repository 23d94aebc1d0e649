namespace LstmDsl.Generators;

/// <summary>A recurrent layer.</summary>
internal abstract record RecurrentSpec : UnitsSpec
{
    /// <summary>Whether every timestep's output is given.</summary>
    public required bool ReturnSequences { get; init; }

    /// <summary>Whether the input is read from its last timestep to its first.</summary>
    public required bool GoBackwards { get; init; }

    /// <summary>The recurrent kernel.</summary>
    public required WeightSpec RecurrentKernel { get; init; }

    /// <summary>Columns of the kernels for each unit.</summary>
    public abstract int ColumnsPerUnit { get; }

    public override int OutputTimesteps(int timesteps) => ReturnSequences ? timesteps : 0;

    public override IEnumerable<TensorSpec> Tensors(int inputs)
    {
        var columns = (long)ColumnsPerUnit * Units;
        yield return new TensorSpec("Kernel", inputs, columns, Kernel);
        yield return new TensorSpec("RecurrentKernel", Units, columns, RecurrentKernel);
        if (UseBias)
            yield return new TensorSpec("Bias", 1, columns, Bias);
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

/// <summary>A simple recurrent layer.</summary>
internal sealed record SimpleRnnSpec : RecurrentSpec
{
    public override int ColumnsPerUnit => 1;

    public override string RuntimeKind => "SimpleRnn";
}
