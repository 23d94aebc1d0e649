using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>The dense layer in plain loops: y = φ(x·W + b), x (rows, F), W (F, u), y (rows, u).</summary>
internal static unsafe class ReferenceDense<T, TShape>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TShape : struct, IDenseShape
{
    /// <summary>x → y.</summary>
    public static void Forward(in HostBlocks<T> blocks, in DenseOffsets offsets, int rows)
    {
        int inputs = TShape.Inputs, units = TShape.Units;
        var kernel = blocks.Parameters + offsets.Kernel;
        for (var row = 0; row < rows; row++)
        {
            var x = blocks.Activations + offsets.Input + (row * inputs);
            var y = blocks.Activations + offsets.Output + (row * units);
            for (var unit = 0; unit < units; unit++)
            {
                var sum = TShape.UseBias ? blocks.Parameters[offsets.Bias + unit] : T.Zero;
                for (var input = 0; input < inputs; input++)
                    sum += x[input] * kernel[(input * units) + unit];
                y[unit] = Activations.Apply<Scalar<T>>(TShape.Activation, sum).Value;
            }
        }
    }

    /// <summary>dz = dy ∘ φ′ in the place of dy; dx = dz·Wᵀ.</summary>
    public static void Backward(in HostBlocks<T> blocks, in DenseOffsets offsets, int rows)
    {
        int inputs = TShape.Inputs, units = TShape.Units;
        var kernel = blocks.Parameters + offsets.Kernel;
        for (var row = 0; row < rows; row++)
        {
            var y = blocks.Activations + offsets.Output + (row * units);
            var dz = blocks.Activations + offsets.OutputGradient + (row * units);
            for (var unit = 0; unit < units; unit++)
                dz[unit] *= Activations.Derivative<Scalar<T>>(TShape.Activation, y[unit]).Value;
            for (var input = 0; offsets.InputGradient >= 0 && input < inputs; input++)
            {
                var sum = T.Zero;
                for (var unit = 0; unit < units; unit++)
                    sum += dz[unit] * kernel[(input * units) + unit];
                blocks.Activations[offsets.InputGradient + (row * inputs) + input] = sum;
            }
        }
    }

    /// <summary>dW += xᵀ·dz, db += dz, over all rows in order.</summary>
    public static void Gradients(in HostBlocks<T> blocks, in DenseOffsets offsets, int rows)
    {
        int inputs = TShape.Inputs, units = TShape.Units;
        for (var row = 0; row < rows; row++)
        {
            var x = blocks.Activations + offsets.Input + (row * inputs);
            var dz = blocks.Activations + offsets.OutputGradient + (row * units);
            for (var unit = 0; unit < units; unit++)
            {
                for (var input = 0; input < inputs; input++)
                    blocks.Gradients[offsets.Kernel + (input * units) + unit] += x[input] * dz[unit];
                if (TShape.UseBias)
                    blocks.Gradients[offsets.Bias + unit] += dz[unit];
            }
        }
    }
}
