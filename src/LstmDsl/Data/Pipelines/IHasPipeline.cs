namespace LstmDsl;

/// <summary>What carries the way from raw values to the network's and back: a model that was trained on a series, or loaded.</summary>
public interface IHasPipeline
{
    /// <summary>How the data were prepared that the model was trained on; null before training.</summary>
    Pipeline? Pipeline { get; }
}
