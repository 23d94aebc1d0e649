using System.Runtime.InteropServices;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

public unsafe class VectorMathTests
{
    /// <summary>A prime stride over all bit patterns: 4.2 million of them, spread over every exponent and both signs.</summary>
    private const uint Stride = 1_009;

    public enum Function
    {
        Exp,
        Tanh,
        Sigmoid,
        ExpMinusOne,
        Erf,
        Log,
        LogOnePlus,
    }

    public static TheoryData<Function, int> Cases
    {
        get
        {
            var data = new TheoryData<Function, int>();
            foreach (var function in Enum.GetValues<Function>())
            {
                foreach (var bits in new[] { 128, 256, 512 }) data.Add(function, bits);
            }
            return data;
        }
    }

    /// <summary>All but the logarithm, which is asked for numbers from 0 to 1 alone.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Within_4_ulp_over_the_whole_finite_range(Function function, int bits)
    {
        var input = new float[4_096];
        var output = new float[input.Length];
        var narrow = new float[input.Length];
        var (worst, worstAt) = (0.0, 0f);
        for (ulong pattern = 0; pattern <= uint.MaxValue;)
        {
            var count = 0;
            for (; count < input.Length && pattern <= uint.MaxValue; pattern += Stride)
            {
                var x = BitConverter.UInt32BitsToSingle((uint)pattern);
                if (float.IsFinite(x)) input[count++] = x;
            }
            Apply(function, bits, input, output, count);

            // Every width gives the bits of a single lane; so neither the width nor the place within a vector matters.
            Apply(function, 1, input, narrow, count);
            Assert.True(Bits(output, count).SequenceEqual(Bits(narrow, count)), $"{bits} bits differ from one lane");

            for (var i = 0; i < count; i++)
            {
                var exact = Exact(function, input[i]);
                var ulp = Error(output[i], exact);
                if (ulp > worst) (worst, worstAt) = (ulp, input[i]);
            }
        }
        Assert.True(worst <= 4, $"{function} is {worst:0.00} ulp off at {worstAt:R}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Limits_and_special_values(Function function, int bits)
    {
        const float Infinity = float.PositiveInfinity;
        float[] input = [float.NaN, Infinity, -Infinity, 0, -0f, float.MaxValue, float.MinValue, 88.8f, -104.5f, float.Epsilon];
        float[] expected = function switch
        {
            Function.Exp => [float.NaN, Infinity, 0, 1, 1, Infinity, 0, Infinity, 0, 1],
            Function.Tanh => [float.NaN, 1, -1, 0, -0f, 1, -1, 1, -1, float.Epsilon],
            Function.ExpMinusOne => [float.NaN, Infinity, -1, 0, 0, Infinity, -1, Infinity, -1, 0],
            Function.Erf => [float.NaN, 1, -1, 0, -0f, 1, -1, 1, -1, float.Epsilon],
            Function.Log =>
            [
                float.NaN, Infinity, float.NaN, -Infinity, -Infinity, 88.72284f, float.NaN, 4.486387f, float.NaN, -103.27893f,
            ],
            Function.LogOnePlus =>
            [
                float.NaN, Infinity, float.NaN, 0, 0, 88.72284f, float.NaN, 4.497585f, float.NaN, float.Epsilon,
            ],
            _ => [float.NaN, 1, 0, 0.5f, 0.5f, 1, 0, 1, 0, 0.5f],
        };
        var output = new float[input.Length];
        Apply(function, bits, input, output, input.Length);
        for (var i = 0; i < input.Length; i++)
        {
            // Tells 0 from −0, and takes one NaN for another.
            var sameSign = float.IsNaN(expected[i]) || float.IsNegative(expected[i]) == float.IsNegative(output[i]);
            Assert.True(expected[i].Equals(output[i]) && sameSign, $"{function}({input[i]:R}) is {output[i]:R}, not {expected[i]:R}");
        }
    }

    [Fact]
    public void Subnormal_exponentials_round_to_a_neighbour()
    {
        var input = new float[2_000];
        for (var i = 0; i < input.Length; i++) input[i] = -87.2f - (i * 0.0085f);
        var output = new float[input.Length];
        Apply(Function.Exp, 256, input, output, input.Length);
        for (var i = 0; i < input.Length; i++)
        {
            Assert.InRange(Math.Abs(output[i] - Math.Exp(input[i])), 0, 2 * float.Epsilon);
        }
    }

    private static ReadOnlySpan<int> Bits(float[] values, int count) => MemoryMarshal.Cast<float, int>(values.AsSpan(0, count));

    private static double Exact(Function function, double x) => function switch
    {
        Function.Exp => Math.Exp(x),
        Function.Tanh => Math.Tanh(x),
        Function.ExpMinusOne => Scalar<double>.ExpMinusOne(x).Value,
        Function.Erf => ErrorFunction.Value(x),
        Function.Log => Math.Log(x),
        // Below 1e-5 the series, since 1 + x would round.
        Function.LogOnePlus => Math.Abs(x) < 1e-5 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x),
        _ => 1 / (1 + Math.Exp(-x)),
    };

    /// <summary>Distance in the exact value's last place; 0 where that is subnormal or beyond the floats and the result agrees.</summary>
    private static double Error(float value, double exact)
    {
        if (double.IsNaN(exact)) return float.IsNaN(value) ? 0 : double.PositiveInfinity;
        if (double.IsInfinity(exact)) return value == exact ? 0 : double.PositiveInfinity;
        var magnitude = Math.Abs(exact);
        if (magnitude < 1.17549435e-38) return Math.Abs(value) < 1.18e-38 ? 0 : double.PositiveInfinity;
        if ((float)magnitude > float.MaxValue) return float.IsPositiveInfinity(value) ? 0 : double.PositiveInfinity;
        return Math.Abs(value - exact) / Math.ScaleB(1, Math.ILogB(magnitude) - 23);
    }

    private static void Apply(Function function, int bits, float[] input, float[] output, int count)
    {
        fixed (float* source = input)
        fixed (float* destination = output)
        {
            switch (bits)
            {
                case 1: Apply<FewLanes<One>>(function, source, destination, count); break;
                case 128: Apply<Lanes128>(function, source, destination, count); break;
                case 256: Apply<Lanes256>(function, source, destination, count); break;
                default: Apply<Lanes512>(function, source, destination, count); break;
            }
        }
    }

    private static void Apply<TLanes>(Function function, float* source, float* destination, int count)
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var step = new FunctionStep(function, source, destination);
        ColumnSweep.Run<TLanes, FunctionStep>(ref step, 0, count);
    }

    private readonly struct FunctionStep(Function function, float* source, float* destination) : IColumnStep
    {
        public void Step<TLanes>(int column) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var x = TLanes.Load(source + column);
            var y = function switch
            {
                Function.Exp => TLanes.Exp(x),
                Function.Tanh => TLanes.Tanh(x),
                Function.ExpMinusOne => TLanes.ExpMinusOne(x),
                Function.Erf => TLanes.Erf(x),
                Function.Log => TLanes.Log(x),
                Function.LogOnePlus => TLanes.LogOnePlus(x),
                _ => TLanes.Sigmoid(x),
            };
            TLanes.Store(y, destination + column);
        }
    }
}
