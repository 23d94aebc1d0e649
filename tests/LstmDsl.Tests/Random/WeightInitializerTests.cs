using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

public sealed class WeightInitializerTests
{
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

    /// <summary>Keras draws the bias of an LSTM's input gate with the shape (units,), those of cell and output gate with (2 · units,).</summary>
    [Fact]
    public void The_bias_around_a_forget_gate_has_fans_of_its_parts()
    {
        const int Units = 1000;
        var weights = Draw(Bias(4 * Units, new(Init.GlorotUniform) { OnesFrom = Units, OnesCount = Units }));
        AssertReaches(Math.Sqrt(3.0 / Units), weights[..Units]);
        Assert.All(weights[Units..(2 * Units)], weight => Assert.Equal(1, weight));
        AssertReaches(Math.Sqrt(3.0 / (2 * Units)), weights[(2 * Units)..]);

        static void AssertReaches(double limit, float[] part)
        {
            Assert.InRange(part.Max(), 0.99 * limit, limit);
            Assert.InRange(part.Min(), -limit, -0.99 * limit);
        }
    }

    /// <summary>Fans of (30, 50), and what each distribution makes of the variance 3 / fan.</summary>
    [Theory]
    [InlineData(FanMode.FanIn, WeightDistribution.Uniform, 30)]
    [InlineData(FanMode.FanOut, WeightDistribution.Uniform, 50)]
    [InlineData(FanMode.FanAvg, WeightDistribution.Uniform, 40)]
    [InlineData(FanMode.FanIn, WeightDistribution.TruncatedNormal, 30)]
    [InlineData(FanMode.FanOut, WeightDistribution.UntruncatedNormal, 50)]
    public void Every_distribution_has_the_variance_that_scale_and_fan_give(FanMode mode, WeightDistribution distribution, double fan)
    {
        var weights = Draw(Kernel(30, 50, new(Init.VarianceScaling) { Scale = 3, Mode = mode, Distribution = distribution }));
        var variance = weights.Average(weight => (double)weight * weight);
        // The mean of n squares errs by √(2/n) of itself for normal numbers, by less for the others; 4 times that.
        Assert.Equal(1, variance * fan / 3, 4 * Math.Sqrt(2.0 / weights.Length));
    }

    [Theory]
    [InlineData(Init.GlorotUniform, 1, FanMode.FanAvg, WeightDistribution.Uniform)]
    [InlineData(Init.GlorotNormal, 1, FanMode.FanAvg, WeightDistribution.TruncatedNormal)]
    [InlineData(Init.HeUniform, 2, FanMode.FanIn, WeightDistribution.Uniform)]
    [InlineData(Init.HeNormal, 2, FanMode.FanIn, WeightDistribution.TruncatedNormal)]
    [InlineData(Init.LecunUniform, 1, FanMode.FanIn, WeightDistribution.Uniform)]
    [InlineData(Init.LecunNormal, 1, FanMode.FanIn, WeightDistribution.TruncatedNormal)]
    public void A_named_form_is_variance_scaling(Init named, double scale, FanMode mode, WeightDistribution distribution) => Assert.Equal(
        Draw(Kernel(7, 9, new(Init.VarianceScaling) { Scale = scale, Mode = mode, Distribution = distribution })), Draw(Kernel(7, 9, new(named))));

    [Fact]
    public void A_truncated_draw_is_the_normal_one_where_that_lies_within_two_deviations_and_else_the_first_redraw_that_does()
    {
        var slot = Kernel(20, 49, new(Init.TruncatedNormal) { Mean = 1, StdDev = 0.5 });
        var truncated = Draw(slot, tensorIndex: 3, seed: 8);
        var normal = Draw(slot with { Initializer = new(Init.RandomNormal) { Mean = 1, StdDev = 0.5 } }, tensorIndex: 3, seed: 8);
        var redrawn = 0;
        for (var i = 0; i < truncated.Length; i++)
        {
            Assert.InRange(truncated[i], 0, 2);
            if (normal[i] is >= 0 and <= 2)
            {
                Assert.Equal(normal[i], truncated[i]);
                continue;
            }

            redrawn++;
            var number = double.NaN;
            for (var redraw = 1u; !(Math.Abs(number) <= 2); redraw++)
            {
                var words = Philox.Draw(8, RandomPurpose.Weights, 3, (uint)i / 4, redraw);
                var (first, second) = i % 4 < 2 ? Distributions.Normal(words.Word0, words.Word1) : Distributions.Normal(words.Word2, words.Word3);
                number = i % 2 == 0 ? first : second;
            }

            Assert.Equal((float)(1 + (0.5 * number)), truncated[i]);
        }

        // One in 22 lies beyond; of 980 that is 45 ± 7.
        Assert.InRange(redrawn, 15, 75);
    }

    [Fact]
    public void A_deviation_of_zero_leaves_the_mean()
    {
        Assert.All(Draw(Kernel(3, 5, new(Init.RandomNormal) { Mean = 0.25, StdDev = 0 })), weight => Assert.Equal(0.25f, weight));
        Assert.All(Draw(Kernel(3, 5, new(Init.TruncatedNormal) { Mean = 0.25, StdDev = 0 })), weight => Assert.Equal(0.25f, weight));
    }

    [Fact]
    public void An_identity_matrix_has_its_gain_on_the_diagonal() =>
        Assert.Equal([-1.5f, 0, 0, 0, -1.5f, 0, 0, 0, -1.5f], Draw(Kernel(3, 3, new(Init.Identity) { Gain = -1.5 })));

    [Fact]
    public void A_matrix_that_is_not_square_cannot_be_an_identity()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Draw(Kernel(3, 4, new(Init.Identity))));
        Assert.Contains("'dense.kernel' has the shape (3, 4)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gain_multiplies_an_orthogonal_matrix()
    {
        var plain = Draw(Kernel(6, 11, new(Init.Orthogonal)));
        var scaled = Draw(Kernel(6, 11, new(Init.Orthogonal) { Gain = 4 }));
        Assert.Equal(plain.Select(weight => 4 * weight), scaled);
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
