namespace LstmDsl;

/// <summary>Means and variances of features over any number of rows, in double, row by row (Welford, 1962).</summary>
/// <param name="width">Number of features.</param>
internal sealed class FeatureMoments(int width)
{
    private readonly double[] means = new double[width];
    private readonly double[] squares = new double[width];
    private long rows;

    /// <summary>Whether there was no row.</summary>
    public bool IsEmpty => rows == 0;

    /// <summary>The means.</summary>
    public float[] Means => Array.ConvertAll(means, mean => (float)mean);

    /// <summary>The variances, over the rows and not one less.</summary>
    public float[] Variances => Array.ConvertAll(squares, sum => (float)(sum / rows));

    /// <summary>Takes rows.</summary>
    /// <param name="values">Values of one row after the other.</param>
    public void Add(ReadOnlySpan<float> values)
    {
        for (var start = 0; start < values.Length; start += width)
        {
            rows++;
            for (var feature = 0; feature < width; feature++)
            {
                var deviation = values[start + feature] - means[feature];
                means[feature] += deviation / rows;
                squares[feature] += deviation * (values[start + feature] - means[feature]);
            }
        }
    }
}
