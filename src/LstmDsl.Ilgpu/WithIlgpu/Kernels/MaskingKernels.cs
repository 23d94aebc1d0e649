using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Rows (timesteps, n, u) and which of them are no padding.</summary>
internal struct MaskingArguments
{
    public ArrayView<float> Input;
    public ArrayView<float> Mask;
    public ArrayView<float> Output;
    public int Rows;
}

/// <summary>m is 0 where all of a row of x equal the mask value, else 1; y = m·x. A thread has a row.</summary>
internal readonly struct MaskingForwardKernel<TShape> : IDeviceKernel<MaskingArguments> where TShape : struct, IMaskingShape
{
    public static void Run(MaskingArguments arguments)
    {
        for (var row = GridLoop.First; row < arguments.Rows; row += GridLoop.Step)
        {
            var values = DeviceNumbers.Row(arguments.Input, row * TShape.Units, TShape.Units);
            var mask = MaskingFormulas.Mask<DeviceNumbers, DeviceLane>(values, TShape.MaskValue).Value;
            arguments.Mask[row] = mask;
            for (var index = row * TShape.Units; index < (row + 1) * TShape.Units; index++)
                arguments.Output[index] = mask * arguments.Input[index];
        }
    }
}
