using LstmDsl.Kernels;

namespace LstmDsl.Tests;

public unsafe class RowProductTests
{
    public static TheoryData<int> Widths => [.. CpuBackends.Widths];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Each_element_is_one_chain_of_fused_multiply_adds(int bits)
    {
        for (ulong seed = 1; seed <= 80; seed++)
        {
            var numbers = new TestNumbers(seed);
            var columns = numbers.Between(0, 3) == 0 ? numbers.Between(200, 700) : numbers.Between(1, 150);
            var (firstDepth, depth) = (numbers.Between(0, 5), numbers.Between(0, 40));
            using var block = new GuardedBlock(alignment: 1);
            var first = block.Take(firstDepth, ref numbers, 1);
            var firstRight = block.Take(firstDepth * columns, ref numbers, 1);
            var left = block.Take(depth, ref numbers, 1);
            var right = block.Take(depth * columns, ref numbers, 1);
            var bias = block.Take(columns, ref numbers, 1);
            var result = block.Take(columns, ref numbers, 1);
            var product = new RowProduct
            {
                Result = block.Pointer + result,
                Start = numbers.Between(0, 1) == 0 ? null : block.Pointer + bias,
                FirstDepth = firstDepth,
                FirstLeft = block.Pointer + first,
                FirstRight = block.Pointer + firstRight,
                Left = block.Pointer + left,
                Right = block.Pointer + right,
                Columns = columns,
                Depth = depth,
            };

            var expected = new float[columns];
            for (var j = 0; j < columns; j++)
            {
                var sum = product.Start == null ? 0 : product.Start[j];
                for (var k = 0; k < firstDepth; k++)
                    sum = MathF.FusedMultiplyAdd(product.FirstLeft[k], product.FirstRight[(k * columns) + j], sum);
                for (var k = 0; k < depth; k++)
                    sum = MathF.FusedMultiplyAdd(product.Left[k], product.Right[(k * columns) + j], sum);
                expected[j] = sum;
            }
            switch (bits)
            {
                case 128: product.Run<Lanes128>(); break;
                case 256: product.Run<Lanes256>(); break;
                default: product.Run<Lanes512>(); break;
            }
            Assert.Equal(expected, block[result, columns]);
            block.AssertGuardsStand();
        }
    }

    [Fact]
    public void A_dot_product_is_the_same_for_every_width_and_close_to_the_exact_sum()
    {
        for (var count = 0; count <= 100; count++)
        {
            var numbers = new TestNumbers((ulong)count + 1);
            using var block = new GuardedBlock(alignment: 1);
            var left = block.Pointer + block.Take(count, ref numbers, 1);
            var right = block.Pointer + block.Take(count, ref numbers, 1);
            var exact = 0.25;
            for (var k = 0; k < count; k++) exact += (double)left[k] * right[k];

            var sum = DotProduct.Run<Lanes512>(0.25f, left, right, count);
            Assert.Equal(sum, DotProduct.Run<Lanes256>(0.25f, left, right, count));
            Assert.Equal(sum, DotProduct.Run<Lanes128>(0.25f, left, right, count));

            // At most 100 roundings of sums below 100, each half an ulp of 64: far below that in practice.
            Assert.Equal(exact, sum, 1e-5);
        }
    }
}
