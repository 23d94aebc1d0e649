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
    public void A_transposed_product_agrees_with_double(int bits)
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var numbers = new TestNumbers(seed);
            var (rows, columns, depth) = (numbers.Between(1, 9), numbers.Between(1, 9), numbers.Between(1, 200));
            using var block = new GuardedBlock(alignment: 1);
            var left = block.Take(rows * depth, ref numbers, 1);
            var right = block.Take(columns * depth, ref numbers, 1);
            var result = block.Take(rows * columns, ref numbers, 1);
            var product = new TransposedProduct
            {
                Result = block.Pointer + result,
                Left = block.Pointer + left,
                Right = block.Pointer + right,
                Rows = rows,
                Columns = columns,
                Depth = depth,
            };
            var expected = new double[rows * columns];
            for (var i = 0; i < expected.Length; i++)
            {
                for (var k = 0; k < depth; k++)
                {
                    expected[i] += (double)product.Left[(i / columns * depth) + k] * product.Right[(i % columns * depth) + k];
                }
            }
            switch (bits)
            {
                case 128: product.Run<Lanes128>(); break;
                case 256: product.Run<Lanes256>(); break;
                default: product.Run<Lanes512>(); break;
            }

            // 200 terms of magnitude 1: 200 · 2⁻²⁴ = 1.2e-5 if every rounding went the same way, which they do not.
            Near.Assert("product", expected, block[result, rows * columns], 1e-5);
            block.AssertGuardsStand();
        }
    }
}
