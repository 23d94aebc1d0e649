using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>What training minimises, as <c>keras.losses</c> defines it; an immutable description.</summary>
public abstract record Loss
{
    private protected Loss()
    {
    }

    /// <summary>Keras's name: <c>mean_squared_error</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Mean of (target − prediction)².</summary>
    public static Loss MeanSquaredError { get; } = new ElementwiseLoss<SquaredError>("mean_squared_error");

    /// <summary>Mean of |target − prediction|; its derivative at 0 is 0.</summary>
    public static Loss MeanAbsoluteError { get; } = new ElementwiseLoss<AbsoluteError>("mean_absolute_error");

    /// <summary>
    /// Sums the loss over a block, rows of the output times its width, and writes its gradient times <paramref name="scale"/> where
    /// <see cref="LossOffsets.Gradient"/> is not negative. Dividing the sum is the caller's.
    /// </summary>
    internal abstract double Sum<TBackend>(ref TBackend backend, in LossOffsets offsets, int rows, int columns, double scale)
        where TBackend : struct, ITrainingBackend;
}

/// <summary>A loss that is the mean of a function of target and prediction.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
internal sealed record ElementwiseLoss<TFunction>(string LossName) : Loss where TFunction : struct, IElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => LossName;

    /// <inheritdoc/>
    internal override double Sum<TBackend>(ref TBackend backend, in LossOffsets offsets, int rows, int columns, double scale) =>
        backend.ElementwiseLoss<TFunction>(offsets, rows, columns, scale);
}
