namespace LstmDsl;

/// <summary>Weights by time: what is recent weighs more.</summary>
internal static class RecencyWeights
{
    /// <summary>
    /// 2^(−age / half-life) of each window, where the age is counted in rows from the newest one, times what makes their mean 1, so that the
    /// loss keeps its size and the learning rate its meaning.
    /// </summary>
    /// <param name="starts">The windows' first rows, rising.</param>
    /// <param name="halfLife">Rows after which a window weighs half.</param>
    public static double[] Of(Places<int> starts, double halfLife)
    {
        var weights = new double[starts.Count];
        var sum = 0.0;
        for (var window = 0; window < weights.Length; window++)
        {
            weights[window] = Math.Pow(2, (starts[window] - starts[^1]) / halfLife);
            sum += weights[window];
        }
        for (var window = 0; window < weights.Length; window++) weights[window] *= weights.Length / sum;
        return weights;
    }
}
