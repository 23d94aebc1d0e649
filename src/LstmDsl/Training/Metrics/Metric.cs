using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A measure that training reports beside the loss, as <c>keras.metrics</c> defines it; an immutable description.</summary>
public abstract record Metric
{
    private protected Metric()
    {
    }

    /// <summary>Keras's name, which is the column of a history: <c>mean_absolute_error</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Which way it improves.</summary>
    public virtual Direction Direction => Direction.Minimize;

    /// <summary>Mean of (target − prediction)².</summary>
    public static Metric MeanSquaredError { get; } = new MeanMetric<SquaredError>("mean_squared_error");

    /// <summary>Mean of |target − prediction|.</summary>
    public static Metric MeanAbsoluteError { get; } = new MeanMetric<AbsoluteError>("mean_absolute_error");

    /// <summary>Square root of the mean of (target − prediction)² over the whole epoch.</summary>
    public static Metric RootMeanSquaredError { get; } = new MeanMetric<SquaredError>("root_mean_squared_error") { TakesRoot = true };

    /// <summary>Adds a block's values to the backend's sum.</summary>
    internal abstract double Sum<TBackend>(ref TBackend backend, in LossOffsets offsets, int rows, int columns)
        where TBackend : struct, ITrainingBackend;

    /// <summary>The metric over everything added so far.</summary>
    internal abstract double Result(double sum, double count);
}

/// <summary>The mean of a function of target and prediction.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
internal sealed record MeanMetric<TFunction>(string MetricName) : Metric where TFunction : struct, IElementwiseLoss
{
    /// <summary>Whether the square root of the mean is taken.</summary>
    public bool TakesRoot { get; init; }

    /// <inheritdoc/>
    public override string Name => MetricName;

    /// <inheritdoc/>
    internal override double Sum<TBackend>(ref TBackend backend, in LossOffsets offsets, int rows, int columns) =>
        backend.ElementwiseLoss(default(TFunction), offsets with { Gradient = -1 }, rows, columns, 0);

    /// <inheritdoc/>
    internal override double Result(double sum, double count) => TakesRoot ? Math.Sqrt(sum / count) : sum / count;
}
