using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>A layer that maps each feature by two numbers, as <see cref="AffineKernel{T}"/> does.</summary>
internal struct AffineArguments
{
    public ArrayView<float> Source;
    public ArrayView<float> Destination;
    public ArrayView<float> Mean;
    public ArrayView<float> Variance;

    /// <summary>Whether factors and addends are weights.</summary>
    public int HasWeights;

    public int Length;

    /// <summary>A feature's factor.</summary>
    public readonly DeviceLane FactorOf<TShape>(int unit) where TShape : struct, IAffineShape
    {
        var factor = new DeviceLane(HasWeights != 0 ? Variance[TShape.SharesWeights ? 0 : unit] : TShape.Factor(unit));
        return AffineFormulas.Factor(factor, TShape.TakesVariances);
    }

    /// <summary>A feature's addend.</summary>
    public readonly DeviceLane AddendOf<TShape>(int unit) where TShape : struct, IAffineShape =>
        new(HasWeights != 0 ? Mean[TShape.SharesWeights ? 0 : unit] : TShape.Addend(unit));
}

/// <summary>y from x. A thread has a value.</summary>
internal readonly struct AffineForwardKernel<TShape> : IDeviceKernel<AffineArguments> where TShape : struct, IAffineShape
{
    public static void Run(AffineArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Length; index += GridLoop.Step)
        {
            var unit = index % TShape.Units;
            var x = new DeviceLane(arguments.Source[index]);
            var (factor, addend) = (arguments.FactorOf<TShape>(unit), arguments.AddendOf<TShape>(unit));
            arguments.Destination[index] = AffineFormulas.Forward(x, factor, addend, TShape.Divides).Value;
        }
    }
}

/// <summary>dx from dy. A thread has a value.</summary>
internal readonly struct AffineBackwardKernel<TShape> : IDeviceKernel<AffineArguments> where TShape : struct, IAffineShape
{
    public static void Run(AffineArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Length; index += GridLoop.Step)
        {
            var received = new DeviceLane(arguments.Source[index]);
            arguments.Destination[index] =
                AffineFormulas.Backward(received, arguments.FactorOf<TShape>(index % TShape.Units), TShape.Divides).Value;
        }
    }
}
