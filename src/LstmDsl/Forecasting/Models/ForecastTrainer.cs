namespace LstmDsl;

/// <summary>Trains a declared forecast: loss and optimizer follow from the declaration unless they are set.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public class ForecastTrainer<TModel> : Trainer<TModel> where TModel : class, IDeclaredForecast<TModel>
{
    /// <summary>Makes a trainer.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="device">What to train on; default: <see cref="Device.Cpu"/>.</param>
    public ForecastTrainer(TModel model, Device? device = null)
        : base(model, device)
    {
    }
}
