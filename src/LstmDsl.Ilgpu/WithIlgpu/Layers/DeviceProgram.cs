using ILGPU;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// The memory of a program on a device, and the products and sums that its layers are made of. Without a queue it runs nothing, and
/// measures how much scratch a program asks for.
/// </summary>
internal sealed class DeviceProgram(DeviceQueue? queue, LaunchPlan plan)
{
    private readonly float[][] hostCopies = [[], [], [], []];
    private readonly List<ProductArguments> gradients = [];
    private long scratchTaken;

    /// <summary>The parameter block.</summary>
    public ArrayView<float> Parameters { get; set; }

    /// <summary>The gradients, in the parameter block's layout.</summary>
    public ArrayView<float> Gradients { get; set; }

    /// <summary>The optimizer's slots, one parameter block after the other.</summary>
    public ArrayView<float> Slots { get; set; }

    /// <summary>The activations of all samples of the batch.</summary>
    public ArrayView<float> Activations { get; set; }

    /// <summary>What a layer needs while it runs.</summary>
    public ArrayView<float> Scratch { get; set; }

    /// <summary>Counters of groups that work on parts of one thing; zeros between launches. See <see cref="Arrival"/>.</summary>
    public ArrayView<int> Counters { get; set; }

    /// <summary>Totals over batches, in double; null in a prediction, and where nothing runs.</summary>
    public DeviceTotals? Totals { get; set; }

    /// <summary>Samples of the whole batch, by which penalties of outputs are divided.</summary>
    public int BatchSamples { get; set; }

    /// <summary>Whether this is a step of training: gradients are asked for, and batch normalisation takes the batch's moments.</summary>
    public bool Trains { get; set; }

    /// <summary>
    /// Whether the loss works from the logits of the model's last activation, so that what the activation sends back is added to theirs.
    /// </summary>
    public bool LossTakesLogits { get; init; }

    /// <summary>What dropout draws in this step.</summary>
    public DropoutDraws Dropout { get; set; }

    /// <summary>Length of the parameter block.</summary>
    public int ParameterFloats { get; set; }

    /// <summary>The scratch that the layers so far asked for, at most.</summary>
    public long ScratchNeed { get; private set; }

    /// <summary>Takes the kernels that are launched, for who compiles or counts them without a device; null for nobody.</summary>
    public ICollection<Type>? Launched { get; init; }

    /// <summary>How kernels are laid out.</summary>
    public LaunchPlan Plan => plan;

    /// <summary>A layer begins: scratch is free again.</summary>
    public void BeginLayer() => scratchTaken = 0;

    /// <summary>A stretch of scratch, for the layer at hand.</summary>
    public ArrayView<float> TakeScratch(long length)
    {
        // Nothing of the end of a view is no view of ILGPU's.
        var view = queue is null || length == 0 ? Scratch : Scratch.SubView(scratchTaken, length);
        // On 64 bytes, like every tensor.
        scratchTaken += (length + 15) / 16 * 16;
        ScratchNeed = Math.Max(ScratchNeed, scratchTaken);
        return view;
    }

    /// <summary>A tensor of the activation block; anything at all for an offset below zero.</summary>
    public ArrayView<float> Activation(int offset, long length) =>
        queue is null || offset < 0 ? Activations : Activations.SubView(offset, length);

    /// <summary>A tensor of the parameter block.</summary>
    public ArrayView<float> Parameter(int offset, long length) =>
        queue is null || offset < 0 ? Parameters : Parameters.SubView(offset, length);

    /// <summary>A tensor's gradient.</summary>
    public ArrayView<float> Gradient(int offset, long length) =>
        queue is null || offset < 0 ? Gradients : Gradients.SubView(offset, length);

    /// <summary>A slot of the optimizer.</summary>
    public ArrayView<float> Slot(int slot) =>
        queue is null ? Parameters : Slots.SubView((long)slot * ParameterFloats, ParameterFloats);

    /// <summary>Part of a view; nothing where only memory is measured.</summary>
    public ArrayView<float> Part(ArrayView<float> view, long offset, long length) => queue is null ? view : view.SubView(offset, length);

    /// <summary>Runs a kernel.</summary>
    public void Launch<TKernel, TArguments>(int groups, int groupSize, TArguments arguments)
        where TKernel : struct, IDeviceKernel<TArguments>
        where TArguments : struct
    {
        Launched?.Add(typeof(TKernel));
        queue?.Launch<TKernel, TArguments>(groups, groupSize, arguments);
    }

    /// <summary>Runs a kernel that deals out elements.</summary>
    public void LaunchElements<TKernel, TArguments>(int elements, TArguments arguments)
        where TKernel : struct, IDeviceKernel<TArguments>
        where TArguments : struct => Launch<TKernel, TArguments>(plan.ElementGroups(elements), plan.ElementGroup, arguments);

    /// <summary>Waits, and brings part of the activations here; valid until the same place is read again.</summary>
    public ReadOnlySpan<float> Read(int place, int offset, int length)
    {
        if (hostCopies[place].Length < length)
            hostCopies[place] = new float[length];
        var copy = hostCopies[place].AsSpan(0, length);
        queue?.Download(Activations.SubView(offset, length), copy);
        return copy;
    }

    /// <summary>Whether a view begins on 16 bytes.</summary>
    public bool IsAligned(ArrayView<float> view) => queue is not null && Quad.IsAligned(view);

    /// <summary>Copies on the device.</summary>
    public void Copy(ArrayView<float> source, ArrayView<float> destination) => queue?.Copy(source, destination);

    /// <summary>result = epilogue(start + left · right); see <see cref="ProductArguments"/>.</summary>
    public void Multiply<TEpilogue>(ProductArguments arguments) where TEpilogue : struct, IEpilogue
    {
        var operands = arguments.Operands;
        var tile = plan.Tile(operands.Rows, operands.Columns);
        Prepare(ref arguments, tile);
        var groups = plan.Groups(tile.Count(operands.Rows, operands.Columns) * arguments.Slices);
        tile.Visit(plan, new ProductLaunch<TEpilogue>(this, groups, arguments));
    }

    /// <summary>
    /// result (inputs, columns) += leftᵀ · right, left (rows, inputs), right (rows, columns): the gradient of a kernel, and with it that of a
    /// bias. It waits, with others, for <see cref="LaunchGradients"/>, so that its operands must not change before.
    /// </summary>
    /// <param name="product">Result, left and right, with their strides; those that are 0 are those of dense matrices.</param>
    public void AddGradient(in GradientProduct product)
    {
        var stride = Math.Max(product.Stride, product.Columns);
        gradients.Add(new ProductArguments
        {
            Operands = new ProductOperands
            {
                Left = product.Inputs > 0 ? product.Left : product.Right,
                LeftRowStride = 1,
                LeftDepthStride = product.Inputs,
                Right = product.Right,
                RightDepthStride = stride,
                RightColumnStride = 1,
                Rows = product.Inputs,
                Columns = product.Columns,
                Depth = product.Rows,
                HasOnes = product.HasBias ? 1 : 0,
            },
            Result = product.Inputs > 0 ? product.Result : product.BiasResult,
            ResultRowStride = stride,
            Start = product.Inputs > 0 ? product.Result : product.BiasResult,
            StartRowStride = stride,
            HasStart = 1,
            OnesResult = product.HasBias ? product.BiasResult : product.Result,
        });
        if (gradients.Count == GradientArguments.Products)
            LaunchGradients();
    }

    /// <summary>result (columns) += the sum of all rows of right, a bias's gradient; it waits like <see cref="AddGradient"/>.</summary>
    public void AddBiasGradient(ArrayView<float> result, ArrayView<float> right, int columns, int rows) => AddGradient(new GradientProduct
    {
        Result = result,
        Left = right,
        Inputs = 0,
        Right = right,
        Columns = columns,
        Rows = rows,
        HasBias = true,
        BiasResult = result,
    });

    /// <summary>Runs the gradients that wait, in one launch.</summary>
    public void LaunchGradients()
    {
        if (gradients.Count == 0)
            return;
        var tile = gradients.Select(product => plan.Tile(product.Rows, product.Operands.Columns)).MaxBy(tile => tile.Rows);
        var (end, counter) = (0, 0);
        Span<int> firsts = stackalloc int[GradientArguments.Products];
        for (var index = 0; index < gradients.Count; index++)
        {
            var product = gradients[index];
            var tiles = tile.Count(product.Rows, product.Operands.Columns);
            firsts[index] = end;
            Prepare(ref product, tile, counter);
            gradients[index] = product;
            end += tiles * product.Slices;
            counter += product.Slices > 1 ? tiles : 0;
        }

        firsts[gradients.Count..].Fill(end);
        var last = gradients.Count - 1;
        var arguments = new GradientArguments
        {
            Product0 = gradients[0],
            Product1 = gradients[Math.Min(1, last)],
            Product2 = gradients[Math.Min(2, last)],
            Product3 = gradients[Math.Min(3, last)],
            Product4 = gradients[Math.Min(4, last)],
            Product5 = gradients[Math.Min(5, last)],
            First1 = firsts[1],
            First2 = firsts[2],
            First3 = firsts[3],
            First4 = firsts[4],
            First5 = firsts[5],
            End = end,
        };
        gradients.Clear();
        var groups = plan.Groups(end);
        tile.Visit(plan, new GradientLaunch(this, groups, arguments));
    }

    // Says what follows from sizes. What is not used must be a view all the same: a device is given a pointer.
    private void Prepare(ref ProductArguments product, TileSize tile, int counter = 0)
    {
        var (rows, columns) = (product.Rows, product.Operands.Columns);
        if (product.ResultRowStride == 0)
            product.ResultRowStride = columns;
        if (product.HasStart == 0)
            product.Start = product.Result;
        if (product.Operands.HasOnes == 0)
            product.OnesResult = product.Result;
        (product.Slices, product.SliceDepth) = plan.Slices(tile.Count(rows, columns), product.Operands.Depth);
        product.FirstCounter = counter;
        product.Counters = Counters;
        // The same for fewer samples of a batch, of which there is less but which are cut more often.
        var partials = TakeScratch(plan.PartialFloats((long)rows * columns, product.Operands.Depth));
        product.Partials = product.Slices > 1 ? partials : product.Result;
        if (queue is null)
            return;
        product.Operands.Align();
        var isAligned = Quad.IsAligned(product.Result) && Quad.IsAligned(product.Start);
        product.IsAligned = isAligned && product.ResultRowStride % 4 == 0 && product.StartRowStride % 4 == 0 ? 1 : 0;
    }

    private readonly struct ProductLaunch<TEpilogue>(DeviceProgram program, int groups, ProductArguments arguments) : ITileVisitor
        where TEpilogue : struct, IEpilogue
    {
        public void Visit<TTile>() where TTile : struct, ITile =>
            program.Launch<ProductKernel<TTile, TEpilogue>, ProductArguments>(groups, TileProduct<TTile>.GroupSize, arguments);
    }

    private readonly struct GradientLaunch(DeviceProgram program, int groups, GradientArguments arguments) : ITileVisitor
    {
        public void Visit<TTile>() where TTile : struct, ITile =>
            program.Launch<GradientKernel<TTile>, GradientArguments>(groups, TileProduct<TTile>.GroupSize, arguments);
    }
}

/// <summary>
/// The operands of a kernel's gradient, result (inputs, columns) += leftᵀ · right over some rows, and of a bias's, the sum of right's rows.
/// </summary>
internal readonly record struct GradientProduct
{
    /// <summary>The gradient.</summary>
    public required ArrayView<float> Result { get; init; }

    /// <summary>(rows, inputs).</summary>
    public required ArrayView<float> Left { get; init; }

    /// <summary>Columns of left; 0 for a bias alone.</summary>
    public required int Inputs { get; init; }

    /// <summary>(rows, columns).</summary>
    public required ArrayView<float> Right { get; init; }

    /// <summary>Columns of right.</summary>
    public required int Columns { get; init; }

    /// <summary>Rows of both.</summary>
    public required int Rows { get; init; }

    /// <summary>From one row of right, and of the result, to the next, where they are parts of wider matrices; 0 where not.</summary>
    public int Stride { get; init; }

    /// <summary>Whether there is a bias.</summary>
    public bool HasBias { get; init; }

    /// <summary>The gradient of the bias, where there is one.</summary>
    public ArrayView<float> BiasResult { get; init; }
}
