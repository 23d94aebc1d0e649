using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>dz of a dense layer in the place of dy.</summary>
internal struct DenseBackwardArguments
{
    public ArrayView<float> Output;
    public ArrayView<float> OutputGradient;
    public int Length;
}

/// <summary>dz = dy · φ′, from y; an activation whose derivative needs its input is a layer of its own.</summary>
internal readonly struct DenseBackwardKernel<TShape> : IDeviceKernel<DenseBackwardArguments> where TShape : struct, IDenseShape
{
    public static void Run(DenseBackwardArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Length; index += GridLoop.Step)
        {
            var derivative = Activations.Derivative(TShape.Activation, new DeviceLane(arguments.Output[index]));
            arguments.OutputGradient[index] *= derivative.Value;
        }
    }
}

/// <summary>What becomes zeros.</summary>
internal struct ClearArguments<T> where T : unmanaged
{
    public ArrayView<T> View;
    public int Length;
}

/// <summary>view = 0.</summary>
internal readonly struct ClearKernel<T> : IDeviceKernel<ClearArguments<T>> where T : unmanaged
{
    public static void Run(ClearArguments<T> arguments)
    {
        for (var index = GridLoop.First; index < arguments.Length; index += GridLoop.Step)
            arguments.View[index] = default;
    }
}

/// <summary>A matrix (rows, columns), and where another form of it goes.</summary>
internal struct RearrangeArguments
{
    public ArrayView<float> Source;
    public ArrayView<float> Destination;
    public int Rows;
    public int Columns;

    /// <summary>Whether the destination is added to.</summary>
    public int Adds;
}

/// <summary>destination (columns, rows) = sourceᵀ.</summary>
internal readonly struct TransposeKernel : IDeviceKernel<RearrangeArguments>
{
    public static void Run(RearrangeArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Rows * arguments.Columns; index += GridLoop.Step)
            arguments.Destination[index] = arguments.Source[(index % arguments.Rows * arguments.Columns) + (index / arguments.Rows)];
    }
}

/// <summary>A recurrent kernel (units, gates · units), and where it goes with the gates of a unit side by side.</summary>
internal struct InterleaveArguments
{
    public ArrayView<float> Source;
    public ArrayView<float> Destination;
    public int Units;
    public int Gates;
}

/// <summary>destination (units, units, 4) = source, and zeros for gates that are not there.</summary>
internal readonly struct InterleaveKernel : IDeviceKernel<InterleaveArguments>
{
    public static void Run(InterleaveArguments arguments)
    {
        for (var index = GridLoop.First; index < 4 * arguments.Units * arguments.Units; index += GridLoop.Step)
        {
            var (gate, place) = (index & 3, index >> 2);
            var (row, unit) = (place / arguments.Units, place % arguments.Units);
            var value = 0f;
            if (gate < arguments.Gates)
                value = arguments.Source[(((row * arguments.Gates) + gate) * arguments.Units) + unit];
            arguments.Destination[index] = value;
        }
    }
}

/// <summary>destination: the rows of the source from the last to the first, a row being a timestep of all samples.</summary>
internal readonly struct ReverseKernel : IDeviceKernel<RearrangeArguments>
{
    public static void Run(RearrangeArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Rows * arguments.Columns; index += GridLoop.Step)
        {
            var row = arguments.Rows - 1 - (index / arguments.Columns);
            var value = arguments.Source[(row * arguments.Columns) + (index % arguments.Columns)];
            arguments.Destination[index] = arguments.Adds != 0 ? arguments.Destination[index] + value : value;
        }
    }
}

/// <summary>A stretch of the parameter block, of its gradient and of the rule's slots.</summary>
internal struct UpdateArguments<TRule> where TRule : struct, IUpdateRule
{
    public ArrayView<float> Weights;
    public ArrayView<float> Gradients;
    public ArrayView<float> Slot0;
    public ArrayView<float> Slot1;
    public ArrayView<float> Slot2;
    public TRule Rule;
    public int From;
    public int To;
}

/// <summary>A rule of an optimizer's step.</summary>
internal readonly struct DeviceUpdateKernel<TRule> : IDeviceKernel<UpdateArguments<TRule>> where TRule : struct, IUpdateRule
{
    public static void Run(UpdateArguments<TRule> arguments)
    {
        for (var index = arguments.From + GridLoop.First; index < arguments.To; index += GridLoop.Step)
        {
            var weight = new DeviceLane(arguments.Weights[index]);
            var gradient = new DeviceLane(arguments.Gradients[index]);
            var (slot0, slot1, slot2) = (DeviceLane.Zero, DeviceLane.Zero, DeviceLane.Zero);
            if (TRule.SlotCount > 0)
                slot0 = new DeviceLane(arguments.Slot0[index]);
            if (TRule.SlotCount > 1)
                slot1 = new DeviceLane(arguments.Slot1[index]);
            if (TRule.SlotCount > 2)
                slot2 = new DeviceLane(arguments.Slot2[index]);
            arguments.Rule.Update(ref weight, ref gradient, ref slot0, ref slot1, ref slot2);
            arguments.Weights[index] = weight.Value;
            if (TRule.WritesGradient)
                arguments.Gradients[index] = gradient.Value;
            if (TRule.SlotCount > 0)
                arguments.Slot0[index] = slot0.Value;
            if (TRule.SlotCount > 1)
                arguments.Slot1[index] = slot1.Value;
            if (TRule.SlotCount > 2)
                arguments.Slot2[index] = slot2.Value;
        }
    }
}
