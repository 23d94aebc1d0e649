using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Two outputs over rows, and what is made of them.</summary>
internal struct CombinationArguments
{
    public ArrayView<float> First;
    public ArrayView<float> Second;
    public ArrayView<float> Output;
    public ArrayView<float> OutputGradient;
    public ArrayView<float> FirstGradient;
    public ArrayView<float> SecondGradient;
    public ArrayView<float> FirstMask;
    public ArrayView<float> SecondMask;
    public int Rows;
    public int FirstIsOnes;
    public int SecondIsOnes;
    public int HasFirstGradient;
    public int HasSecondGradient;
}

/// <summary>Where values of a row lie in the output of two that are laid side by side.</summary>
internal static class CombinedPlaces
{
    /// <summary>Of a value of the first.</summary>
    public static int First<TShape>(int index) where TShape : struct, ICombineShape => TShape.Combination == Combination.Append
        ? index
        : (index / TShape.FirstUnits * (TShape.FirstUnits + TShape.SecondUnits)) + (index % TShape.FirstUnits);

    /// <summary>Of a value of the second.</summary>
    public static int Second<TShape>(int index, int rows) where TShape : struct, ICombineShape => TShape.Combination == Combination.Append
        ? (rows * TShape.FirstUnits) + index
        : (index / TShape.SecondUnits * (TShape.FirstUnits + TShape.SecondUnits)) + TShape.FirstUnits + (index % TShape.SecondUnits);
}

/// <summary>y from a and b, side by side.</summary>
internal readonly struct SideBySideKernel<TShape> : IDeviceKernel<CombinationArguments> where TShape : struct, ICombineShape
{
    public static void Run(CombinationArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Rows * TShape.FirstUnits; index += GridLoop.Step)
            arguments.Output[CombinedPlaces.First<TShape>(index)] = arguments.FirstIsOnes != 0 ? 1 : arguments.First[index];
        for (var index = GridLoop.First; index < arguments.Rows * TShape.SecondUnits; index += GridLoop.Step)
            arguments.Output[CombinedPlaces.Second<TShape>(index, arguments.Rows)] = arguments.SecondIsOnes != 0 ? 1 : arguments.Second[index];
    }
}

/// <summary>da and db from dy.</summary>
internal readonly struct SideBySideBackwardKernel<TShape> : IDeviceKernel<CombinationArguments> where TShape : struct, ICombineShape
{
    public static void Run(CombinationArguments arguments)
    {
        if (arguments.HasFirstGradient != 0)
        {
            for (var index = GridLoop.First; index < arguments.Rows * TShape.FirstUnits; index += GridLoop.Step)
            {
                var received = arguments.OutputGradient[CombinedPlaces.First<TShape>(index)];
                arguments.FirstGradient[index] = TShape.AddsInputGradient ? arguments.FirstGradient[index] + received : received;
            }
        }

        if (arguments.HasSecondGradient != 0)
        {
            for (var index = GridLoop.First; index < arguments.Rows * TShape.SecondUnits; index += GridLoop.Step)
            {
                var received = arguments.OutputGradient[CombinedPlaces.Second<TShape>(index, arguments.Rows)];
                arguments.SecondGradient[index] = TShape.AddsSecondGradient ? arguments.SecondGradient[index] + received : received;
            }
        }
    }
}

/// <summary>Which rows of two outputs are more than padding.</summary>
internal static class CountedRows
{
    /// <summary>Of the row in which a value lies.</summary>
    public static CombinedRows At<TShape>(CombinationArguments arguments, int index) where TShape : struct, ICombineShape
    {
        var row = index / TShape.FirstUnits;
        var first = !TShape.FirstIsMasked || arguments.FirstMask[row] != 0;
        var second = !TShape.SecondIsMasked || arguments.SecondMask[row] != 0;
        return TShape.FirstIsMasked || TShape.SecondIsMasked ? CombineFormulas.Rows<TShape>(first, second) : CombinedRows.Both;
    }
}

/// <summary>y from a and b, number by number.</summary>
internal readonly struct CombinationForwardKernel<TShape> : IDeviceKernel<CombinationArguments> where TShape : struct, ICombineShape
{
    public static void Run(CombinationArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Rows * TShape.FirstUnits; index += GridLoop.Step)
        {
            var (first, second) = (new DeviceLane(arguments.First[index]), new DeviceLane(arguments.Second[index]));
            var counts = CountedRows.At<TShape>(arguments, index);
            arguments.Output[index] = counts == CombinedRows.Both ? CombineFormulas.Forward<TShape, DeviceLane>(first, second).Value
                : counts == CombinedRows.First ? first.Value
                : counts == CombinedRows.Second ? second.Value
                : 0;
        }
    }
}

/// <summary>da and db from dy, number by number.</summary>
internal readonly struct CombinationBackwardKernel<TShape> : IDeviceKernel<CombinationArguments> where TShape : struct, ICombineShape
{
    public static void Run(CombinationArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Rows * TShape.FirstUnits; index += GridLoop.Step)
        {
            var received = new DeviceLane(arguments.OutputGradient[index]);
            var (first, second) = (new DeviceLane(arguments.First[index]), new DeviceLane(arguments.Second[index]));
            var counts = CountedRows.At<TShape>(arguments, index);
            if (arguments.HasFirstGradient != 0)
            {
                var gradient = counts == CombinedRows.Both ? CombineFormulas.BackwardFirst<TShape, DeviceLane>(received, first, second).Value
                    : counts == CombinedRows.First ? received.Value
                    : 0;
                arguments.FirstGradient[index] = TShape.AddsInputGradient ? arguments.FirstGradient[index] + gradient : gradient;
            }

            if (arguments.HasSecondGradient != 0)
            {
                var gradient = counts == CombinedRows.Both ? CombineFormulas.BackwardSecond<TShape, DeviceLane>(received, first, second).Value
                    : counts == CombinedRows.Second ? received.Value
                    : 0;
                arguments.SecondGradient[index] = TShape.AddsSecondGradient ? arguments.SecondGradient[index] + gradient : gradient;
            }
        }
    }
}

/// <summary>Values in another order.</summary>
internal struct RearrangementArguments
{
    public ArrayView<float> Input;
    public ArrayView<float> Output;
    public int Samples;
}

/// <summary>y from x.</summary>
internal readonly struct RearrangementKernel<TShape> : IDeviceKernel<RearrangementArguments> where TShape : struct, IRearrangeShape
{
    public static void Run(RearrangementArguments arguments)
    {
        var width = arguments.Samples * TShape.Units;
        for (var index = GridLoop.First; index < TShape.OutputTimesteps * width; index += GridLoop.Step)
        {
            var (t, rest) = (index / width, index % width);
            var place = RearrangeFormulas.Place<TShape>(t, rest / TShape.Units, arguments.Samples, rest % TShape.Units);
            arguments.Output[index] = arguments.Input[place];
        }
    }
}

/// <summary>dx from dy, which lies in <see cref="RearrangementArguments.Output"/>.</summary>
internal readonly struct RearrangementBackwardKernel<TShape> : IDeviceKernel<RearrangementArguments> where TShape : struct, IRearrangeShape
{
    public static void Run(RearrangementArguments arguments)
    {
        var width = arguments.Samples * TShape.Units;
        for (var index = GridLoop.First; index < TShape.OutputTimesteps * width; index += GridLoop.Step)
        {
            var (t, rest) = (index / width, index % width);
            var place = RearrangeFormulas.Place<TShape>(t, rest / TShape.Units, arguments.Samples, rest % TShape.Units);
            var received = arguments.Output[index];
            arguments.Input[place] = TShape.AddsInputGradient ? arguments.Input[place] + received : received;
        }
    }
}

/// <summary>A gradient that is added to another.</summary>
internal struct GradientSumArguments
{
    public ArrayView<float> From;
    public ArrayView<float> To;
    public int Length;
}

/// <summary>Adds it.</summary>
internal readonly struct GradientSumKernel : IDeviceKernel<GradientSumArguments>
{
    public static void Run(GradientSumArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Length; index += GridLoop.Step)
            arguments.To[index] = arguments.To[index] + arguments.From[index];
    }
}
