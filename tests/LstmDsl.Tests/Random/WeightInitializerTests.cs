using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

public sealed class WeightInitializerTests
{
    /// <summary>Keras's spread of one large draw; its orthogonal matrix has a gain of 1.5, ours has none.</summary>
    [Theory]
    [InlineData(Init.Zeros, 0, 1)]
    [InlineData(Init.Ones, 0, 1)]
    [InlineData(Init.Constant, 0.25, 1)]
    [InlineData(Init.GlorotUniform, 0, 1)]
    [InlineData(Init.Orthogonal, 0, 1.5)]
    public void The_spread_is_that_of_Keras(Init init, double value, double gain)
    {
        var expected = ParityIndex.Case("initializers", init.ToString());
        int[] shape = [.. expected.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        var weights = Draw(Kernel(shape[0], shape[1], new(init, value))).Select(weight => gain * weight).ToArray();
        double Of(string name) => expected.GetProperty(name).GetDouble();

        Assert.Equal(expected.GetProperty("count").GetInt32(), weights.Length);
        var deviation = Of("std");
        // Two draws of n numbers: their means differ by some √2·σ/√n, their deviations by less; 5 times that is never reached by chance.
        var error = 5 * Math.Sqrt(2.0 / weights.Length) * deviation;
        var mean = weights.Average();
        Assert.Equal(Of("mean"), mean, error);
        Assert.Equal(deviation, Math.Sqrt(weights.Average(weight => Math.Pow(weight - mean, 2))), error);
        // The extremes of a bounded distribution hardly move; those of an orthogonal matrix, nearly normal, do by half a deviation.
        var extremeError = init == Init.Orthogonal ? deviation : 1e-4 * deviation;
        Assert.Equal(Of("min"), weights.Min(), extremeError);
        Assert.Equal(Of("max"), weights.Max(), extremeError);
    }

    [Theory]
    [InlineData(20, 80)]
    [InlineData(80, 20)]
    [InlineData(30, 120)]
    [InlineData(33, 33)]
    [InlineData(1, 4)]
    [InlineData(1, 1)]
    [InlineData(128, 512)]
    public void The_fewer_of_rows_and_columns_are_orthonormal(int rows, int columns)
    {
        var weights = Draw(Kernel(rows, columns, new(Init.Orthogonal)));
        var (count, length) = (Math.Min(rows, columns), Math.Max(rows, columns));
        double At(int vector, int i) => rows <= columns ? weights[(vector * columns) + i] : weights[(i * columns) + vector];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var dot = Enumerable.Range(0, length).Sum(k => At(i, k) * At(j, k));
                // Orthonormal in double, then rounded to float: each product is off by 2⁻²⁴ at most, and they sum to about 1.
                Assert.Equal(i == j ? 1 : 0, dot, 1.5e-7);
            }
        }
    }

    /// <summary>Of all the orthonormal bases of the same spaces, the one whose vectors point the way of what was drawn.</summary>
    [Fact]
    public void An_orthogonal_matrix_keeps_the_directions_of_its_draw()
    {
        double[][] vectors = [[3, 4, 0], [5, 0, 2], [-1, -1, -1]];
        Orthonormal.Make(vectors);
        // By hand: (3, 4, 0)/5; then (5, 0, 2) − 3·(0.6, 0.8, 0) = (3.2, −2.4, 2), of length √20; then what is orthogonal to both,
        // (8, −6, −20)/√500, on the side of (−1, −1, −1).
        AssertAlong([3, 4, 0], 5, vectors[0]);
        AssertAlong([3.2, -2.4, 2], Math.Sqrt(20), vectors[1]);
        AssertAlong([8, -6, -20], Math.Sqrt(500), vectors[2]);

        // A few roundings of numbers below 1.
        static void AssertAlong(double[] direction, double length, double[] actual) =>
            Assert.All(actual, (value, i) => Assert.Equal(direction[i] / length, value, 1e-15));
    }

    [Fact]
    public void The_forget_gate_starts_at_one_whatever_the_initializer() =>
        Assert.Equal(
            [0.5f, 0.5f, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f],
            Draw(Bias(8, new(Init.Constant, 0.5) { OnesFrom = 2, OnesCount = 2 })));

    [Fact]
    public void A_bias_counts_its_length_as_either_fan()
    {
        var limit = Math.Sqrt(6.0 / 2000);
        var weights = Draw(Bias(1000, new(Init.GlorotUniform)));
        Assert.InRange(weights.Max(), 0.99 * limit, limit);
        Assert.InRange(weights.Min(), -limit, -0.99 * limit);
    }

    [Fact]
    public void A_draw_depends_on_seed_and_tensor()
    {
        var slot = Kernel(5, 7, new(Init.GlorotUniform));
        Assert.Equal(Draw(slot, tensorIndex: 3, seed: 1), Draw(slot, tensorIndex: 3, seed: 1));
        Assert.NotEqual(Draw(slot, tensorIndex: 3, seed: 1), Draw(slot, tensorIndex: 4, seed: 1));
        Assert.NotEqual(Draw(slot, tensorIndex: 3, seed: 1), Draw(slot, tensorIndex: 3, seed: 2));
    }

    /// <summary>A weight is drawn at its own counter, so neighbouring tensors share no draw.</summary>
    [Fact]
    public void A_weight_is_what_its_counter_gives()
    {
        var weights = Draw(Kernel(3, 5, new(Init.GlorotUniform)), tensorIndex: 9, seed: -4);
        var words = Philox.Draw(-4, RandomPurpose.Weights, 9, 3);
        Assert.Equal((float)(Math.Sqrt(6.0 / 8) * ((2.0 * Distributions.UniformSingle(words.Word2)) - 1)), weights[14]);
    }

    [Fact]
    public void A_span_of_another_length_is_refused()
    {
        var slot = Kernel(3, 5, new(Init.Ones));
        var exception = Assert.Throws<ArgumentException>(() => WeightInitializer.Fill(new float[14], slot, 0, 0));
        Assert.Contains("'dense.kernel' has 15 values; the span has 14", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bias_cannot_be_orthogonal()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Draw(Bias(4, new(Init.Orthogonal))));
        Assert.Contains("'lstm.bias'", exception.Message, StringComparison.Ordinal);
    }

    private static TensorSlot Kernel(int rows, int columns, Initializer initializer) =>
        new("dense.kernel", TensorRole.Kernel, 0, rows, columns, initializer);

    private static TensorSlot Bias(int length, Initializer initializer) => new("lstm.bias", TensorRole.Bias, 0, 1, length, initializer);

    private static float[] Draw(TensorSlot slot, int tensorIndex = 0, int seed = 42)
    {
        var weights = new float[slot.Length];
        Array.Fill(weights, float.NaN);
        WeightInitializer.Fill(weights, slot, tensorIndex, seed);
        return weights;
    }
}
