using System.Numerics;

namespace LstmDsl.CompilerServices;

/// <summary>The memory that a host backend works on for one call of a program: blocks on 64 bytes, owned and kept alive by its session.</summary>
/// <typeparam name="TElement">float or double.</typeparam>
internal readonly unsafe struct HostBlocks<TElement> where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The parameter block.</summary>
    public required TElement* Parameters { get; init; }

    /// <summary>Takes the gradients, in the parameter block's layout; null in a prediction.</summary>
    public TElement* Gradients { get; init; }

    /// <summary>The activations of the block of samples at hand; null during an update.</summary>
    public TElement* Activations { get; init; }

    /// <summary>The optimizer's slots, one parameter block after the other; null outside an update.</summary>
    public TElement* Slots { get; init; }

    /// <summary>
    /// The weight matrices as products read them, packed from <see cref="Parameters"/>; the scalar reference does without.
    /// </summary>
    public Kernels.PackedWeights? Packed { get; init; }

    /// <summary>
    /// The sum of the activity regularisers over the block of samples at hand, before it is divided by the batch's samples; null where
    /// nobody asks for it (a prediction).
    /// </summary>
    public double* ActivityPenalty { get; init; }

    /// <summary>What the gradients of those regularisers are multiplied with: one over the batch's samples.</summary>
    public double ActivityScale { get; init; }

    /// <summary>What dropout draws for this block of samples; only in training.</summary>
    public DropoutDraws Dropout { get; init; }

    /// <summary>
    /// Whether batch normalisation takes the moments of the block at hand, the whole batch, rather than their moving averages.
    /// </summary>
    public bool UsesBatchStatistics { get; init; }

    /// <summary>
    /// Whether the loss works from the logits of the model's last activation, so that what the activation sends back is added to theirs.
    /// </summary>
    public bool LossTakesLogits { get; init; }

    /// <summary>Who looks on; null for nobody. A backend that shows what layers make tells it.</summary>
    public Kernels.ILayerWatch? Watch { get; init; }

    /// <summary>Length of the parameter block.</summary>
    public int ParameterFloats { get; init; }

    /// <summary>Which share of the result's tiles the gradient calls add to, from 0.</summary>
    public int Share { get; init; }

    /// <summary>Into how many shares the tiles are dealt; 1 for a caller that wants them all. Bits do not depend on it.</summary>
    public int Shares { get; init; }

    /// <summary>
    /// Threads that the passes of this block may share its samples among, since it is the only one; up to 1 where its caller is one of several.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>One of the blocks that an update reads.</summary>
    public TElement* Of(UpdateBlock block) => block == UpdateBlock.Weights ? Parameters : Gradients;
}

/// <summary>A backend in this process's own memory.</summary>
/// <typeparam name="TSelf">The backend.</typeparam>
/// <typeparam name="TElement">Its element type.</typeparam>
internal interface IHostBackend<TSelf, TElement> : ITrainingBackend
    where TSelf : struct, IHostBackend<TSelf, TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>A backend over these blocks.</summary>
    static abstract TSelf Over(in HostBlocks<TElement> blocks);

    /// <summary>Whether the layers read <see cref="HostBlocks{TElement}.Packed"/>.</summary>
    static abstract bool PacksWeights { get; }

    /// <summary>Packs one of the weight matrices, where the layers read packed ones.</summary>
    static abstract unsafe void Pack(Kernels.PackedWeights packed, TElement* parameters, int index);
}
