using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>How training turns gradients into new weights, as <c>keras.optimizers</c> defines it; an immutable description.</summary>
public abstract record Optimizer
{
    private protected Optimizer(double learningRate) => LearningRate = CheckPositive(learningRate, nameof(LearningRate));

    /// <summary>The learning rate that training starts with.</summary>
    public double LearningRate { get; init; }

    /// <summary>Keras's name: <c>rmsprop</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Names of the values that are kept for each weight, in the order in which a backend stores them; as files call them.</summary>
    internal abstract IReadOnlyList<string> Slots { get; }

    /// <summary>The numbers that describe it, by Keras's names, for checkpoints.</summary>
    internal abstract IReadOnlyDictionary<string, double> HyperParameters { get; }

    /// <summary>Runs a step over a range of the flat parameter block.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="iteration">The step's number, from 1.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="from">First element.</param>
    /// <param name="to">Element past the last.</param>
    internal abstract void Step<TBackend>(ref TBackend backend, long iteration, double learningRate, int from, int to)
        where TBackend : struct, ITrainingBackend;

    /// <summary>The value, if it is finite and above zero.</summary>
    private protected static double CheckPositive(double value, string name) =>
        double.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0.");

    /// <summary>The value, if it lies in [0, 1).</summary>
    private protected static double CheckFraction(double value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must lie between 0 and 1 (1 excluded).");
}
