using ILGPU;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// The memory of a program on a device, and the products and sums that its layers are made of. Without a queue it runs nothing, and
/// measures how much scratch a program asks for.
/// </summary>
internal sealed class DeviceProgram(DeviceQueue? queue, LaunchPlan plan)
{
    /// <summary>A product's depth is cut into slices of at least this much; shorter ones are not worth a pass over the result.</summary>
    private const int SmallestSlice = 256;

    /// <summary>As many groups as fill any device; a product that has as many tiles is not cut.</summary>
    private const int ManyGroups = 256;

    private readonly float[][] hostCopies = [[], [], [], []];
    private long scratchTaken;

    /// <summary>The parameter block.</summary>
    public ArrayView<float> Parameters { get; set; }

    /// <summary>The gradients, in the parameter block's layout.</summary>
    public ArrayView<float> Gradients { get; set; }

    /// <summary>The optimizer's slots, one parameter block after the other.</summary>
    public ArrayView<float> Slots { get; set; }

    /// <summary>The activations of all samples of the batch.</summary>
    public ArrayView<float> Activations { get; set; }

    /// <summary>What a layer needs while it runs; behind it a single 1, whose products are sums of columns.</summary>
    public ArrayView<float> Scratch { get; set; }

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

    /// <summary>The scratch that the layers so far asked for, at most; without the 1 behind it.</summary>
    public long ScratchNeed { get; private set; }

    /// <summary>Takes the kernels that are launched, for who compiles them without a device; null for nobody.</summary>
    public ISet<Type>? Launched { get; init; }

    /// <summary>How kernels are laid out.</summary>
    public LaunchPlan Plan => plan;

    /// <summary>A layer begins: scratch is free again.</summary>
    public void BeginLayer() => scratchTaken = 0;

    /// <summary>A stretch of scratch, for the layer at hand.</summary>
    public ArrayView<float> TakeScratch(long length)
    {
        var view = queue is null ? default : Scratch.SubView(scratchTaken, length);
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

    /// <summary>Copies on the device.</summary>
    public void Copy(ArrayView<float> source, ArrayView<float> destination) => queue?.Copy(source, destination);

    /// <summary>result = epilogue(start + left · right); see <see cref="ProductArguments"/>.</summary>
    public void Multiply<TEpilogue>(ProductArguments arguments) where TEpilogue : struct, IEpilogue
    {
        var operands = arguments.Operands;
        var tile = plan.Tile(operands.Rows, operands.Columns);
        arguments.Slices = Math.Max(1, arguments.Slices);
        arguments.SliceDepth = arguments.Slices == 1 ? operands.Depth : arguments.SliceDepth;
        if (arguments.ResultRowStride == 0)
            arguments.ResultRowStride = operands.Columns;
        // What is not used must be a view all the same: a device is given a pointer.
        if (arguments.HasStart == 0)
            arguments.Start = arguments.Result;
        if (arguments.Slices == 1)
            arguments.Partials = arguments.Result;
        var groups = plan.Groups(LaunchPlan.Tiles(operands.Rows, operands.Columns, tile) * arguments.Slices);
        switch (tile)
        {
            case 16:
                Launch<ProductKernel<Tile16, TEpilogue>, ProductArguments>(groups, 256, arguments);
                break;
            case 8:
                Launch<ProductKernel<Tile8, TEpilogue>, ProductArguments>(groups, 64, arguments);
                break;
            case 2:
                Launch<ProductKernel<Tile2, TEpilogue>, ProductArguments>(groups, 4, arguments);
                break;
            default:
                Launch<ProductKernel<Tile1, TEpilogue>, ProductArguments>(groups, 1, arguments);
                break;
        }
    }

    /// <summary>result (inputs, columns) += leftᵀ · right, left (rows, inputs), right (rows, columns): the gradient of a kernel.</summary>
    /// <param name="product">Result, left and right, with their strides; those that are 0 are those of dense matrices.</param>
    public void AddKernelGradient(in GradientProduct product) => AddOuterProduct(product, leftDepthStride: product.Inputs);

    /// <summary>result (columns) += the sum of all rows of right: the gradient of a bias.</summary>
    public void AddBiasGradient(ArrayView<float> result, ArrayView<float> right, int columns, int rows)
    {
        var one = queue is null ? default : Scratch.SubView(Scratch.Length - 1, 1);
        var product = new GradientProduct { Result = result, Left = one, Inputs = 1, Right = right, Columns = columns, Rows = rows };
        AddOuterProduct(product, leftDepthStride: 0);
    }

    private void AddOuterProduct(in GradientProduct product, int leftDepthStride)
    {
        var (inputs, columns, rows) = (product.Inputs, product.Columns, product.Rows);
        var stride = Math.Max(product.Stride, columns);
        var tiles = LaunchPlan.Tiles(inputs, columns, plan.Tile(inputs, columns));
        var slices = Math.Clamp(ManyGroups / tiles, 1, Math.Max(1, rows / SmallestSlice));
        var arguments = new ProductArguments
        {
            Operands = new ProductOperands
            {
                Left = product.Left,
                LeftRowStride = 1,
                LeftDepthStride = leftDepthStride,
                Right = product.Right,
                RightDepthStride = stride,
                RightColumnStride = 1,
                Rows = inputs,
                Columns = columns,
                Depth = rows,
            },
            Result = product.Result,
            ResultRowStride = stride,
            Slices = slices,
            SliceDepth = (rows + slices - 1) / slices,
            Start = product.Result,
            StartRowStride = stride,
            HasStart = 1,
        };
        if (slices > 1)
            arguments.Partials = TakeScratch((long)slices * inputs * columns);
        Multiply<NoEpilogue>(arguments);
        if (slices == 1)
            return;
        LaunchElements<SliceSumKernel, SliceSumArguments>(inputs * columns, new SliceSumArguments
        {
            Result = product.Result,
            Partials = arguments.Partials,
            Rows = inputs,
            Columns = columns,
            ResultRowStride = stride,
            Slices = slices,
        });
    }
}

/// <summary>The operands of a kernel's gradient, result (inputs, columns) += leftᵀ · right over some rows.</summary>
internal readonly record struct GradientProduct
{
    /// <summary>The gradient.</summary>
    public required ArrayView<float> Result { get; init; }

    /// <summary>(rows, inputs).</summary>
    public required ArrayView<float> Left { get; init; }

    /// <summary>Columns of left.</summary>
    public required int Inputs { get; init; }

    /// <summary>(rows, columns).</summary>
    public required ArrayView<float> Right { get; init; }

    /// <summary>Columns of right.</summary>
    public required int Columns { get; init; }

    /// <summary>Rows of both.</summary>
    public required int Rows { get; init; }

    /// <summary>From one row of right, and of the result, to the next, where they are parts of wider matrices; 0 where not.</summary>
    public int Stride { get; init; }
}
