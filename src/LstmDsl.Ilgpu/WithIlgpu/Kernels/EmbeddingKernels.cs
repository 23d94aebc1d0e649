using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>An embedding over rows: whole numbers, which have been checked, and the vectors that belong to them.</summary>
internal struct EmbeddingArguments
{
    public ArrayView<float> Input;
    public ArrayView<float> Embeddings;
    public ArrayView<float> Output;
    public ArrayView<float> Mask;
    public ArrayView<float> OutputGradient;
    public ArrayView<float> Gradient;
    public int HasMask;
    public int Rows;
}

/// <summary>y = E[x]; m is 0 where x is 0, else 1.</summary>
internal readonly struct EmbeddingForwardKernel<TShape> : IDeviceKernel<EmbeddingArguments> where TShape : struct, IEmbeddingShape
{
    public static void Run(EmbeddingArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Rows * TShape.Units; index += GridLoop.Step)
        {
            var (row, unit) = (index / TShape.Units, index % TShape.Units);
            var number = (int)arguments.Input[row];
            arguments.Output[index] = arguments.Embeddings[(number * TShape.Units) + unit];
            if (arguments.HasMask != 0 && unit == 0)
                arguments.Mask[row] = number == 0 ? 0 : 1;
        }
    }
}

/// <summary>dE[x] += dy; a thread has a number of the vectors, and looks for its rows in order, so that none meets another.</summary>
internal readonly struct EmbeddingGradientKernel<TShape> : IDeviceKernel<EmbeddingArguments> where TShape : struct, IEmbeddingShape
{
    public static void Run(EmbeddingArguments arguments)
    {
        for (var index = GridLoop.First; index < TShape.Inputs * TShape.Units; index += GridLoop.Step)
        {
            var (number, unit) = (index / TShape.Units, index % TShape.Units);
            var sum = arguments.Gradient[index];
            for (var row = 0; row < arguments.Rows; row++)
            {
                if ((int)arguments.Input[row] == number)
                    sum += arguments.OutputGradient[(row * TShape.Units) + unit];
            }

            arguments.Gradient[index] = sum;
        }
    }
}
