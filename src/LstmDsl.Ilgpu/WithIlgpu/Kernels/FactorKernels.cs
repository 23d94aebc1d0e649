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

    /// <summary>Takes a mean of squares into what is kept.</summary>
    public readonly void Average(ArrayView<float> means, int index, double mean) =>
        means[index] = FactorFormulas.Average(new DeviceLane(means[index]), mean, Keep).Value;
}

/// <summary>r = keep · r + (1 − keep) · mean over a row of (g² + ε); a thread has a row.</summary>
internal readonly struct FactorRowKernel : IDeviceKernel<FactorArguments>
{
    public static void Run(FactorArguments arguments)
    {
        for (var row = GridLoop.First; row < arguments.Groups * arguments.Rows; row += GridLoop.Step)
        {
            var gradients = DeviceNumbers.Row(arguments.Gradients, row * arguments.Columns, arguments.Columns);
            var mean = FactorFormulas.MeanSquare<DeviceNumbers, DeviceLane>(gradients, arguments.Epsilon);
            arguments.Average(arguments.RowMeans, row, mean);
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
            var gradients = new DeviceNumbers
            {
                View = arguments.Gradients,
                First = first,
                Step = arguments.Columns,
                Length = arguments.Rows,
                Mask = arguments.Gradients,
            };
            var mean = FactorFormulas.MeanSquare<DeviceNumbers, DeviceLane>(gradients, arguments.Epsilon);
            arguments.Average(arguments.ColumnMeans, index, mean);
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
            var mean = FactorFormulas.MeanOfRows<DeviceNumbers, DeviceLane>(
                DeviceNumbers.Row(arguments.RowMeans, group * arguments.Rows, arguments.Rows));
            var share = FactorFormulas.Share(new DeviceLane(arguments.RowMeans[row]), mean);
            for (var column = 0; column < arguments.Columns; column++)
            {
                var gradient = new DeviceLane(arguments.Gradients[(row * arguments.Columns) + column]);
                var columnMean = new DeviceLane(arguments.ColumnMeans[(group * arguments.Columns) + column]);
                arguments.Gradients[(row * arguments.Columns) + column] = FactorFormulas.Normalize(gradient, share, columnMean).Value;
            }
        }
    }
}
