namespace LstmDsl.Tests;

/// <summary>Arrays as samples, and as the windows that training takes.</summary>
public sealed class SamplesTests
{
    [Fact]
    public void Arrays_keep_their_rank_and_are_not_copied()
    {
        float[,,] array = new float[2, 3, 4];
        array[1, 2, 3] = 5;
        array[0, 1, 0] = 6;
        Samples samples = array;
        Assert.Equal((3, 2, 24), (samples.Rank, samples.Count, samples.Values.Length));
        Assert.Equal([2, 3, 4], samples.Shape);
        Assert.Equal((5f, 6f), (samples.Values[23], samples.Values[4]));
        array[1, 2, 3] = 7;
        Assert.Equal(7, samples.Values[23]);
        Samples matrix = new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } };
        Assert.Equal([1f, 2, 3, 4, 5, 6], matrix.ToArray());
        Assert.Equal("samples (3, 2)", matrix.ToString());
        Samples vector = new float[] { 1, 2 };
        Assert.Equal((1, 2), (vector.Rank, vector.Count));
    }

    [Fact]
    public void Arrays_of_doubles_and_whole_numbers_keep_their_rank_and_are_copied_to_the_nearest_floats()
    {
        double[,,] cube = { { { 1, 0.1 } }, { { 3, 1e300 } } };
        Samples samples = cube;
        Assert.Equal([2, 1, 2], samples.Shape);
        Assert.Equal([1, 0.1f, 3, float.PositiveInfinity], samples.ToArray());
        cube[0, 0, 0] = 7;
        Assert.Equal(1, samples.Values[0]);
        Samples matrix = new double[,] { { 1, 2 }, { 3, 4 }, { 5, double.NaN } };
        Assert.Equal([3, 2], matrix.Shape);
        Assert.Equal([1, 2, 3, 4, 5, float.NaN], matrix.ToArray());
        Samples vector = new[] { 1.5, -2 };
        Assert.Equal([1.5f, -2], vector.ToArray());
        Samples classes = new[] { 0, 3, -1 };
        Assert.Equal([0f, 3, -1], classes.ToArray());
        Samples words = new[,] { { 16_777_216 }, { 5 } };
        Assert.Equal([2, 1], words.Shape);
        Assert.Equal([16_777_216f, 5], words.ToArray());
        Samples none = (double[]?)null;
        Assert.Equal(default, none);
    }

    [Fact]
    public void The_default_and_a_null_array_hold_nothing()
    {
        Samples none = (float[]?)null;
        Assert.Equal(default, none);
        Assert.Equal((0, 0, 0), (none.Rank, none.Count, none.Values.Length));
        Assert.Empty(none.Shape);
        Samples empty = new float[0, 3];
        Assert.Equal((2, 0, 0), (empty.Rank, empty.Count, empty.Values.Length));
    }

    [Fact]
    public void Samples_are_windows_that_do_not_overlap()
    {
        float[,,] x = { { { 1, 2 }, { 3, 4 }, { 5, 6 } }, { { 7, 8 }, { 9, 10 }, { 11, 12 } } };
        float[,] y = { { 1, 2 }, { 3, 4 } };
        var source = BatchSource.FromArrays(x, y);
        Assert.Equal((2, 3, 2, 2), (source.Count, source.Timesteps, source.Features, source.TargetLength));
        Assert.Equal([0, 3], source.Starts);
        Assert.Equal([0, 2], source.TargetStarts);
        Assert.Equal([2], source.TargetShape);
        Assert.Equal(7, source.Rows[source.Starts[1] * source.Features]);
    }

    [Fact]
    public void Targets_may_be_numbers_or_sequences()
    {
        Assert.Equal((1, 0), (BatchSource.FromArrays(new float[4, 3], new float[4]).TargetLength, BatchSource.FromArrays(new float[4, 3], new float[4]).TargetShape.Length));
        var sequences = BatchSource.FromArrays(new float[4, 3, 2], new float[4, 3, 5]);
        Assert.Equal(15, sequences.TargetLength);
        Assert.Equal([0, 15, 30, 45], sequences.TargetStarts);
        var alone = BatchSource.FromArrays(new float[4, 3, 2], null);
        Assert.Null(alone.Targets);
        Assert.Empty(alone.TargetStarts);
    }

    [Fact]
    public void Samples_that_do_not_fit_are_named()
    {
        static string Message(Samples x, Samples? y) => Assert.Throws<ArgumentException>(() => BatchSource.FromArrays(x, y)).Message;
        Assert.Contains("There are no samples", Message(default, null), StringComparison.Ordinal);
        Assert.Contains("shape is (3,); expected (samples, timesteps, features)", Message(new float[3], null), StringComparison.Ordinal);
        Assert.Contains("shape is (3, 0, 2)", Message(new float[3, 0, 2], null), StringComparison.Ordinal);
        Assert.Contains("3 samples, but 2 targets, of shape (2, 1)", Message(new float[3, 2, 1], new float[2, 1]), StringComparison.Ordinal);
        float[,,] x = new float[2, 2, 2];
        x[1, 0, 1] = float.NaN;
        Assert.Contains("x[1, 0, 1] is NaN", Message(x, null), StringComparison.Ordinal);
        Assert.Contains("y[1] is Infinity", Message(new float[2, 2, 2], new float[] { 1, float.PositiveInfinity }), StringComparison.Ordinal);
    }
}
