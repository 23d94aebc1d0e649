namespace LstmDsl.Generators;

/// <summary>A recurrent layer.</summary>
internal sealed record RecurrentSpec : UnitsSpec
{
    /// <summary>What sets it apart from other recurrent layers.</summary>
    public required RecurrentKind Kind { get; init; }

    /// <summary>Activation of the gates; the activation of the output where it has none.</summary>
    public required Activation RecurrentActivation { get; init; }

    /// <summary>Whether every timestep's output is given.</summary>
    public required bool ReturnSequences { get; init; }

    /// <summary>Whether the input is read from its last timestep to its first.</summary>
    public required bool GoBackwards { get; init; }

    /// <summary>Whether a batch starts in the states that the batch before it left.</summary>
    public bool Stateful { get; init; }

    /// <summary>The name of the layer whose last states it begins with; null for zeros, or for what the batch before has left.</summary>
    public string? InitialState { get; init; }

    /// <summary>How many kernels before it that layer's stands; 0 for none.</summary>
    public int InitialFrom { get; init; }

    /// <summary>Whether it has states before its first timestep.</summary>
    public bool Continues => Stateful || InitialFrom > 0;

    /// <summary>Whether it is one direction of a bidirectional layer.</summary>
    public bool IsHalf { get; init; }

    /// <summary>The recurrent kernel.</summary>
    public required WeightSpec RecurrentKernel { get; init; }

    /// <summary>Columns of the kernels for each unit.</summary>
    public int ColumnsPerUnit => Kind.Gates.Length;

    /// <summary>
    /// The part of the input that training sets to zero, where <see cref="RecurrentDropout"/> is not 0; else dropout before it does.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>The part of the state that training sets to zero before the recurrent kernel.</summary>
    public double RecurrentDropout { get; init; }

    public override bool Streams => !GoBackwards && InitialState is null;

    public override bool CanAddInputGradient => true;

    public override string RuntimeKind => "Recurrent";

    public override string ShapeKind => Kind.HasGates ? "Gated" : "Recurrent";

    public override string KernelArgument(string services) => $"{services}{Kind.Cell}<{Name}Shape>";

    public override bool NeedsSequence => true;

    public override bool CarriesMask => ReturnSequences;

    public override bool UsesMask => true;

    public override int OutputTimesteps(int timesteps) => ReturnSequences ? timesteps : 0;

    public override IEnumerable<TensorSpec> Tensors(int inputs)
    {
        var columns = (long)ColumnsPerUnit * Units;
        yield return new TensorSpec("Kernel", inputs, columns, Kernel);
        if (Kind.HasRecurrentKernel)
            yield return new TensorSpec("RecurrentKernel", Units, columns, RecurrentKernel);
        if (UseBias)
            yield return new TensorSpec("Bias", Kind.BiasRows, columns, Bias);
    }
}
