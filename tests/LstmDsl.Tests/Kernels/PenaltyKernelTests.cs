using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

public sealed unsafe class PenaltyKernelTests
{
    public static TheoryData<int> Widths => [.. CpuBackends.Widths];

    [Theory]
    [MemberData(nameof(Widths))]
    public void An_activity_penalty_is_added_to_its_sum_and_to_the_gradient(int bits)
    {
        for (var count = 0; count <= 70; count++)
        {
            var numbers = new TestNumbers((ulong)count);
            using var activations = new GuardedBlock(alignment: 1);
            var penalty = new ActivityPenalty
            {
                Output = activations.Take(count, ref numbers, 3),
                OutputGradient = activations.Take(count, ref numbers, 3),
                Length = count,
                Regularizer = new(L1: 0.3f, L2: 0.2f),
            };
            if (count > 0)
                activations[penalty.Output, 1][0] = 0;
            var before = activations[penalty.OutputGradient, count].ToArray();
            var sum = 7.0;
            CpuBackends.Cpu(bits, Blocks(activations, &sum)).AddActivityPenalty(penalty);

            var (exact, gradient) = (7.0, new double[count]);
            for (var i = 0; i < count; i++)
            {
                double output = activations[penalty.Output, count][i];
                exact += (0.3f * Math.Abs(output)) + (0.2f * output * output);
                gradient[i] = before[i] + (0.125 * ((0.3f * Math.Sign(output)) + (2.0 * 0.2f * output)));
            }

            // Each term carries a few roundings of float; their sum in double adds none to speak of.
            Assert.Equal(exact, sum, exact * 4e-7);
            Near.Assert("gradient", gradient, activations[penalty.OutputGradient, count], 4e-7);
            activations.AssertGuardsStand();
        }
    }

    [Fact]
    public void A_prediction_asks_for_no_penalty()
    {
        var numbers = new TestNumbers(1);
        using var activations = new GuardedBlock(alignment: 1);
        var penalty = new ActivityPenalty { Output = activations.Take(9, ref numbers, 3), OutputGradient = -1, Length = 9, Regularizer = new(1, 1) };
        foreach (var bits in CpuBackends.Widths)
            CpuBackends.Cpu(bits, Blocks(activations, sum: null)).AddActivityPenalty(penalty);
        activations.AssertGuardsStand();
    }

    [Fact]
    public void A_penalty_has_the_same_bits_in_every_width_with_a_gradient_or_without()
    {
        var numbers = new TestNumbers(1);
        using var parameters = new GuardedBlock(alignment: 16);
        using var gradients = new GuardedBlock(alignment: 16);
        var weights = parameters.Take(1_001, ref numbers, 3);
        Assert.Equal(weights, gradients.Take(1_001));
        var results = new List<(double Sum, float[] Gradient)>();
        foreach (var bits in CpuBackends.Widths)
        {
            gradients[weights, 1_001].Clear();
            var blocks = new HostBlocks<float> { Parameters = parameters.Pointer, Gradients = gradients.Pointer };
            var sum = CpuBackends.Cpu(bits, blocks).AddWeightPenalty(new(0.3f, 0.2f), weights, weights + 1_001);
            var onlyValue = CpuBackends.Cpu(bits, blocks with { Gradients = null }).AddWeightPenalty(new(0.3f, 0.2f), weights, weights + 1_001);
            Assert.Equal(sum, onlyValue);
            results.Add((sum, gradients[weights, 1_001].ToArray()));
            parameters.AssertGuardsStand();
            gradients.AssertGuardsStand();
        }

        Assert.All(results, result => Assert.Equal(results[0].Sum, result.Sum));
        Assert.All(results, result => Assert.Equal(results[0].Gradient, result.Gradient));
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void A_weight_penalty_touches_its_own_stretch_alone(int bits)
    {
        var numbers = new TestNumbers(4);
        using var parameters = new GuardedBlock(alignment: 16);
        using var gradients = new GuardedBlock(alignment: 16);
        var weights = parameters.Take(100, ref numbers, 3);
        gradients.Take(100);
        var backend = CpuBackends.Cpu(bits, new HostBlocks<float> { Parameters = parameters.Pointer, Gradients = gradients.Pointer });
        var sum = backend.AddWeightPenalty(new(L1: 1, L2: 0), weights + 10, weights + 47);

        var exact = 0.0;
        for (var i = 0; i < 100; i++)
        {
            var weight = parameters[weights, 100][i];
            exact += i is >= 10 and < 47 ? Math.Abs(weight) : 0;
            Assert.Equal(i is >= 10 and < 47 ? Math.Sign(weight) : 0, gradients[weights, 100][i]);
        }

        Assert.Equal(exact, sum, 1e-12);
        gradients.AssertGuardsStand();
    }

    private static HostBlocks<float> Blocks(GuardedBlock activations, double* sum) =>
        new() { Parameters = null, Activations = activations.Pointer, ActivityPenalty = sum, ActivityScale = 0.125 };
}
