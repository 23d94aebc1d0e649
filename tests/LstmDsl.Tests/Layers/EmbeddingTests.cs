using System.Globalization;

namespace LstmDsl.Tests;

/// <summary>An embedding has vectors for whole numbers only; others are found before anything is computed from them.</summary>
public sealed class EmbeddingTests
{
    private const string Expectation = "; an embedding of 11 vectors takes whole numbers from 0 to 10.";

    [Theory]
    [InlineData(11f, "11")]
    [InlineData(-1f, "-1")]
    [InlineData(1.5f, "1.5")]
    public void A_number_without_a_vector_is_refused_before_the_first_batch(float wrong, string found)
    {
        var trainer = new EmbeddingLstm.Trainer(new(seed: 1)) { Loss = Loss.MeanSquaredError };
        var before = trainer.State.Parameters.Span.ToArray();
        var (good, y) = (new float[3, 7, 1], new float[3, 2]);
        var bad = new float[3, 7, 1];
        bad[2, 4, 0] = wrong;
        Refused("x", () => trainer.Fit(bad, y, batchSize: 1, verbose: 0));
        Refused("validation.X", () => trainer.Fit(good, y, batchSize: 1, validation: (bad, y), verbose: 0));
        Refused("x", () => trainer.Evaluate(bad, y));
        Refused("x", () => trainer.TrainOnBatch(bad, y));
        Assert.Equal(before, trainer.State.Parameters.Span.ToArray());
        Assert.Equal(0, trainer.Iteration);

        void Refused(string name, Action action)
        {
            var problem = Assert.Throws<ArgumentException>(action);
            Assert.StartsWith($"{name}, sample 2, timestep 4: {found}{Expectation}", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_data_set_is_refused_by_its_window()
    {
        var rows = new float[20, 1];
        rows[9, 0] = 12;
        var data = WindowedDataset.FromArrays(rows, new float[20, 2], sequenceLength: 7, batchSize: 4);
        var trainer = new EmbeddingLstm.Trainer(new(seed: 1)) { Loss = Loss.MeanSquaredError };
        var problem = Assert.Throws<ArgumentException>(() => trainer.Fit(data, verbose: 0));
        // The first window that reaches row 9 begins at row 3.
        Assert.StartsWith($"training, sample 3, timestep 6: 12{Expectation}", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11f, "11")]
    [InlineData(1.5f, "1.5")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void A_prediction_from_a_number_without_a_vector_is_refused(float wrong, string found)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            german.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = german;
            var windows = new float[1, 7, 1];
            windows[0, 3, 0] = wrong;
            var problem = Assert.Throws<ArgumentOutOfRangeException>(() => new EmbeddingLstm(seed: 1).Predict(windows));
            Assert.StartsWith($"Found {found}{Expectation}", problem.Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
