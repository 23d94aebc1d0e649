namespace LstmDsl.Generators;

/// <summary>One declared layer, all defaults filled in.</summary>
internal abstract record LayerSpec
{
    /// <summary>Name in code: <c>Lstm</c>, <c>Lstm1</c>, or the declared one.</summary>
    public required string Name { get; init; }

    /// <summary>Name in files and summaries: <c>lstm</c>, <c>lstm_1</c>, or the declared one in snake case.</summary>
    public required string FileName { get; init; }

    /// <summary>Index of its attribute.</summary>
    public required int Attribute { get; init; }

    /// <summary>Width of the output.</summary>
    public required int Units { get; init; }

    /// <summary>Activation of the output.</summary>
    public required Activation Activation { get; init; }

    /// <summary>Whether there is a bias.</summary>
    public required bool UseBias { get; init; }

    /// <summary>The kernel.</summary>
    public required WeightSpec Kernel { get; init; }

    /// <summary>The bias.</summary>
    public required WeightSpec Bias { get; init; }

    /// <summary>What the size of its outputs costs.</summary>
    public RegularizerSpec Activity { get; init; } = RegularizerSpec.None;

    /// <summary>Keras's class name.</summary>
    public abstract string KerasKind { get; }

    /// <summary>Whether its output at a timestep follows from that timestep and what it keeps of those before.</summary>
    public virtual bool Streams => false;

    /// <summary>What the runtime calls the layer: <c>Lstm</c> in <c>ILstmShape</c>, <c>LstmOffsets</c>, <c>LstmForward</c>.</summary>
    public abstract string RuntimeKind { get; }
}

/// <summary>A declared recurrent layer.</summary>
internal abstract record RecurrentSpec : LayerSpec
{
    /// <summary>Whether every timestep's output is given.</summary>
    public required bool ReturnSequences { get; init; }

    /// <summary>Whether the input is read from its last timestep to its first.</summary>
    public required bool GoBackwards { get; init; }

    /// <summary>The recurrent kernel.</summary>
    public required WeightSpec RecurrentKernel { get; init; }

    /// <summary>Columns of the kernels for each unit.</summary>
    public abstract int ColumnsPerUnit { get; }

    public override bool Streams => !GoBackwards;
}

/// <summary>A declared LSTM layer.</summary>
internal sealed record LstmSpec : RecurrentSpec
{
    /// <summary>Activation of the gates.</summary>
    public required Activation RecurrentActivation { get; init; }

    public override int ColumnsPerUnit => 4;

    public override string KerasKind => "LSTM";

    public override string RuntimeKind => "Lstm";
}

/// <summary>A declared simple recurrent layer.</summary>
internal sealed record SimpleRnnSpec : RecurrentSpec
{
    public override int ColumnsPerUnit => 1;

    public override string KerasKind => "SimpleRNN";

    public override string RuntimeKind => "SimpleRnn";
}

/// <summary>A declared dense layer.</summary>
internal sealed record DenseSpec : LayerSpec
{
    public override bool Streams => true;

    public override string KerasKind => "Dense";

    public override string RuntimeKind => "Dense";
}

/// <summary>
/// A declared model. Where <see cref="Faults"/> has entries, what is wrong has been replaced by the nearest thing that can be planned.
/// </summary>
internal sealed record ModelSpec(
    TypeSpec Type, int Timesteps, int Features, EquatableArray<LayerSpec> Layers, EquatableArray<Fault> Faults);
