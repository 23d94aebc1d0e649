using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Adds up in double what the threads of a group bring, always in the same order.</summary>
internal static class GroupSum
{
    /// <summary>Threads of a group at most; a power of two.</summary>
    public const int Threads = 256;

    /// <summary>Groups of a sum at most.</summary>
    public const int Groups = 64;

    /// <summary>
    /// Halves are added until one number is left, which goes to the group's place. The last group adds those of all, in order, to a total,
    /// unless somebody waits for them.
    /// </summary>
    public static void Write(SumPlaces places, double value)
    {
        var sums = SharedMemory.Allocate1D<double, Stride1D.Dense>(Threads, default);
        sums[Group.IdxX] = value;
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            DeviceIntrinsics.Synchronize();
            if (Group.IdxX < half)
                sums[Group.IdxX] += sums[Group.IdxX + half];
        }

        if (Group.IdxX != 0)
            return;
        places.Partials[Grid.IdxX] = sums[0];
        if (places.IsWaitedFor != 0 || !Arrival.IsLastThread(places.Counters, 0, Grid.DimX))
            return;
        var sum = 0.0;
        for (var group = 0; group < Grid.DimX; group++)
            sum += places.Partials[group];
        places.Totals[places.Index] += places.Factor * sum;
    }
}

/// <summary>Where the sums of a launch's groups go, and the total they belong to.</summary>
internal struct SumPlaces
{
    public ArrayView<double> Partials;
    public ArrayView<double> Totals;
    public ArrayView<int> Counters;
    public int Index;
    public double Factor;

    /// <summary>Whether the groups' sums are all that is asked for.</summary>
    public int IsWaitedFor;
}

/// <summary>What numbers cost by a regulariser.</summary>
internal struct PenaltyArguments
{
    public ArrayView<float> Numbers;
    public ArrayView<float> Gradient;
    public SumPlaces Sums;
    public Regularizer Regularizer;
    public int HasGradient;
    public int Length;
    public float Scale;
}

/// <summary>Σ of what numbers cost; its derivative times the scale is added to their gradient.</summary>
internal readonly struct PenaltySumKernel : IDeviceKernel<PenaltyArguments>
{
    public static void Run(PenaltyArguments arguments)
    {
        var formulas = new PenaltyFormulas<DeviceLane>(arguments.Regularizer);
        var sum = 0.0;
        for (var index = GridLoop.First; index < arguments.Length; index += GridLoop.Step)
        {
            var number = new DeviceLane(arguments.Numbers[index]);
            sum += formulas.Value(number).Value;
            if (arguments.HasGradient != 0)
                arguments.Gradient[index] += formulas.Derivative(number).Value * arguments.Scale;
        }

        GroupSum.Write(arguments.Sums, sum);
    }
}

/// <summary>Numbers whose squares are summed.</summary>
internal struct SquaresArguments
{
    public ArrayView<float> Numbers;
    public SumPlaces Sums;
    public int Length;
}

/// <summary>Σ x².</summary>
internal readonly struct SquaresSumKernel : IDeviceKernel<SquaresArguments>
{
    public static void Run(SquaresArguments arguments)
    {
        var sum = 0.0;
        for (var index = GridLoop.First; index < arguments.Length; index += GridLoop.Step)
            sum += arguments.Numbers[index] * arguments.Numbers[index];
        GroupSum.Write(arguments.Sums, sum);
    }
}
