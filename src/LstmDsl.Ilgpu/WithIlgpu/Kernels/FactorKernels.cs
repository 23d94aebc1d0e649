using ILGPU;

namespace LstmDsl.Kernels;

/// <summary>The gradients of matrices that lie one after the other, and their second moments as Adafactor keeps them.</summary>
internal struct FactorArguments
{
    public ArrayView<float> Gradients;
    public ArrayView<float> RowMeans;
    public ArrayView<float> ColumnMeans;
    public int Groups;
    public int Rows;
    public int Columns;
    public double Keep;
    public double Epsilon;
}

/// <summary>r = keep · r + (1 − keep) · mean over a row of (g² + ε); a thread has a row.</summary>
internal readonly struct FactorRowKernel : IDeviceKernel<FactorArguments>
{
    public static void Run(FactorArguments arguments)
    {
        for (var row = GridLoop.First; row < arguments.Groups * arguments.Rows; row += GridLoop.Step)
        {
            var sum = 0.0;
            for (var column = 0; column < arguments.Columns; column++)
            {
                double gradient = arguments.Gradients[(row * arguments.Columns) + column];
                sum += (gradient * gradient) + arguments.Epsilon;
            }

            var mean = (arguments.Keep * arguments.RowMeans[row]) + ((1 - arguments.Keep) * (sum / arguments.Columns));
            arguments.RowMeans[row] = (float)mean;
        }
    }
}

/// <summary>The same of columns, c; a thread has a column.</summary>
internal readonly struct FactorColumnKernel : IDeviceKernel<FactorArguments>
{
    public static void Run(FactorArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Groups * arguments.Columns; index += GridLoop.Step)
        {
            var first = (index / arguments.Columns * arguments.Rows * arguments.Columns) + (index % arguments.Columns);
            var sum = 0.0;
            for (var row = 0; row < arguments.Rows; row++)
            {
                double gradient = arguments.Gradients[first + (row * arguments.Columns)];
                sum += (gradient * gradient) + arguments.Epsilon;
            }

            var mean = (arguments.Keep * arguments.ColumnMeans[index]) + ((1 - arguments.Keep) * (sum / arguments.Rows));
            arguments.ColumnMeans[index] = (float)mean;
        }
    }
}

/// <summary>g = g / √(r · c / mean of r); a thread has a row.</summary>
internal readonly struct FactorGradientKernel : IDeviceKernel<FactorArguments>
{
    public static void Run(FactorArguments arguments)
    {
        for (var row = GridLoop.First; row < arguments.Groups * arguments.Rows; row += GridLoop.Step)
        {
            var group = row / arguments.Rows;
            var sum = 0.0;
            for (var other = 0; other < arguments.Rows; other++)
                sum += arguments.RowMeans[(group * arguments.Rows) + other];
            var share = arguments.RowMeans[row] / (sum / arguments.Rows);
            for (var column = 0; column < arguments.Columns; column++)
            {
                var moment = share * arguments.ColumnMeans[(group * arguments.Columns) + column];
                arguments.Gradients[(row * arguments.Columns) + column] /= MathF.Sqrt((float)moment);
            }
        }
    }
}
