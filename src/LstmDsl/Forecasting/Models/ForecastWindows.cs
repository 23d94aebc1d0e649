namespace LstmDsl;

/// <summary>A model's windows in three parts, in the order of time.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <param name="Training">What weights are learnt from.</param>
/// <param name="Validation">What decides when training stops and which weights are kept.</param>
/// <param name="Test">What is looked at once, at the end.</param>
public sealed record ForecastWindows<TModel>(
    WindowedDataset<TModel> Training, WindowedDataset<TModel> Validation, WindowedDataset<TModel> Test);
