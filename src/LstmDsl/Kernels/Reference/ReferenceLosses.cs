using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>Losses as the plainest loops that compute them.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal static unsafe class ReferenceLosses<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A function of one target and one prediction.</summary>
    public static double Elementwise<TFunction>(
        in TFunction function, T* block, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IElementwiseLoss
    {
        var sum = 0.0;
        for (var index = 0; index < rows * columns; index++)
        {
            Scalar<T> target = block[offsets.Targets + index], prediction = block[offsets.Predictions + index];
            var weight = Weight(block, offsets, index / columns);
            sum += weight * double.CreateTruncating(function.Value(target, prediction).Value);
            if (offsets.Gradient >= 0)
                block[offsets.Gradient + index] = function.Derivative(target, prediction).Value * T.CreateTruncating(weight * scale);
        }

        return sum;
    }

    /// <summary>A function of whole rows.</summary>
    public static double Rows<TFunction>(in TFunction function, T* block, in LossOffsets offsets, int rows, int columns, double scale)
        where TFunction : struct, IRowLoss
    {
        var sum = 0.0;
        var targetColumns = function.TargetColumns(columns);
        for (var index = 0; index < rows; index++)
        {
            var weight = Weight(block, offsets, index);
            var row = new Row
            {
                Targets = block + offsets.Targets + (index * targetColumns),
                Predictions = block + offsets.Predictions + (index * columns),
                Gradient = offsets.Gradient < 0 ? null : block + offsets.Gradient + (index * columns),
                Columns = columns,
                Factor = T.CreateTruncating(weight * scale),
            };
            sum += weight * double.CreateTruncating(function.Run<Scalar<T>, Row>(row).Value);
        }

        return sum;
    }

    private static double Weight(T* block, in LossOffsets offsets, int row) =>
        offsets.Weights < 0 ? 1 : double.CreateTruncating(block[offsets.Weights + row]);

    private readonly struct Row : ILossRows<Scalar<T>>
    {
        public required T* Targets { get; init; }

        public required T* Predictions { get; init; }

        public required T* Gradient { get; init; }

        public required T Factor { get; init; }

        public required int Columns { get; init; }

        public bool WantsGradient => Gradient != null;

        public Scalar<T> Target(int column) => Targets[column];

        public Scalar<T> Prediction(int column) => Predictions[column];

        public void SetGradient(int column, Scalar<T> derivative) => Gradient[column] = derivative.Value * Factor;
    }
}
