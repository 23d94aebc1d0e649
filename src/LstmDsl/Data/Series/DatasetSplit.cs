namespace LstmDsl;

/// <summary>Windows of a series in three parts, in the order of time.</summary>
/// <param name="Training">What weights are learnt from.</param>
/// <param name="Validation">What decides when training stops and which weights are kept.</param>
/// <param name="Test">What is looked at once, at the end.</param>
public sealed record DatasetSplit(WindowedDataset Training, WindowedDataset Validation, WindowedDataset Test);
