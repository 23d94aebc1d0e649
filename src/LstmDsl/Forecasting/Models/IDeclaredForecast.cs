namespace LstmDsl;

/// <summary>What every model offers that is declared with <see cref="ForecastAttribute"/>, so that code can be written for any of them.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
public interface IDeclaredForecast<TSelf> : IRecurrentModel<TSelf>, IHasPipeline where TSelf : class, IDeclaredForecast<TSelf>
{
    /// <summary>What is forecast from what.</summary>
    static abstract ForecastPlan Forecasting { get; }
}
