namespace LstmDsl;

/// <summary>
/// Trains a declared forecast. Loss and optimizer follow from the declaration unless they are set: the mean pinball loss of its quantiles, or
/// the mean squared error; and <see cref="Adam"/>, its rate falling along a cosine from <see cref="UsualLearningRate"/> to 0 at the end of the
/// fit, its gradients clipped to a norm of 1 together.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
public class ForecastTrainer<TModel> : Trainer<TModel> where TModel : class, IDeclaredForecast<TModel>
{
    /// <summary>The learning rate of the first step where no optimizer is set.</summary>
    public const double UsualLearningRate = 0.003;

    /// <summary>Makes a trainer.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="device">What to train on; default: <see cref="Device.Cpu"/>.</param>
    public ForecastTrainer(TModel model, Device? device = null)
        : base(model, device)
    {
    }

    private protected override Loss? UsualLoss(Pipeline? pipeline)
    {
        var plan = TModel.Forecasting;
        if (plan.Levels.Count == 0)
            return Loss.MeanSquaredError;
        double[] levels = [.. plan.Levels];
        return plan.HasMean ? Loss.QuantilesAndMean(levels, Growths(plan, pipeline)) : Loss.Quantiles(levels);
    }

    private protected override Optimizer UsualOptimizer(long steps) => new Adam
    {
        LearningRate = Schedule.CosineDecay(UsualLearningRate, (int)Math.Clamp(steps, 1, int.MaxValue)),
        GlobalClipNorm = 1,
    };

    // A logarithm's unit multiplies; what windows bring themselves only adds.
    private static double[] Growths(ForecastPlan plan, Pipeline? pipeline) =>
    [
        .. plan.Targets.Select(target => target.Scaling is Scaling.Log or Scaling.Log1p
            ? pipeline?.Columns.FirstOrDefault(column => column.Name == target.Name)?.Scaling.Spread ?? 1
            : 0),
    ];
}
