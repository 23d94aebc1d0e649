using System.Runtime.InteropServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

public unsafe class LossAndUpdateKernelTests
{
    public static TheoryData<int> Widths => [.. CpuBackends.Widths];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Squared_error_is_summed_in_double_and_its_gradient_scaled(int bits)
    {
        for (var count = 0; count <= 70; count++)
        {
            var numbers = new TestNumbers((ulong)count);
            using var activations = new GuardedBlock(alignment: 1);
            var offsets = new LossOffsets
            {
                Targets = activations.Take(count, ref numbers, 3),
                Predictions = activations.Take(count, ref numbers, 3),
                Gradient = activations.Take(count),
                Weights = -1,
            };
            var backend = CpuBackends.Cpu(bits, new HostBlocks<float> { Parameters = null, Activations = activations.Pointer });
            var sum = backend.ElementwiseLoss(default(SquaredError), offsets, count, 1, scale: 0.125);

            var (exact, gradient) = (0.0, new double[count]);
            for (var i = 0; i < count; i++)
            {
                var error = activations[offsets.Predictions, count][i] - (double)activations[offsets.Targets, count][i];
                exact += error * error;
                gradient[i] = 2 * error * 0.125;
            }

            // Each square carries three roundings of float; their sum in double adds none to speak of.
            Assert.InRange(sum, exact * (1 - 4e-7), exact * (1 + 4e-7));
            Near.Assert("gradient", gradient, activations[offsets.Gradient, count], 4e-7);
            activations.AssertGuardsStand();

            var onlyValue = backend.ElementwiseLoss(default(SquaredError), offsets with { Gradient = -1 }, 1, count, scale: 1);
            Assert.Equal(sum, onlyValue);
            activations.AssertGuardsStand();
        }
    }

    [Fact]
    public void A_loss_has_the_same_bits_in_every_width()
    {
        var numbers = new TestNumbers(1);
        using var activations = new GuardedBlock(alignment: 1);
        var offsets = new LossOffsets
        {
            Targets = activations.Take(1_001, ref numbers, 3),
            Predictions = activations.Take(1_001, ref numbers, 3),
            Gradient = -1,
            Weights = -1,
        };
        var sums = CpuBackends.Widths.Select(bits => CpuBackends
            .Cpu(bits, new HostBlocks<float> { Parameters = null, Activations = activations.Pointer })
            .ElementwiseLoss(default(AbsoluteError), offsets, 7, 143, scale: 1));
        Assert.Single(sums.Distinct());
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void An_update_has_the_same_bits_wherever_it_is_cut(int bits)
    {
        var whole = Update(bits, 0, 100);
        Assert.Equal(whole, Update(bits, 0, 1, 3, 20, 37, 77, 100));
        Assert.Equal(whole, Update(128, 0, 50, 100));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void An_update_follows_its_rule_and_touches_nothing_else(int bits)
    {
        var before = Update(bits, 0, 0);
        var after = Update(bits, 10, 47);
        for (var i = 0; i < 100; i++)
        {
            var (weight, gradient, first, second) = (Value(before, 0, i), Value(before, 1, i), Value(before, 2, i), Value(before, 3, i));
            if (i is >= 10 and < 47)
            {
                first = (first * 0.5f) + gradient;
                second += gradient * gradient;
                weight -= first;
            }
            Assert.Equal(gradient, Value(after, 1, i));
            Assert.Equal(first, Value(after, 2, i), 1e-6f);
            Assert.Equal(second, Value(after, 3, i), 1e-6f);
            Assert.Equal(weight, Value(after, 0, i), 1e-6f);
        }

        static float Value(int[] state, int block, int i) => BitConverter.Int32BitsToSingle(state[(block * 100) + i]);
    }

    /// <summary>Weights, gradients and two slots of 100 values after updates of the stretches between the cuts, as bits.</summary>
    private static int[] Update(int bits, params ReadOnlySpan<int> cuts)
    {
        var numbers = new TestNumbers(9);
        using var parameters = new GuardedBlock(alignment: 16);
        using var gradients = new GuardedBlock(alignment: 16);
        using var slots = new GuardedBlock(alignment: 16);
        var weights = parameters.Take(100, ref numbers, 1);
        var gradient = gradients.Take(100, ref numbers, 1);
        var slot = slots.Take(200, ref numbers, 1);
        var backend = CpuBackends.Cpu(bits, new HostBlocks<float>
        {
            Parameters = parameters.Pointer + weights,
            Gradients = gradients.Pointer + gradient,
            Slots = slots.Pointer + slot,
            ParameterFloats = 100,
        });
        for (var i = 1; i < cuts.Length; i++) backend.Update(new TestRule(), 0, cuts[i - 1], cuts[i]);
        parameters.AssertGuardsStand();
        gradients.AssertGuardsStand();
        slots.AssertGuardsStand();
        return [.. MemoryMarshal.Cast<float, int>(parameters[weights, 100]),
            .. MemoryMarshal.Cast<float, int>(gradients[gradient, 100]), .. MemoryMarshal.Cast<float, int>(slots[slot, 200])];
    }

    private readonly struct TestRule : IUpdateRule
    {
        public static int SlotCount => 2;

        public static bool WritesGradient => false;

        public void Update<TLanes>(ref TLanes weight, ref TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : unmanaged, ILanes<TLanes>
        {
            slot0 = TLanes.MultiplyAdd(slot0, TLanes.Constant(0.5), gradient);
            slot1 = TLanes.MultiplyAdd(gradient, gradient, slot1);
            weight -= slot0;
        }
    }
}
