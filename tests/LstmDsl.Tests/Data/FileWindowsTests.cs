using System.Text;

namespace LstmDsl.Tests;

[Input(6, 3), Lstm(4), Dense(1)]
internal sealed partial class OneOfThree;

[Input(6, 1), Lstm(4), Dense(4)]
internal sealed partial class FourAhead;

/// <summary>Rows in a file that is mapped into memory give the windows, and the weights, that rows in memory give.</summary>
public sealed class FileWindowsTests
{
    [Fact]
    public void Training_from_a_file_gives_the_same_bits_as_from_memory()
    {
        using var folder = new TemporaryFolder();
        var series = Series();
        var sets = series.Split(0.6, 0.2).Standardize().Windows(6, batchSize: 16, samplingRate: 2, targets: ["b"]);
        Assert.Equal(300, NpyFile.Write(folder.File("rows.npy"), Scaled(series, sets.Training.Pipeline!)));
        WindowedDataset Part(Range rows, bool shuffle = false) =>
            WindowedDataset.FromFile(folder.File("rows.npy"), 6, batchSize: 16, samplingRate: 2, shuffle: shuffle, rows: rows, targets: [1]);
        var (training, validation, test) = (Part(..180, shuffle: true), Part(180..240), Part(240..));
        Assert.Equal((sets.Training.Count, sets.Validation.Count, sets.Test.Count), (training.Count, validation.Count, test.Count));
        Assert.Equal(Bits(sets.Validation), Bits(validation));

        OneOfThree inMemory = new(seed: 4), mapped = new(seed: 4);
        var one = new OneOfThree.Trainer(inMemory) { Loss = Loss.MeanSquaredError, Optimizer = new Adam() }.Fit(sets.Training, sets.Validation, epochs: 3, verbose: 0);
        var other = new OneOfThree.Trainer(mapped) { Loss = Loss.MeanSquaredError, Optimizer = new Adam() }.Fit(training, validation, epochs: 3, verbose: 0);
        Assert.Equal(one[Monitored.ValLoss], other[Monitored.ValLoss]);
        Assert.Equal(Weights(inMemory), Weights(mapped));
        Assert.Equal(Predicted(inMemory, sets.Test), Predicted(mapped, test));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 1)]
    [InlineData(5, 1, 4)]
    [InlineData(3, 2, 1)]
    public void Windows_of_a_part_are_those_of_a_series(int stride, int horizon, int steps)
    {
        using var folder = new TemporaryFolder();
        var series = TimeSeries.FromArrays([.. Enumerable.Range(0, 100).Select(row => (double)row)]);
        var sets = series.Split(0.5, 0.25).Windows(6, horizon, 7, stride, targetSteps: steps);
        NpyFile.Write(folder.File("rows.npy"), Enumerable.Range(0, 100).Select(row => new float[] { row }));
        Range[] parts = [0..50, 50..75, 75..100];
        foreach (var (set, rows) in new[] { sets.Training, sets.Validation, sets.Test }.Zip(parts))
        {
            var mapped = WindowedDataset.FromFile(folder.File("rows.npy"), 6, horizon, 7, stride, rows: rows, targetSteps: steps);
            Assert.Equal(set.Source.Starts, mapped.Source.Starts);
            Assert.Equal(Bits(set), Bits(mapped));
            Assert.Equal(set.TargetShape, mapped.TargetShape);
        }
    }

    [Fact]
    public void Several_steps_train_a_vector_from_a_file()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder.File("rows.npy"), Enumerable.Range(0, 200).Select(row => new[] { MathF.Sin(row / 5f) }));
        var set = WindowedDataset.FromFile(folder.File("rows.npy"), 6, batchSize: 16, shuffle: true, targetSteps: 4);
        var history = new FourAhead.Trainer(new FourAhead(seed: 1)) { Loss = Loss.MeanSquaredError, Optimizer = new Adam(0.01) }.Fit(set, epochs: 4, verbose: 0);
        Assert.True(history[Monitored.Loss][^1] < history[Monitored.Loss][0]);
        Assert.Contains("rows.npy: 191 windows of (6, 1) with targets (4, 1)", set.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_NumPy_saved_is_read_and_what_is_written_is_laid_out_alike()
    {
        using var folder = new TemporaryFolder();
        string saved = Path.Combine(AppContext.BaseDirectory, "data", "npy", "numpy.npy");
        var set = WindowedDataset.FromFile(saved, 3, batchSize: 2);
        Assert.Equal((9, 2), (set.Count, set.InputShape[1]));
        Assert.Equal([-3f, -2.5f, -2, -1.5f, -1, -0.5f, -2, -1.5f, -1, -0.5f, 0, 0.5f], set.Batches().First().Inputs.Values.ToArray());
        NpyFile.Write(folder.File("ours.npy"), Enumerable.Range(0, 12).Select(row => new[] { row - 3f, row - 2.5f }));
        Assert.Equal(File.ReadAllBytes(saved), File.ReadAllBytes(folder.File("ours.npy")));
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", "its values are of type '<f8'; expected '<f4'")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", "laid out column by column")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2, 1), }", "its shape is (2, 2, 1); expected (rows, columns)")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2), }", "an axis of '0'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 2), }", "an axis of '-1'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4000000000, 2000000000), }", "needs 32,000,000,000,000,000,")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 2147483647), }", "it was not written to its end")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (5, 2), }", "a shape of (5, 2) needs 168; it was not written to its end")]
    [InlineData("{'descr': '<f4', 'shape': (2, 2), }", "lacks 'fortran_order'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", "its shape is missing or empty")]
    [InlineData("", "lacks 'descr'")]
    public void A_file_that_holds_no_rows_of_floats_says_what_it_holds(string header, string message)
    {
        using var folder = new TemporaryFolder();
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header.PadRight(118)), .. new byte[16]];
        File.WriteAllBytes(folder.File("a.npy"), file);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => WindowedDataset.FromFile(folder.File("a.npy"), 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_npy_is_refused()
    {
        using var folder = new TemporaryFolder();
        void Refuses(byte[] content, string message)
        {
            File.WriteAllBytes(folder.File("a.npy"), content);
            Assert.Contains(message, Assert.Throws<InvalidDataException>(() => WindowedDataset.FromFile(folder.File("a.npy"), 1)).Message, StringComparison.Ordinal);
        }
        Refuses([], "does not begin as NumPy's .npy does");
        Refuses("day,value\n1,2\n"u8.ToArray(), "does not begin as NumPy's .npy does");
        Refuses([0x93, .. "NUMPY"u8, 9, 0, 1, 1, 1, 1], "its version is 9.0");
        Refuses([0x93, .. "NUMPY"u8, 1, 0, 200, 0, 1, 1], "its header has 200 bytes, the file 12");
        Refuses([0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255], "its header has 4,294,967,295 bytes");
        Assert.Throws<FileNotFoundException>(() => WindowedDataset.FromFile(folder.File("b.npy"), 1));
    }

    [Fact]
    public void Windows_that_do_not_fit_the_file_are_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("a.npy");
        NpyFile.Write(path, Enumerable.Range(0, 10).Select(row => new float[] { row, row, row }));
        string Message(Func<WindowedDataset> make) => Assert.ThrowsAny<ArgumentException>(make).Message;
        Assert.Contains("No window fits: one needs 11 rows", Message(() => WindowedDataset.FromFile(path, 10)), StringComparison.Ordinal);
        Assert.Contains("do not lie side by side", Message(() => WindowedDataset.FromFile(path, 2, targets: [0, 2])), StringComparison.Ordinal);
        Assert.Contains("Expected columns from 0 to 2", Message(() => WindowedDataset.FromFile(path, 2, targets: [3])), StringComparison.Ordinal);
        Assert.Contains("at least one target", Message(() => WindowedDataset.FromFile(path, 2, targets: [])), StringComparison.Ordinal);
        Assert.Contains("2 steps of 1 of 3 columns", Message(() => WindowedDataset.FromFile(path, 2, targets: [1], targetSteps: 2)), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowedDataset.FromFile(path, 2, rows: 5..20));
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowedDataset.FromFile(path, 0));
    }

    [Fact]
    public void Rows_of_different_lengths_leave_the_file_as_it_was()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder.File("a.npy"), [[1f, 2]]);
        byte[] before = File.ReadAllBytes(folder.File("a.npy"));
        Assert.Contains("Row 1 has 1 value; expected 2, as row 0 has", Assert.Throws<ArgumentException>(() => NpyFile.Write(folder.File("a.npy"), [[1f, 2], [3]])).Message, StringComparison.Ordinal);
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => NpyFile.Write(folder.File("a.npy"), [])).Message, StringComparison.Ordinal);
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => NpyFile.Write(folder.File("a.npy"), [[]])).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder.File("a.npy")));
        Assert.Equal(["a.npy"], folder.Names);
    }

    [Fact]
    public void A_value_that_is_not_finite_is_named_before_training()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder.File("a.npy"), Enumerable.Range(0, 50).Select(row => new[] { row == 20 ? float.NaN : row }));
        var set = WindowedDataset.FromFile(folder.File("a.npy"), 6, batchSize: 4, targetSteps: 4);
        var refusal = Assert.Throws<ArgumentException>(() => new FourAhead.Trainer(new FourAhead(seed: 1)) { Loss = Loss.MeanSquaredError }.Fit(set, verbose: 0));
        Assert.Contains("(row 20), feature 0: NaN", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_take_the_memory_of_the_scaled_rows_and_nothing_a_window()
    {
        const int Rows = 400_000;
        var series = TimeSeries.FromArrays([.. Enumerable.Range(0, Rows).Select(row => row % 97 / 9.0)]);
        var split = series.Split(0.6, 0.2).Standardize();
        _ = split.Windows(500);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var sets = split.Windows(500, targetSteps: 24);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, sizeof(float) * Rows, (sizeof(float) * Rows) + 100_000);
        Assert.Equal(Rows - 523 - 46, sets.Training.Count + sets.Validation.Count + sets.Test.Count);
    }

    private static TimeSeries Series()
    {
        var values = new double[300, 3];
        for (int row = 0; row < 300; row++) (values[row, 0], values[row, 1], values[row, 2]) = (row % 13, 20 + (5 * Math.Sin(row / 7.0)), row * 0.1);
        return TimeSeries.FromArrays(values, ["a", "b", "c"]);
    }

    private static IEnumerable<float[]> Scaled(TimeSeries series, Pipeline pipeline)
    {
        for (int row = 0; row < series.Count; row++)
        {
            var scaled = new float[series.Columns.Count];
            pipeline.ScaleRow([.. Enumerable.Range(0, scaled.Length).Select(column => series[row, column])], scaled);
            yield return scaled;
        }
    }

    private static int[] Bits(WindowedDataset set) =>
    [
        .. set.Batches().SelectMany(batch => batch.Inputs.Values.ToArray().Concat(batch.Targets!.Value.Values.ToArray())).Select(BitConverter.SingleToInt32Bits),
    ];

    private static int[] Weights<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel> =>
        Array.ConvertAll(model.State.Parameters.Span.ToArray(), BitConverter.SingleToInt32Bits);

    private static float[] Predicted(OneOfThree model, WindowedDataset data) =>
        [.. data.Batches().SelectMany(batch => PredictAll(model, batch.Inputs))];

    private static IEnumerable<float> PredictAll(OneOfThree model, Samples inputs) => model.Predict(inputs).Cast<float>();
}
