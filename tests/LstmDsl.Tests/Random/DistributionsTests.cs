namespace LstmDsl.Tests;

public sealed class DistributionsTests
{
    private const int Count = 100_000;

    [Fact]
    public void Uniform_numbers_keep_to_their_range()
    {
        Assert.Equal(0f, Distributions.UniformSingle(0));
        Assert.Equal(MathF.BitDecrement(1), Distributions.UniformSingle(uint.MaxValue));
        Assert.Equal(0.5f, Distributions.UniformSingle(0x8000_0000));
        Assert.Equal(0.0, Distributions.UniformDouble(0, 0));
        Assert.Equal(Math.BitDecrement(1), Distributions.UniformDouble(uint.MaxValue, uint.MaxValue));
        Assert.Equal(0.5, Distributions.UniformDouble(0x8000_0000, 0));
    }

    [Fact]
    public void Normal_numbers_are_finite_at_the_borders()
    {
        Assert.Equal((0.0, 0.0), Distributions.Normal(uint.MaxValue, 0));
        var (first, second) = Distributions.Normal(0, 0);
        Assert.Equal(6.66, first, 0.005);
        Assert.Equal(0, second);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        var numbers = new double[2 * Count];
        for (var i = 0; i < Count; i++)
        {
            var words = Philox.Draw(7, RandomPurpose.Weights, (uint)i);
            (numbers[2 * i], numbers[(2 * i) + 1]) = Distributions.Normal(words.Word0, words.Word1);
        }

        // Five standard errors of each moment: √(variance of the power / n), with variances 1, 2, 15 and 96.
        var error = 5 / Math.Sqrt(numbers.Length);
        Assert.Equal(0, numbers.Average(), error);
        Assert.Equal(1, numbers.Average(number => Math.Pow(number, 2)), error * Math.Sqrt(2));
        Assert.Equal(0, numbers.Average(number => Math.Pow(number, 3)), error * Math.Sqrt(15));
        Assert.Equal(3, numbers.Average(number => Math.Pow(number, 4)), error * Math.Sqrt(96));
        // The two of a pair are independent, the variance of a product is 1.
        Assert.Equal(0, Enumerable.Range(0, Count).Average(i => numbers[2 * i] * numbers[(2 * i) + 1]), 5 / Math.Sqrt(Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Bounded_draws_reach_both_ends_and_no_further(int bound)
    {
        Assert.Equal(0, Distributions.Below(bound, 0, 0));
        Assert.Equal(bound - 1, Distributions.Below(bound, uint.MaxValue, uint.MaxValue));
    }
}
