namespace LstmDsl.Generators;

/// <summary>One row of the tensor table.</summary>
/// <param name="CodeName">Name of its offset in the generated code: <c>LstmKernel</c>.</param>
/// <param name="FileName">Name in files: <c>lstm.kernel</c>.</param>
/// <param name="Role">Name of the runtime's <c>TensorRole</c>.</param>
/// <param name="Offset">Where it starts in the parameter block, in floats.</param>
/// <param name="Rows">Rows; 1 for a bias.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Weight">How it starts and what its size costs.</param>
internal sealed record PlannedTensor(
    string CodeName, string FileName, string Role, int Offset, int Rows, int Columns, WeightSpec Weight)
{
    /// <summary>Timesteps of the window that a convolution's kernel covers; 0 for others.</summary>
    public int Window { get; init; }

    /// <summary>How many heads its columns, or its rows, belong to; 0 for others.</summary>
    public int Heads { get; init; }

    /// <summary>Whether its rows are those of heads.</summary>
    public bool SplitsRows { get; init; }

    /// <summary>How much of a moving average stays at each step; null for a weight that is none.</summary>
    public double? Momentum { get; init; }

    /// <summary>Whether training leaves it as it is.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Whether it is one number without an axis.</summary>
    public bool IsScalar { get; init; }

    /// <summary>Whether its layer is not to be trained.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Whether optimizers change it.</summary>
    public bool IsTrained => Momentum is null && !IsConstant && !IsFrozen;

    /// <summary>Its place in the table.</summary>
    public int Index { get; init; }

    /// <summary>The number that its first values are drawn by: its place in the table that there would be if all were trained.</summary>
    public int Draws { get; init; }

    /// <summary>Whether it is a vector.</summary>
    public bool IsVector => Rows == 1 && !IsScalar && Role is not ("Kernel" or "RecurrentKernel" or "Embeddings");

    /// <summary>Its shape in files.</summary>
    public int[] Shape => Heads > 0 ? ShapeOfHeads : IsScalar ? [] : IsVector ? [Columns] : Window > 0 ? [Window, Rows / Window, Columns] : [Rows, Columns];

    /// <summary>Number of values.</summary>
    public long Length => (long)Rows * Columns;

    private int[] ShapeOfHeads => SplitsRows ? [Heads, Rows / Heads, Columns]
        : IsVector ? [Heads, Columns / Heads]
        : [Rows, Heads, Columns / Heads];
}

/// <summary>Activation offsets of one layer, per sample; a negative one means that there is no such tensor.</summary>
internal sealed record LayerOffsets
{
    /// <summary>Of a tensor that there is none of. Offsets are asked whether they are negative.</summary>
    public const int None = -1;

    /// <summary>Where the layer before it, or the model's input, lies.</summary>
    public required int Input { get; init; }

    /// <summary>Hidden states of a recurrent layer, output of a dense one.</summary>
    public required int Output { get; init; }

    /// <summary>Pre-activations of a recurrent layer: its gates.</summary>
    public int PreActivations { get; init; } = None;

    /// <summary>The second state of a recurrent layer that carries one.</summary>
    public int Carried { get; init; } = None;

    /// <summary>What a recurrent layer keeps beside its pre-activations, of some only in training; the weights of an attention layer.</summary>
    public int Kept { get; init; } = None;

    /// <summary>Which timesteps of the input count; −1 where all do.</summary>
    public int Mask { get; init; } = None;

    /// <summary>Takes which timesteps of the output count.</summary>
    public int MadeMask { get; init; } = None;

    /// <summary>Dropout's masks of a recurrent layer; only in training.</summary>
    public int DropoutMasks { get; init; } = None;

    /// <summary>Which timesteps of the second input count.</summary>
    public int SecondMask { get; init; } = None;

    /// <summary>Which timesteps of the third input count.</summary>
    public int ThirdMask { get; init; } = None;

    /// <summary>The second input of a layer that puts two together.</summary>
    public int Second { get; init; } = None;

    /// <summary>Gradient of the second input; only in training.</summary>
    public int SecondGradient { get; init; } = None;

    /// <summary>The third input of a layer that reads three.</summary>
    public int Third { get; init; } = None;

    /// <summary>Gradient of the third input; only in training.</summary>
    public int ThirdGradient { get; init; } = None;

    /// <summary>Gradient of the output; only in training, and only where somebody reads the output.</summary>
    public int OutputGradient { get; init; } = None;

    /// <summary>Gradient of the input; only in training.</summary>
    public int InputGradient { get; init; } = None;

    /// <summary>What the gradient of the input is added to, where it lies apart from that of other readers; only in training.</summary>
    public int SummedGradient { get; init; } = None;

    /// <summary>The hidden states of another layer that a recurrent one begins with.</summary>
    public int InitialHidden { get; init; } = None;

    /// <summary>The second states of another layer that a recurrent one begins with.</summary>
    public int InitialCarried { get; init; } = None;

    /// <summary>What a recurrent layer's last states receive from layers that begin with them; only in training.</summary>
    public int ReceivedGradients { get; init; } = None;

    /// <summary>Scratch of a recurrent layer's backward pass; the gradients of an attention layer's scores; only in training.</summary>
    public int StateGradients { get; init; } = None;
}

/// <summary>One kernel with its shapes, its tensors and its offsets.</summary>
/// <param name="Spec">What was declared.</param>
/// <param name="Source">Index of the kernel whose output it reads; −1 where that is the model's input.</param>
/// <param name="Timesteps">Timesteps of its input; 0 where the input has no time axis.</param>
/// <param name="Inputs">Width of its input.</param>
/// <param name="OutputTimesteps">Timesteps of its output; 0 where the output has no time axis.</param>
/// <param name="Units">Width of its output.</param>
/// <param name="FirstTensor">Index of its kernel in the tensor table; the others follow.</param>
/// <param name="Tensors">Its rows of the tensor table.</param>
/// <param name="Training">Its offsets in a training step.</param>
/// <param name="Inference">Its offsets in a prediction.</param>
/// <param name="Streaming">Its offsets in a stream.</param>
internal sealed record PlannedLayer(
    LayerSpec Spec, int Source, int Timesteps, int Inputs, int OutputTimesteps, int Units, int FirstTensor,
    EquatableArray<PlannedTensor> Tensors, LayerOffsets Training, LayerOffsets Inference, LayerOffsets Streaming)
{
    /// <summary>Shape of the second output that it reads.</summary>
    public Extent SecondShape { get; init; } = Extent.None;

    /// <summary>Shape of the third.</summary>
    public Extent ThirdShape { get; init; } = Extent.None;

    /// <summary>Whether it says which timesteps of its output count.</summary>
    public bool MakesMask { get; init; }

    /// <summary>Whether a gradient can pass through it.</summary>
    public bool HasBackward { get; init; } = true;

    /// <summary>When its backward pass runs.</summary>
    public Asked Backward { get; init; }

    /// <summary>When the gradient of its input is asked for.</summary>
    public Asked InputGradient { get; init; }

    /// <summary>When the gradient of the second output that it reads is asked for.</summary>
    public Asked SecondGradient { get; init; }

    /// <summary>Whether a kernel after it reads the same output, so that its gradient is there already.</summary>
    public bool AddsInputGradient { get; init; }

    /// <summary>The same of the second output that it reads.</summary>
    public bool AddsSecondGradient { get; init; }

    /// <summary>When the gradient of the third is asked for.</summary>
    public Asked ThirdGradient { get; init; }

    /// <summary>Whether its gradient is there already.</summary>
    public bool AddsThirdGradient { get; init; }

    /// <summary>When the gradient of the states that it begins with is asked for.</summary>
    public Asked InitialGradient { get; init; }

    /// <summary>Places in the program of the kernels that begin with the states that it ends in.</summary>
    public EquatableArray<int> BegunBy { get; init; }

    /// <summary>Number of weights.</summary>
    public long ParameterCount
    {
        get
        {
            var count = 0L;
            foreach (var tensor in Tensors)
                count += tensor.Length;
            return count;
        }
    }

    /// <summary>How many of them are not trained.</summary>
    public long NonTrainableCount
    {
        get
        {
            var count = 0L;
            foreach (var tensor in Tensors)
                count += tensor.IsTrained ? 0 : tensor.Length;
            return count;
        }
    }

    /// <summary>
    /// Whether what it gives is the last timestep of all that it keeps in a prediction: a mask carries states over timesteps.
    /// </summary>
    private bool KeepsAllStates => Inference.Mask >= 0 && Spec is RecurrentSpec { ReturnSequences: false };

    /// <summary>Where in a prediction what it gives starts.</summary>
    public int InferenceOutput => Inference.Output + (KeepsAllStates ? (Timesteps - 1) * Units : 0);

    /// <summary>Distance of two timesteps of a recurrent layer's states in a prediction; 0 where one place serves all.</summary>
    public int InferenceStride => (Inference.Mask >= 0 ? Timesteps : OutputTimesteps) > 0 ? Units : 0;

    /// <summary>The same of the second state.</summary>
    public int InferenceCarriedStride => Inference.Mask >= 0 ? Units : 0;

    /// <summary>Whether the gradient of its input is a question, since no weight before it is trained.</summary>
    public bool AsksForInputGradient => InputGradient == Asked.WithInputGradient && HasBackward;

    /// <summary>Where in a training step what it gives starts: of states that it keeps all of and gives the last, the last.</summary>
    public int TrainingOutput => Training.Output + (Spec is RecurrentSpec { ReturnSequences: false } ? (Timesteps - 1) * Units : 0);

    /// <summary>Whether its input is the model's own.</summary>
    public bool ReadsModelInput => Source < 0;

    /// <summary>Shape of one sample's output.</summary>
    public int[] OutputShape => OutputTimesteps > 0 ? [OutputTimesteps, Units] : [Units];
}

/// <summary>Where the program's runner finds what it fills and reads; see the runtime's <c>ActivationPlan</c>.</summary>
internal sealed record PlannedActivations(int Floats, int Input, int Output, int OutputGradient, int InputGradient)
{
    /// <summary>Which timesteps of the output count; none where all do.</summary>
    public int Mask { get; init; } = LayerOffsets.None;
}

/// <summary>A model with all shapes inferred and all memory laid out.</summary>
internal sealed record PlannedModel
{
    public required TypeSpec Type { get; init; }

    public required int Timesteps { get; init; }

    public required int Features { get; init; }

    /// <summary>The inputs.</summary>
    public required EquatableArray<InputSlot> Inputs { get; init; }

    /// <summary>Samples of every batch; 0 for any number.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Timesteps of the output; 0 where it has no time axis.</summary>
    public required int OutputTimesteps { get; init; }

    /// <summary>Width of the output.</summary>
    public required int Outputs { get; init; }

    /// <summary>The kernels, in the order of the program.</summary>
    public required EquatableArray<PlannedLayer> Layers { get; init; }

    /// <summary>The layers as they were declared.</summary>
    public required EquatableArray<DeclaredLayer> Declared { get; init; }

    /// <summary>The rows of the tensor table, in the order of the block.</summary>
    public IEnumerable<PlannedTensor> Tensors => Layers.SelectMany(layer => layer.Tensors).OrderBy(tensor => tensor.Offset);

    /// <summary>Number of weights.</summary>
    public required int ParameterCount { get; init; }

    /// <summary>Size of the parameter block, padding included.</summary>
    public required int ParameterFloats { get; init; }

    /// <summary>How much of it is trained; what is not lies behind.</summary>
    public required int TrainableFloats { get; init; }

    public required PlannedActivations Training { get; init; }

    public required PlannedActivations Inference { get; init; }

    public required PlannedActivations Streaming { get; init; }

    /// <summary>What is wrong with the declaration; with any error the public surface is emitted with bodies that throw.</summary>
    public required EquatableArray<Fault> Faults { get; init; }

    /// <summary>What it forecasts, where it is declared by that.</summary>
    public ForecastSpec? Forecast { get; init; }

    /// <summary>Whether the output has a time axis.</summary>
    public bool ReturnsSequences => OutputTimesteps > 0;

    /// <summary>The kernel of the sigmoid or softmax that ends it, if one does and a kernel before it gives what that takes.</summary>
    public PlannedLayer? Head => Layers.Count > 0 && Layers[Layers.Count - 1] is
    { ReadsModelInput: false, Spec: ActivationSpec { Activation: Activation.Sigmoid or Activation.Softmax } } last ? last : null;

    /// <summary>Whether one output is one number.</summary>
    public bool GivesOneNumber => !ReturnsSequences && Outputs == 1;

    /// <summary>
    /// Whether its outputs can be fed back as the next timestep's features; of a sequence the last one is, which must belong to the input's
    /// last timestep: layers that go backwards each turn the time axis round, and others change its steps. Numbers that stand for vectors
    /// cannot be fed back, and windows that overlap would take stateful layers over the same timesteps again and again. A model that is
    /// declared by what it forecasts gives the whole horizon at once.
    /// </summary>
    public bool Forecasts => Forecast is null && Outputs == Features && !HasSeveralInputs
        && !(ReturnsSequences && (RunsBackwards || ChangesTime)) && !IsStateful && Layers.All(layer => layer.Spec.HasBackward);

    /// <summary>Whether it takes several inputs.</summary>
    public bool HasSeveralInputs => Inputs.Count > 1;

    /// <summary>Whether each layer reads the one before it, and nothing else.</summary>
    public bool IsSequential => Layers.All(layer => layer.Spec is not (CombineSpec or InputSpec or AttentionSpec)) && Declared.All(layer => layer.ReadsLayerBefore);

    /// <summary>Whether a layer goes on from batch to batch.</summary>
    public bool IsStateful => Layers.Any(layer => layer.Spec is RecurrentSpec { Stateful: true });

    /// <summary>Whether timesteps can be given one by one, as they come.</summary>
    public bool Streams => Layers.All(layer => layer.Spec.Streams) && Inputs.All(input => input.Timesteps == Inputs[0].Timesteps);

    /// <summary>Whether the time axis that the last layer gives runs from the input's last timestep to its first.</summary>
    private bool RunsBackwards => Turns > 0 && (!IsSequential || Turns % 2 == 1);

    private int Turns => Layers.Count(layer => layer.Spec is RecurrentSpec { GoBackwards: true, IsHalf: false });

    /// <summary>Whether a layer gives other timesteps than it takes.</summary>
    private bool ChangesTime =>
        Layers.Any(layer => layer.Spec is UnfoldSpec or PoolingSpec or RearrangeSpec or CombineSpec { AppendsTimesteps: true });

    /// <summary>Whether something is wrong with the declaration, and not only worth a warning.</summary>
    public bool IsFaulty => Faults.Any(fault => fault.IsError);

    /// <summary>A kernel's place in the program.</summary>
    public int IndexOf(PlannedLayer layer)
    {
        var index = 0;
        while (index < Layers.Count && !ReferenceEquals(Layers[index], layer))
            index++;
        return index;
    }

    /// <summary>The kernels of a declared layer.</summary>
    public IReadOnlyList<PlannedLayer> KernelsOf(DeclaredLayer declared) => Layers.Slice(declared.FirstKernel, declared.KernelCount);
}
