using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>The spread of one large draw of each initializer beside that of Keras's; the draws themselves cannot agree.</summary>
public sealed class InitializerParityTests
{
    /// <summary>The cases, each named after its initializer.</summary>
    public static TheoryData<string> Cases => [.. Names];

    private static IEnumerable<string> Names => ParityIndex.Cases("initializers").Select(ParityIndex.Name);

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheSpreadIsThatOfKeras(string name)
    {
        var expected = ParityIndex.Case("initializers", name);
        double Of(string property) => expected.GetProperty(property).GetDouble();
        int[] shape = [.. expected.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        var initializer = Initializer(expected.GetProperty("initializer"));
        var weights = new float[shape[0] * shape[1]];
        WeightInitializer.Fill(weights, new TensorSlot("dense.kernel", TensorRole.Kernel, 0, shape[0], shape[1], initializer), 0, seed: 42);

        var count = expected.GetProperty("count").GetInt32();
        Assert.Equal(count, weights.Length);
        var drawn = initializer.Kind is not (Init.Zeros or Init.Ones or Init.Constant or Init.Identity);
        var deviation = Of("std");
        // Two draws of n numbers: their means differ by some √2·σ/√n, their deviations by less; 5 times that is never reached by chance.
        // What is not drawn is equal but for the rounding of our sums.
        var error = drawn ? 5 * Math.Sqrt(2.0 / count) * deviation : 1e-12;
        var mean = weights.Average(weight => (double)weight);
        Assert.Equal(Of("mean"), mean, error);
        Assert.Equal(deviation, Math.Sqrt(weights.Average(weight => Math.Pow(weight - mean, 2))), error);

        var extremeError = drawn ? ExtremeError(initializer, count, deviation) : 0;
        Assert.Equal(Of("min"), weights.Min(), extremeError);
        Assert.Equal(Of("max"), weights.Max(), extremeError);
        if (expected.TryGetProperty("row_norm", out var norm))
            AssertOrthogonal(weights, shape[1], norm.GetDouble(), Of("rows_orthonormal_to"));
        ParityReport.Record(ParityCase.OnHost("initializers", name));
    }

    [Fact]
    public void EveryInitializerHasACase() => Assert.Equal(Enum.GetNames<Init>().Order(), Names.Order());

    /// <summary>Rows of one length, as far from right angles as Keras's at most: both are floats of a product in another order.</summary>
    private static void AssertOrthogonal(float[] weights, int columns, double norm, double orthonormalTo)
    {
        var rows = weights.Chunk(columns).ToArray();
        for (var one = 0; one < rows.Length; one++)
        {
            for (var other = 0; other <= one; other++)
            {
                var product = rows[one].Zip(rows[other], (left, right) => (double)left * right).Sum() / (norm * norm);
                Assert.Equal(one == other ? 1 : 0, product, Math.Max(4 * orthonormalTo, 1e-6));
            }
        }
    }

    /// <summary>How far two draws' extremes may lie apart; each bound is passed by chance in less than one of 10,000.</summary>
    private static double ExtremeError(Initializer initializer, int count, double deviation)
    {
        var distribution = initializer.Kind switch
        {
            Init.TruncatedNormal => WeightDistribution.TruncatedNormal,
            Init.RandomUniform => WeightDistribution.Uniform,
            _ => VarianceScaling.Of(initializer)?.Distribution ?? WeightDistribution.UntruncatedNormal,
        };
        return distribution switch
        {
            // The gap between a bound and the nearest of n numbers is exponential, its mean 1 / (n · density at the bound).
            WeightDistribution.Uniform => 10 * Math.Sqrt(12) * deviation / count,
            // φ(2) / (2Φ(2) − 1) = 0.05656 over the deviation before the cut, of which 0.8796 is left.
            WeightDistribution.TruncatedNormal => 10 * (deviation / 0.8796) / (0.05656 * count),
            // The largest of n normal numbers is spread by σ / √(2 ln n) (Gumbel); an orthogonal matrix's entries are nearly normal.
            _ => 10 * deviation / Math.Sqrt(2 * Math.Log(count)),
        };
    }

    private static Initializer Initializer(JsonElement configuration)
    {
        var arguments = new KerasArguments(configuration);
        var initializer = new Initializer(Enum.Parse<Init>(arguments.Type), arguments.Number("value", InitDefaults.Value))
        {
            Mean = arguments.Number("mean", InitDefaults.Mean),
            StdDev = arguments.Number("stddev", InitDefaults.StdDev),
            MinValue = arguments.Number("minval", InitDefaults.MinValue),
            MaxValue = arguments.Number("maxval", InitDefaults.MaxValue),
            Scale = arguments.Number("scale", InitDefaults.Scale),
            Gain = arguments.Number("gain", InitDefaults.Gain),
        };
        if (arguments.Choice<FanMode>("mode") is { } mode)
            initializer = initializer with { Mode = mode };
        if (arguments.Choice<WeightDistribution>("distribution") is { } distribution)
            initializer = initializer with { Distribution = distribution };
        arguments.AssertAllRead();
        return initializer;
    }
}
