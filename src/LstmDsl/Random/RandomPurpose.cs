namespace LstmDsl;

/// <summary>What random numbers are drawn for: half of the generator's key, so that one seed serves purposes that share no draw.</summary>
internal enum RandomPurpose : uint
{
    /// <summary>Initial weights; counter (tensor, element / 4, redraw, 0), where only truncated distributions draw again.</summary>
    Weights = 1,

    /// <summary>The order of a training epoch; counter (epoch, position, 0, 0).</summary>
    Shuffle = 2,

    /// <summary>Dropout; counter (step, position in the batch, layer · 8 + gate, unit / 4).</summary>
    Dropout = 3,

    /// <summary>Which errors of the past a sampled path takes; counter (path, horizon, 1 between the last known row and the first step, 0).</summary>
    Paths = 4,
}
