using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>What a layer's dropout draws, in the words of <see cref="DropoutDraws"/>.</summary>
internal struct DeviceDraws
{
    public DropoutDraws Draws;
    public ulong Threshold;
    public float Scale;
    public int Layer;

    /// <summary>Whether a unit of a sample is kept.</summary>
    public readonly bool Keeps(int sample, int gate, int unit) =>
        Draws.Keeps(sample, Layer, gate, unit, Threshold);
}

/// <summary>Numbers (T, n, u) that are dropped.</summary>
internal struct DropoutArguments
{
    public ArrayView<float> Source;
    public ArrayView<float> Destination;
    public DeviceDraws Draws;
    public int Samples;
    public int Length;

    /// <summary>Whether the destination is added to.</summary>
    public int Adds;
}

/// <summary>destination = m · source, with the masks of <see cref="DropoutKernel{T}"/>, bit by bit.</summary>
internal readonly struct DeviceDropoutKernel<TShape> : IDeviceKernel<DropoutArguments> where TShape : struct, IDropoutShape
{
    public static void Run(DropoutArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Length; index += GridLoop.Step)
        {
            var row = index / TShape.Units;
            var counted = DropoutDraws.Counted(row / arguments.Samples, index % TShape.Units, TShape.Units, TShape.SameOverTime);
            // What is dropped may be infinite.
            var keeps = arguments.Draws.Keeps(row % arguments.Samples, gate: 0, counted);
            var value = keeps ? arguments.Draws.Scale * arguments.Source[index] : 0;
            arguments.Destination[index] = arguments.Adds != 0 ? arguments.Destination[index] + value : value;
        }
    }
}

/// <summary>Masks of a recurrent layer, (gates, n, u).</summary>
internal struct DropoutMaskArguments
{
    public ArrayView<float> Masks;
    public DeviceDraws Draws;

    /// <summary>What the first gate is counted as.</summary>
    public int FirstGate;

    public int Samples;
    public int Units;
    public int Length;
}

/// <summary>Draws masks; with a rate of 0 they are ones.</summary>
internal readonly struct DropoutMaskKernel : IDeviceKernel<DropoutMaskArguments>
{
    public static void Run(DropoutMaskArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Length; index += GridLoop.Step)
        {
            var row = index / arguments.Units;
            var gate = arguments.FirstGate + (row / arguments.Samples);
            var keeps = arguments.Draws.Keeps(row % arguments.Samples, gate, index % arguments.Units);
            arguments.Masks[index] = keeps ? arguments.Draws.Scale : 0;
        }
    }
}

/// <summary>Numbers and the masks they are multiplied with: one for each, or for rows; over again at each timestep.</summary>
internal struct MaskProductArguments
{
    public ArrayView<float> Source;
    public ArrayView<float> Masks;
    public ArrayView<float> Destination;
    public int Length;

    /// <summary>Masks after which the first comes again.</summary>
    public int Period;

    /// <summary>Numbers that share a mask.</summary>
    public int Repeats;

    /// <summary>Whether the destination is added to.</summary>
    public int Adds;
}

/// <summary>destination = m · source.</summary>
internal readonly struct MaskProductKernel : IDeviceKernel<MaskProductArguments>
{
    public static void Run(MaskProductArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Length; index += GridLoop.Step)
        {
            var value = arguments.Masks[index / arguments.Repeats % arguments.Period] * arguments.Source[index];
            arguments.Destination[index] = arguments.Adds != 0 ? arguments.Destination[index] + value : value;
        }
    }
}
