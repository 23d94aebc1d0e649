using System.Runtime.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>−cos of the angle between target and prediction; a vector shorter than ε counts as one of that length.</summary>
internal readonly struct CosineDistance : IRowLoss
{
    public int TargetColumns(int columns) => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Run<TLanes, TRows>(in TRows rows)
        where TLanes : unmanaged, ILanes<TLanes>
        where TRows : struct, ILossRows<TLanes>
    {
        var zero = TLanes.Constant(0);
        var (dot, targets, predictions) = (zero, zero, zero);
        for (var column = 0; column < rows.Columns; column++)
        {
            var (y, p) = (rows.Target(column), rows.Prediction(column));
            dot = TLanes.MultiplyAdd(y, p, dot);
            targets = TLanes.MultiplyAdd(y, y, targets);
            predictions = TLanes.MultiplyAdd(p, p, predictions);
        }

        var length = TLanes.Sqrt(predictions);
        var floor = TLanes.Constant(LaneMath.Epsilon);
        var perLength = TLanes.Constant(1) / TLanes.Max(length, floor);
        var scale = perLength / TLanes.Max(TLanes.Sqrt(targets), floor);
        var cosine = dot * scale;
        // A prediction that short is only scaled, so that turning towards it changes nothing.
        var turn = TLanes.WherePositive(length - floor, cosine * perLength * perLength, zero);
        for (var column = 0; rows.WantsGradient && column < rows.Columns; column++)
            rows.SetGradient(column, (turn * rows.Prediction(column)) - (scale * rows.Target(column)));

        return zero - cosine;
    }
}
