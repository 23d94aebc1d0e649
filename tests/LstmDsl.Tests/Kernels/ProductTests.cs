using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

public unsafe class ProductTests
{
    public static TheoryData<int> Widths => [.. CpuBackends.Widths];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Each_element_is_one_chain_of_fused_multiply_adds(int bits)
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var numbers = new TestNumbers(seed);
            var (rows, columns) = (numbers.Between(1, 9), numbers.Between(1, 150));
            var depth = numbers.Between(0, 2) == 0 ? numbers.Between(126, 300) : numbers.Between(1, 40);
            var transposed = numbers.Between(0, 1) == 0;
            using var block = new GuardedBlock(alignment: 1);
            var left = block.Take(rows * depth, ref numbers, 1);
            var right = block.Take(depth * columns, ref numbers, 1);
            var bias = block.Take(columns, ref numbers, 1);
            var result = block.Take(rows * columns, ref numbers, 1);
            var start = numbers.Between(0, 2);
            var product = new MatrixProduct
            {
                Result = block.Pointer + result,
                ResultStride = columns,
                Start = start switch { 0 => null, 1 => block.Pointer + bias, _ => block.Pointer + result },
                StartStride = start == 1 ? 0 : columns,
                Left = block.Pointer + left,
                LeftRowStride = transposed ? 1 : depth,
                LeftDepthStride = transposed ? rows : 1,
                Right = block.Pointer + right,
                RightStride = columns,
                Rows = rows,
                Columns = columns,
                Depth = depth,
            };

            var expected = new float[rows * columns];
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    var sum = product.Start == null ? 0 : product.Start[(i * product.StartStride) + j];
                    for (var k = 0; k < depth; k++)
                    {
                        var factor = product.Left[(i * product.LeftRowStride) + (k * product.LeftDepthStride)];
                        sum = MathF.FusedMultiplyAdd(factor, product.Right[(k * columns) + j], sum);
                    }
                    expected[(i * columns) + j] = sum;
                }
            }
            switch (bits)
            {
                case 128: product.Run<Lanes128>(); break;
                case 256: product.Run<Lanes256>(); break;
                default: product.Run<Lanes512>(); break;
            }
            Assert.Equal(expected, block[result, rows * columns]);
            block.AssertGuardsStand();
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_packed_factor_gives_the_same_bits_and_so_does_its_transpose(int bits)
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var numbers = new TestNumbers(seed);
            var (rows, columns) = (numbers.Between(1, 14), numbers.Between(1, 150));
            var depth = numbers.Between(0, 2) == 0 ? numbers.Between(126, 300) : numbers.Between(1, 40);
            using var weights = new GuardedBlock(alignment: 16);
            using var block = new GuardedBlock(alignment: 1);
            var right = weights.Take(depth * columns, ref numbers, 1);
            var packed = CpuBackends.Pack(
                bits, new([new("w", TensorRole.Kernel, right, depth, columns, default)], transposes: true), weights.Pointer);
            AssertSame(rows, columns, depth, j => k => weights.Pointer[right + (k * columns) + j], packed.Matrix(right).Panels);
            AssertSame(rows, depth, columns, j => k => weights.Pointer[right + (j * columns) + k], packed.Matrix(right).TransposedPanels);
            weights.AssertGuardsStand();

            void AssertSame(int rows, int columns, int depth, Func<int, Func<int, float>> factor, float* panels)
            {
                var left = block.Take(rows * depth, ref numbers, 1);
                var result = block.Take(rows * columns);

                // Half of the products come after one of the same factors, whose sums they go on from.
                var twice = numbers.Between(0, 1) == 0;
                var product = new MatrixProduct
                {
                    FirstDepth = twice ? depth : 0,
                    FirstLeft = block.Pointer + left,
                    FirstPanels = panels,
                    Result = block.Pointer + result,
                    ResultStride = columns,
                    Start = null,
                    StartStride = 0,
                    Left = block.Pointer + left,
                    LeftRowStride = depth,
                    LeftDepthStride = 1,
                    Panels = panels,
                    Rows = rows,
                    Columns = columns,
                    Depth = depth,
                };
                switch (bits)
                {
                    case 128: product.Run<Lanes128>(); break;
                    case 256: product.Run<Lanes256>(); break;
                    default: product.Run<Lanes512>(); break;
                }
                for (var i = 0; i < rows; i++)
                {
                    for (var j = 0; j < columns; j++)
                    {
                        var sum = 0f;
                        for (var k = 0; k < (twice ? 2 : 1) * depth; k++)
                            sum = MathF.FusedMultiplyAdd(product.Left[(i * depth) + (k % depth)], factor(j)(k % depth), sum);
                        Assert.Equal(sum, block[result, rows * columns][(i * columns) + j]);
                    }
                }
                block.AssertGuardsStand();
            }
        }
    }
}
