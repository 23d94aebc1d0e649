using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

public unsafe class LanesTests
{
    [Fact]
    public void One_to_three_floats_are_read_and_written_without_their_neighbours()
    {
        ReadAndWrite<FewLanes<One>>();
        ReadAndWrite<FewLanes<Two>>();
        ReadAndWrite<FewLanes<Three>>();

        static void ReadAndWrite<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var source = stackalloc float[] { 1, 2, 3, 4 };
            var lanes = TLanes.Load(source);
            var vector = Unsafe.BitCast<TLanes, Vector128<float>>(lanes);
            for (var lane = 0; lane < 4; lane++) Assert.Equal(lane < TLanes.Count ? lane + 1 : 0, vector[lane]);

            var destination = stackalloc float[] { -1, -2, -3, -4 };
            TLanes.Store(lanes, destination);
            for (var i = 0; i < 4; i++) Assert.Equal(i < TLanes.Count ? i + 1 : -i - 1, destination[i]);
        }
    }

    [Fact]
    public void A_sum_counts_every_lane_once_and_no_idle_one()
    {
        AssertSum<FewLanes<One>>();
        AssertSum<FewLanes<Two>>();
        AssertSum<FewLanes<Three>>();
        AssertSum<Lanes128>();
        AssertSum<Lanes256>();
        AssertSum<Lanes512>();

        static void AssertSum<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var values = stackalloc float[16];
            for (var i = 0; i < 16; i++) values[i] = 1 << i;
            Assert.Equal((1 << TLanes.Count) - 1, TLanes.Sum(TLanes.Load(values)));
            Assert.Equal(TLanes.Count, TLanes.Sum(TLanes.Broadcast(1)));
        }
    }

    [Fact]
    public void Operations_are_those_of_single_floats()
    {
        AssertOperations<FewLanes<One>>();
        AssertOperations<FewLanes<Three>>();
        AssertOperations<Lanes128>();
        AssertOperations<Lanes256>();
        AssertOperations<Lanes512>();

        static void AssertOperations<TLanes>() where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            float[] values = [0, -0f, 1, -1.5f, 3.25f, 1e30f, float.PositiveInfinity, float.NaN];
            foreach (var x in values)
            {
                foreach (var y in values)
                {
                    var (left, right) = (TLanes.Broadcast(x), TLanes.Broadcast(y));
                    AssertAll(x + y, left + right);
                    AssertAll(x - y, left - right);
                    AssertAll(x * y, left * right);
                    AssertAll(x / y, left / right);
                    AssertAll(MathF.FusedMultiplyAdd(x, y, 0.1f), TLanes.MultiplyAdd(left, right, TLanes.Constant(0.1)));
                    AssertAll(MathF.Min(x, y), TLanes.Min(left, right));
                    AssertAll(MathF.Max(x, y), TLanes.Max(left, right));
                    AssertAll(MathF.Abs(x), TLanes.Abs(left));
                    AssertAll(MathF.Sqrt(x), TLanes.Sqrt(left));
                    AssertAll(MathF.CopySign(1, x), TLanes.CopySign(TLanes.Constant(1), left));
                    AssertAll(x > 0 ? 7 : y, TLanes.WherePositive(left, TLanes.Constant(7), right));
                    AssertAll(x > y ? 7 : 8, TLanes.WhereGreater(left, right, TLanes.Constant(7), TLanes.Constant(8)));
                }
            }
        }

        static void AssertAll<TLanes>(float expected, TLanes lanes) where TLanes : unmanaged, IVectorLanes<TLanes>
        {
            var values = stackalloc float[TLanes.Count];
            TLanes.Store(lanes, values);
            for (var lane = 0; lane < TLanes.Count; lane++) Assert.Equal(expected, values[lane]);
        }
    }
}
