using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>A loss or metric over rows: where they lie, and what the function is made with.</summary>
internal struct LossArguments<TFunction> where TFunction : struct
{
    public TFunction Function;
    public ArrayView<float> Targets;
    public ArrayView<float> Predictions;
    public ArrayView<float> Gradient;
    public ArrayView<float> Weights;
    public SumPlaces Sums;
    public int HasGradient;
    public int HasWeights;
    public int Rows;
    public int Columns;
    public int TargetColumns;
    public double Scale;

    /// <summary>The weight of a row.</summary>
    public readonly double Weight(int row) => HasWeights != 0 ? Weights[row] : 1;
}

/// <summary>Σ weight · f(target, prediction), and the derivative times weight and scale.</summary>
internal readonly struct DeviceElementwiseLossKernel<TFunction> : IDeviceKernel<LossArguments<TFunction>> where TFunction : struct, IElementwiseLoss
{
    public static void Run(LossArguments<TFunction> arguments)
    {
        var sum = 0.0;
        for (var index = GridLoop.First; index < arguments.Rows * arguments.Columns; index += GridLoop.Step)
        {
            var target = new DeviceLane(arguments.Targets[index]);
            var prediction = new DeviceLane(arguments.Predictions[index]);
            var weight = arguments.Weight(index / arguments.Columns);
            sum += weight * arguments.Function.Value(target, prediction).Value;
            if (arguments.HasGradient != 0)
            {
                var derivative = arguments.Function.Derivative(target, prediction).Value;
                arguments.Gradient[index] = derivative * (float)(weight * arguments.Scale);
            }
        }

        GroupSum.Write(arguments.Sums, sum);
    }
}

/// <summary>The same of a function of whole rows; a thread a row.</summary>
internal readonly struct DeviceRowLossKernel<TFunction> : IDeviceKernel<LossArguments<TFunction>> where TFunction : struct, IRowLoss
{
    public static void Run(LossArguments<TFunction> arguments)
    {
        var sum = 0.0;
        for (var row = GridLoop.First; row < arguments.Rows; row += GridLoop.Step)
        {
            var weight = arguments.Weight(row);
            var place = new DeviceRow
            {
                Targets = arguments.Targets,
                Predictions = arguments.Predictions,
                Gradient = arguments.Gradient,
                HasGradient = arguments.HasGradient,
                Columns = arguments.Columns,
                FirstTarget = row * arguments.TargetColumns,
                First = row * arguments.Columns,
                Factor = (float)(weight * arguments.Scale),
            };
            sum += weight * arguments.Function.Run<DeviceLane, DeviceRow>(place).Value;
        }

        GroupSum.Write(arguments.Sums, sum);
    }
}

/// <summary>One row of targets and predictions in device memory.</summary>
internal struct DeviceRow : ILossRows<DeviceLane>
{
    public ArrayView<float> Targets;
    public ArrayView<float> Predictions;
    public ArrayView<float> Gradient;
    public int HasGradient;
    public int FirstTarget;
    public int First;
    public float Factor;

    public int Columns { get; set; }

    public readonly bool WantsGradient => HasGradient != 0;

    public readonly DeviceLane Target(int column) => new(Targets[FirstTarget + column]);

    public readonly DeviceLane Prediction(int column) => new(Predictions[First + column]);

    public readonly void SetGradient(int column, DeviceLane derivative) => Gradient[First + column] = derivative.Value * Factor;
}
