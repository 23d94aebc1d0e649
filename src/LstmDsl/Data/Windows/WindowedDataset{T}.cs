namespace LstmDsl;

/// <summary>
/// Windows that were cut as a model declares them, with <c>Windows</c> of that model; its trainer takes them, another one's does not.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
public sealed class WindowedDataset<TModel> : WindowedDataset
{
    internal WindowedDataset(BatchSource source, int? batchSize)
        : base(source, batchSize)
    {
    }
}
