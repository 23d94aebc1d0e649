using System.Runtime.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.CompilerServices;

/// <summary>−Σ y·ln p over the classes; p is divided by its sum, then kept between ε and 1 − ε.</summary>
internal readonly struct CategoricalCrossentropy(double smoothing) : IRowLoss
{
    /// <summary>How far labels are drawn towards an equal share.</summary>
    public double Smoothing => smoothing;

    public int TargetColumns(int columns) => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Run<TLanes, TRows>(in TRows rows)
        where TLanes : unmanaged, ILanes<TLanes>
        where TRows : struct, ILossRows<TLanes>
    {
        var (sum, zero) = (TLanes.Constant(0), TLanes.Constant(0));
        for (var column = 0; column < rows.Columns; column++)
            sum += rows.Prediction(column);

        var (value, inside) = (zero, zero);
        for (var column = 0; column < rows.Columns; column++)
        {
            var y = ClassLabels.Smooth(rows.Target(column), smoothing, rows.Columns);
            var p = rows.Prediction(column) / sum;
            value -= y * TLanes.Log(LaneMath.Between(p, LaneMath.Epsilon, 1 - LaneMath.Epsilon));
            inside += LossMath.WhereInside(p, LaneMath.Epsilon, 1 - LaneMath.Epsilon, y);
        }

        for (var column = 0; rows.WantsGradient && column < rows.Columns; column++)
        {
            // The sum depends on every p.
            var prediction = rows.Prediction(column);
            var y = ClassLabels.Smooth(rows.Target(column), smoothing, rows.Columns);
            var own = LossMath.WhereInside(prediction / sum, LaneMath.Epsilon, 1 - LaneMath.Epsilon, y / prediction);
            rows.SetGradient(column, (inside / sum) - own);
        }

        return value;
    }
}

/// <summary>The same of p = softmax(x), from x: ln Σ eˣ − x, weighed with y.</summary>
internal readonly struct CategoricalCrossentropyOfLogits(double smoothing) : IRowLoss
{
    /// <summary>How far labels are drawn towards an equal share.</summary>
    public double Smoothing => smoothing;

    public int TargetColumns(int columns) => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Run<TLanes, TRows>(in TRows rows)
        where TLanes : unmanaged, ILanes<TLanes>
        where TRows : struct, ILossRows<TLanes>
    {
        var (highest, sum) = new RowPredictions<TRows, TLanes>(rows).Exponentials();
        var logarithm = TLanes.Log(sum);
        var (value, labels) = (TLanes.Constant(0), TLanes.Constant(0));
        for (var column = 0; column < rows.Columns; column++)
        {
            var y = ClassLabels.Smooth(rows.Target(column), smoothing, rows.Columns);
            value += y * (logarithm + highest - rows.Prediction(column));
            labels += y;
        }

        for (var column = 0; rows.WantsGradient && column < rows.Columns; column++)
        {
            var p = SoftmaxFormulas.Forward(SoftmaxFormulas.Exponential(rows.Prediction(column), highest), sum);
            rows.SetGradient(column, (labels * p) - ClassLabels.Smooth(rows.Target(column), smoothing, rows.Columns));
        }

        return value;
    }
}

/// <summary>ln Σ p − ln p of the true class, whose index is the target; p is kept between ε and 1 − ε.</summary>
internal readonly struct SparseCategoricalCrossentropy : IRowLoss
{
    public int TargetColumns(int columns) => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Run<TLanes, TRows>(in TRows rows)
        where TLanes : unmanaged, ILanes<TLanes>
        where TRows : struct, ILossRows<TLanes>
    {
        var (sum, ofTarget) = (TLanes.Constant(0), TLanes.Constant(0));
        var target = rows.Target(0);
        for (var column = 0; column < rows.Columns; column++)
        {
            var p = LaneMath.Between(rows.Prediction(column), LaneMath.Epsilon, 1 - LaneMath.Epsilon);
            sum += p;
            ofTarget += LossMath.IsIndex(target, column) * p;
        }

        for (var column = 0; rows.WantsGradient && column < rows.Columns; column++)
        {
            var slope = (TLanes.Constant(1) / sum) - (LossMath.IsIndex(target, column) / ofTarget);
            rows.SetGradient(column, LossMath.WhereInside(rows.Prediction(column), LaneMath.Epsilon, 1 - LaneMath.Epsilon, slope));
        }

        return TLanes.Log(sum / ofTarget);
    }
}

/// <summary>The same of p = softmax(x), from x: ln Σ eˣ − x of the true class.</summary>
internal readonly struct SparseCategoricalCrossentropyOfLogits : IRowLoss
{
    public int TargetColumns(int columns) => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Run<TLanes, TRows>(in TRows rows)
        where TLanes : unmanaged, ILanes<TLanes>
        where TRows : struct, ILossRows<TLanes>
    {
        var (highest, sum) = new RowPredictions<TRows, TLanes>(rows).Exponentials();
        var target = rows.Target(0);
        var ofTarget = TLanes.Constant(0);
        for (var column = 0; column < rows.Columns; column++)
            ofTarget += LossMath.IsIndex(target, column) * (rows.Prediction(column) - highest);

        for (var column = 0; rows.WantsGradient && column < rows.Columns; column++)
        {
            var p = SoftmaxFormulas.Forward(SoftmaxFormulas.Exponential(rows.Prediction(column), highest), sum);
            rows.SetGradient(column, p - LossMath.IsIndex(target, column));
        }

        return TLanes.Log(sum) - ofTarget;
    }
}

/// <summary>max(0, 1 + the highest prediction of a wrong class − the true class's).</summary>
internal readonly struct CategoricalHinge : IRowLoss
{
    public int TargetColumns(int columns) => columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Run<TLanes, TRows>(in TRows rows)
        where TLanes : unmanaged, ILanes<TLanes>
        where TRows : struct, ILossRows<TLanes>
    {
        var (one, zero) = (TLanes.Constant(1), TLanes.Constant(0));
        var right = zero;
        var wrong = (one - rows.Target(0)) * rows.Prediction(0);
        var wrongest = zero;
        for (var column = 0; column < rows.Columns; column++)
        {
            var y = rows.Target(column);
            right += y * rows.Prediction(column);
            var other = (one - y) * rows.Prediction(column);
            wrongest = TLanes.WherePositive(other - wrong, TLanes.Constant(column), wrongest);
            wrong = TLanes.Max(other, wrong);
        }

        var shortfall = one + wrong - right;
        for (var column = 0; rows.WantsGradient && column < rows.Columns; column++)
        {
            var y = rows.Target(column);
            var slope = (LossMath.IsIndex(wrongest, column) * (one - y)) - y;
            rows.SetGradient(column, TLanes.WherePositive(shortfall, slope, zero));
        }

        return TLanes.Max(shortfall, zero);
    }
}

/// <summary>What losses over classes share.</summary>
internal static class ClassLabels
{
    /// <summary>A label of a distribution, drawn towards an equal share of all classes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Smooth<TLanes>(TLanes target, double smoothing, int classes) where TLanes : unmanaged, ILanes<TLanes> =>
        (target * TLanes.Constant(1 - smoothing)) + TLanes.Constant(smoothing / classes);
}

/// <summary>The predictions of a row, or of several.</summary>
internal readonly struct RowPredictions<TRows, TLanes>(TRows rows) : INumbers<TLanes>
    where TRows : struct, ILossRows<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    public int Length => rows.Columns;

    public TLanes this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => rows.Prediction(place);
    }

    /// <summary>The highest x₀, and Σ e^(x − x₀).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (TLanes Highest, TLanes Sum) Exponentials()
    {
        var highest = SoftmaxFormulas.Largest<RowPredictions<TRows, TLanes>, TLanes>(this);
        var sum = TLanes.Constant(0);
        for (var column = 0; column < Length; column++)
            sum += SoftmaxFormulas.Exponential(this[column], highest);
        return (highest, sum);
    }
}
