namespace LstmDsl;

/// <summary>What carries the way from raw values to the network's and back: a model that was trained on a series, or loaded.</summary>
public interface IHasPipeline
{
    /// <summary>The pipeline; null before the first training.</summary>
    Pipeline? Pipeline { get; }
}
