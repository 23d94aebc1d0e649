using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>Products of awkward and of even sizes against sums in double, in the tiles of GPUs too, in groups of their threads.</summary>
public sealed class ProductTests
{
    // Two groups at once, whichever is the last to have a slice; what has fewer than eight tiles and a depth of 32 is cut.
    private static readonly LaunchPlan InTilesOfGpus = new(
        MaximumGroups: 2,
        ElementGroup: 64,
        MaximumSequenceGroup: 64,
        LargeTile: 128,
        SmallTile: 32,
        LargestSequence: 128,
        ManyGroups: 8,
        SmallestSlice: 16);

    private static readonly Lazy<DeviceQueue> OnTilesOfGpus = new(() => DeviceConnection.ToCpuAccelerator(InTilesOfGpus).Open());

    /// <summary>Rows, columns, depth: nothing but edges, a number beyond a tile, whole tiles, and those of 128 × 64 and 64 × 64.</summary>
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 },
        { 5, 7, 3 },
        { 33, 34, 17 },
        { 32, 32, 32 },
        { 64, 68, 48 },
        { 65, 66, 37 },
        { 7, 3, 131 },
        { 257, 65, 20 },
        { 256, 128, 36 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void In_tiles_of_gpus_all_products_are_those_of_a_scalar_loop(int rows, int columns, int depth) =>
        AllAgree(OnTilesOfGpus.Value, rows, columns, depth);

    /// <summary>Fragments of all three tiles, with edges; the second one's depth is cut.</summary>
    [Theory]
    [InlineData(MatrixPrecision.TensorFloat32, 129, 65, 11)]
    [InlineData(MatrixPrecision.TensorFloat32, 33, 34, 35)]
    [InlineData(MatrixPrecision.BFloat16, 7, 32, 19)]
    public void In_fragments_of_tensor_cores_a_product_is_that_of_rounded_numbers(MatrixPrecision precision, int rows, int columns, int depth)
    {
        var queue = DeviceConnection.ToCpuAccelerator(InTilesOfGpus with { Precision = precision, HasTensorCores = true }).Open();
        using var entered = queue.Enter();
        var product = new Product(queue, rows, columns, depth, leftTransposed: false, rightTransposed: true);
        product.Run();
        product.AssertClose(RoundingOfSums);
    }

    [Theory]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void On_a_device_all_products_are_those_of_a_scalar_loop(string device)
    {
        foreach (var size in Sizes)
            AllAgree(DeviceBlocks.Open(device), (int)size[0], (int)size[1], (int)size[2]);
        AllAgree(DeviceBlocks.Open(device), rows: 70, columns: 90, depth: 1000);
    }

    // In which order tensor cores sum, and how they round their sums, is not known: 2⁻¹⁹ of what is added is far more than was ever reported.
    [Theory]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void On_a_device_rounded_products_are_those_of_rounded_numbers(string device)
    {
        foreach (var precision in new[] { MatrixPrecision.TensorFloat32, MatrixPrecision.BFloat16 })
        {
            var queue = DeviceBlocks.Open(device, precision);
            AllAgree(queue, rows: 65, columns: 66, depth: 37, roundingOfSums: queue.Plan.HasTensorCores ? Math.Pow(2, -19) : RoundingOfSums);
        }
    }

    private const double RoundingOfSums = 1.0 / (1 << 24);

    private static void AllAgree(DeviceQueue queue, int rows, int columns, int depth, double roundingOfSums = RoundingOfSums)
    {
        using var entered = queue.Enter();
        foreach (var (leftTransposed, rightTransposed) in new[] { (false, false), (false, true), (true, false) })
        {
            var product = new Product(queue, rows, columns, depth, leftTransposed, rightTransposed);
            product.Run();
            product.AssertClose(roundingOfSums);
            product.AssertSameBits();
        }

        var gradients = new GradientSum(queue, inputs: rows, columns, depth);
        gradients.Run();
        gradients.AssertClose(roundingOfSums);
    }

    /// <summary>A number between −1 and 1 for each place, none of which repeats soon.</summary>
    private static float[] Numbers(int count, double step) =>
        [.. Enumerable.Range(0, count).Select(index => (float)Math.Sin(step * (index + 1)))];

    // A sum of n products that are each rounded once is wrong by n + 1 roundings of the sum of their sizes at most, in whatever order.
    private static void AssertClose(double expected, double size, int terms, float found, double rounding) =>
        Assert.InRange(found, expected - (size * (terms + 2) * rounding), expected + (size * (terms + 2) * rounding));

    // As the device is to read it.
    private static double Read(DeviceQueue queue, float value) => queue.Plan.Precision switch
    {
        MatrixPrecision.TensorFloat32 => Rounding.ToTensorFloat32(value),
        MatrixPrecision.BFloat16 => Rounding.ToBFloat16(value),
        _ => value,
    };

    /// <summary>start + left · right, the operands as they lie or transposed.</summary>
    private sealed class Product(DeviceQueue queue, int rows, int columns, int depth, bool leftTransposed, bool rightTransposed)
    {
        private readonly DeviceBlocks blocks = new(
            queue,
            activations: (rows * depth) + (depth * columns) + (rows * columns) + columns + 48,
            scratch: (int)queue.Plan.PartialFloats((long)rows * columns, depth) + 16);

        private readonly float[] left = Numbers(rows * depth, 0.7);
        private readonly float[] right = Numbers(depth * columns, 0.3);
        private readonly float[] start = Numbers(columns, 1.1);
        private float[] found = [];

        private int RightAt => ((rows * depth) + 15) / 16 * 16;

        private int StartAt => (RightAt + (depth * columns) + 15) / 16 * 16;

        private int ResultAt => (StartAt + columns + 15) / 16 * 16;

        public void Run()
        {
            var program = blocks.Program;
            queue.Upload<float>(left, program.Activations);
            queue.Upload<float>(right, program.Activation(RightAt, right.Length));
            queue.Upload<float>(start, program.Activation(StartAt, columns));
            program.BeginLayer();
            program.Multiply<NoEpilogue>(new ProductArguments
            {
                Operands = new ProductOperands
                {
                    Left = program.Activation(0, left.Length),
                    LeftRowStride = leftTransposed ? 1 : depth,
                    LeftDepthStride = leftTransposed ? rows : 1,
                    Right = program.Activation(RightAt, right.Length),
                    RightDepthStride = rightTransposed ? 1 : columns,
                    RightColumnStride = rightTransposed ? depth : 1,
                    Rows = rows,
                    Columns = columns,
                    Depth = depth,
                },
                Result = program.Activation(ResultAt, (long)rows * columns),
                Start = program.Activation(StartAt, columns),
                HasStart = 1,
            });
            found = program.Read(place: 0, ResultAt, rows * columns).ToArray();
        }

        public void AssertClose(double rounding)
        {
            for (var place = 0; place < found.Length; place++)
            {
                var (row, column) = (place / columns, place % columns);
                var (sum, size) = ((double)start[column], Math.Abs((double)start[column]));
                for (var d = 0; d < depth; d++)
                {
                    var l = Read(queue, left[leftTransposed ? (d * rows) + row : (row * depth) + d]);
                    var term = l * Read(queue, right[rightTransposed ? (column * depth) + d : (d * columns) + column]);
                    (sum, size) = (sum + term, size + Math.Abs(term));
                }

                ProductTests.AssertClose(sum, size, depth, found[place], rounding);
            }
        }

        public void AssertSameBits()
        {
            var before = found;
            Run();
            Assert.Equal(before, found);
        }
    }

    /// <summary>Two gradients of a launch: of a kernel with its bias, and of a bias alone; both are added to what stands there.</summary>
    private sealed class GradientSum(DeviceQueue queue, int inputs, int columns, int rows)
    {
        private readonly DeviceBlocks blocks = new(
            queue,
            parameters: ((inputs + 2) * columns) + 48,
            activations: (rows * (inputs + columns)) + 16,
            scratch: (int)queue.Plan.PartialFloats((inputs + 1L) * columns, rows) + (int)queue.Plan.PartialFloats(columns, rows) + 32);

        private readonly float[] left = Numbers(rows * inputs, 0.7);
        private readonly float[] right = Numbers(rows * columns, 0.3);
        private readonly float[] found = new float[((inputs + 2) * columns) + 48];

        private int RightAt => (left.Length + 15) / 16 * 16;

        private int BiasAt => ((inputs * columns) + 15) / 16 * 16;

        private int OtherBiasAt => (BiasAt + columns + 15) / 16 * 16;

        public void Run()
        {
            var program = blocks.Program;
            queue.Upload<float>(left, program.Activations);
            queue.Upload<float>(right, program.Activation(RightAt, right.Length));
            queue.Upload<float>(Enumerable.Repeat(0.5f, found.Length).ToArray(), program.Gradients);
            program.BeginLayer();
            program.AddGradient(new GradientProduct
            {
                Result = program.Gradient(0, (long)inputs * columns),
                Left = program.Activation(0, left.Length),
                Inputs = inputs,
                Right = program.Activation(RightAt, right.Length),
                Columns = columns,
                Rows = rows,
                HasBias = true,
                BiasResult = program.Gradient(BiasAt, columns),
            });
            program.AddBiasGradient(program.Gradient(OtherBiasAt, columns), program.Activation(RightAt, right.Length), columns, rows);
            var before = queue.Launches;
            program.LaunchGradients();
            Assert.Equal(before + 1, queue.Launches);
            queue.Download(program.Gradients, found);
        }

        public void AssertClose(double rounding)
        {
            for (var column = 0; column < columns; column++)
            {
                for (var input = 0; input <= inputs; input++)
                {
                    var (sum, size) = (0.5, 0.5);
                    for (var row = 0; row < rows; row++)
                    {
                        var term = Read(queue, right[(row * columns) + column]) * (input < inputs ? Read(queue, left[(row * inputs) + input]) : 1.0);
                        (sum, size) = (sum + term, size + Math.Abs(term));
                    }

                    ProductTests.AssertClose(sum, size, rows, found[input < inputs ? (input * columns) + column : BiasAt + column], rounding);
                    if (input == inputs)
                        ProductTests.AssertClose(sum, size, rows, found[OtherBiasAt + column], rounding);
                }
            }
        }
    }
}
