using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>What the generated members of declared forecasts call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeclaredForecasts
{
    /// <summary>Cuts windows as the model declares them.</summary>
    public static ForecastWindows<TModel> Windows<TModel>(SplitSeries parts, int batchSize, int sequenceStride, bool shuffle, int? seed)
        where TModel : class, IDeclaredForecast<TModel> => throw new NotSupportedException();

    /// <summary>Forecasts what follows a series.</summary>
    public static ForecastTable Forecast<TModel>(TModel model, TimeSeries series, TimeSeries? known)
        where TModel : class, IDeclaredForecast<TModel> => throw new NotSupportedException();

    /// <summary>What a forecast from a last known row needs.</summary>
    public static ForecastNeed Required<TModel>(TModel model, DateTimeOffset last)
        where TModel : class, IDeclaredForecast<TModel> => throw new NotSupportedException();
}
