using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary><see cref="WindowedDataset.FromArrays"/> against what Keras's timeseries_dataset_from_array gave, and beyond its cases.</summary>
public sealed class ArrayWindowsTests
{
    private static readonly JsonElement Parity = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "parity", "windows.json"))).RootElement;

    public static TheoryData<string> CaseNames => [.. Parity.GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];

    [Fact]
    public void All_cases_are_there() => Assert.Equal(20, Parity.GetProperty("cases").GetArrayLength());

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Gives_the_batches_or_the_error_of_Keras(string name)
    {
        var parity = Parity.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);
        if (parity.TryGetProperty("error", out _))
        {
            Assert.ThrowsAny<ArgumentException>(() => Make(parity));
            ParityReport.Record(ParityCase.OnHost("windows", name));
            return;
        }
        var set = Make(parity);
        var expected = parity.GetProperty("batches").EnumerateArray().ToArray();
        var batches = set.Batches().ToArray();
        Assert.Equal(expected.Length, batches.Length);
        Assert.Equal(expected.Length, set.BatchCount);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(Shape(expected[i].GetProperty("x")), batches[i].Inputs.Shape);
            Assert.Equal(Flat(expected[i].GetProperty("x")), batches[i].Inputs.Values.ToArray());
            bool targeted = expected[i].TryGetProperty("y", out var y);
            Assert.Equal(targeted, batches[i].Targets.HasValue);
            if (targeted) Assert.Equal(Flat(y), batches[i].Targets!.Value.Values.ToArray());
        }

        ParityReport.Record(ParityCase.OnHost("windows", name));
    }

    [Fact]
    public void Windows_of_several_features_and_targets_keep_their_axes()
    {
        float[,] data = { { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 } };
        float[,] targets = { { 10, 20, 30 }, { 11, 21, 31 }, { 12, 22, 32 }, { 13, 23, 33 } };
        var (inputs, outputs) = WindowedDataset.FromArrays(data, targets, sequenceLength: 2, batchSize: 2).Batches().Last();
        Assert.Equal([1, 2, 2], inputs.Shape);
        Assert.Equal([5f, 6, 7, 8], inputs.Values.ToArray());
        Assert.Equal([1, 3], outputs!.Value.Shape);
        Assert.Equal([12f, 22, 32], outputs.Value.Values.ToArray());
    }

    [Fact]
    public void Rows_are_copied_once_whatever_the_number_of_windows()
    {
        var set = WindowedDataset.FromArrays(new float[1_000], null, sequenceLength: 100);
        Assert.Equal(901, set.Count);
        Assert.Equal(1_000, set.Source.Rows.Length);
    }

    [Fact]
    public void A_later_change_of_the_array_does_not_reach_the_set()
    {
        float[] data = [1, 2, 3];
        var set = WindowedDataset.FromArrays(data, null, sequenceLength: 2);
        data[0] = 99;
        Assert.Equal([1f, 2], set.Batches().First().Inputs.Values[..2].ToArray());
    }

    [Fact]
    public void Targets_that_run_out_behind_a_start_are_an_error()
    {
        var error = Assert.Throws<ArgumentException>(() => WindowedDataset.FromArrays(new float[20], new float[10], sequenceLength: 2, startIndex: 5));
        Assert.Contains("10 targets", error.Message, StringComparison.Ordinal);
        Assert.Contains("row 14", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_of_zero_gives_an_empty_set_as_in_Keras() =>
        Assert.Equal(0, WindowedDataset.FromArrays(new float[10], null, sequenceLength: 2, endIndex: 0).Count);

    [Theory]
    [InlineData(0, 1, 1, 4)]
    [InlineData(3, 10, 1, 4)]
    [InlineData(3, 1, 10, 4)]
    [InlineData(3, 1, 1, 0)]
    public void Sizes_out_of_range_are_errors(int length, int stride, int rate, int batchSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WindowedDataset.FromArrays(new float[10], null, length, stride, rate, batchSize));

    [Fact]
    public void Window_sizes_that_overflow_give_an_empty_set() =>
        Assert.Equal(0, WindowedDataset.FromArrays(new float[10], null, int.MaxValue, 1, 9).Count);

    [Fact]
    public void A_value_that_is_not_finite_is_named_by_its_place()
    {
        var error = Assert.Throws<ArgumentException>(() => WindowedDataset.FromArrays(new float[,] { { 1, 2 }, { 3, float.NaN } }, null, 1));
        Assert.Contains("data[1, 1] is NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_of_three_axes_and_no_data_are_refused()
    {
        Assert.Contains("(2, 2, 2)", Assert.Throws<ArgumentException>(() => WindowedDataset.FromArrays(new float[2, 2, 2], null, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => WindowedDataset.FromArrays(default, null, 1));
        Assert.Throws<ArgumentException>(() => WindowedDataset.FromArrays(Array.Empty<float>(), null, 1));
    }

    [Fact]
    public void A_null_array_means_no_targets()
    {
        float[]? none = null;
        Assert.Null(WindowedDataset.FromArrays(new float[5], none, 1).TargetShape);
    }

    [Fact]
    public void The_text_shows_shapes_windows_and_the_first_window()
    {
        float[] data = [.. Enumerable.Range(0, 30).Select(i => (float)i)];
        string text = WindowedDataset.FromArrays(data, data, sequenceLength: 10, batchSize: 8, shuffle: true, seed: 7).ToString();
        Assert.Equal("""
            windows: 21 windows of (10,) with targets (), 3 batches of 8, shuffled with seed 7
              rows 0 to 29, 0 to 29, sampling rate 1
              first window: 0 1 2 … 7 8 9 → 0
            """, text, ignoreLineEndingDifferences: true);
    }

    private static WindowedDataset Make(JsonElement parity)
    {
        var args = parity.GetProperty("args");
        float[] data = [.. Enumerable.Range(0, parity.GetProperty("count").GetInt32()).Select(i => (float)i)];
        var count = parity.GetProperty("target_count");
        Samples? targets = count.ValueKind == JsonValueKind.Null ? null
            : Enumerable.Range(1_000, count.GetInt32()).Select(i => (float)i).ToArray();
        int? Argument(string name, int? otherwise) => !args.TryGetProperty(name, out var value) ? otherwise
            : value.ValueKind == JsonValueKind.Null ? null : value.GetInt32();
        return WindowedDataset.FromArrays(data, targets, Argument("sequence_length", null)!.Value, Argument("sequence_stride", 1)!.Value,
            Argument("sampling_rate", 1)!.Value, Argument("batch_size", 128), startIndex: Argument("start_index", null), endIndex: Argument("end_index", null));
    }

    private static int[] Shape(JsonElement array) => array.ValueKind == JsonValueKind.Array ? [array.GetArrayLength(), .. Shape(array[0])] : [];

    private static float[] Flat(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().SelectMany(Flat)] : [json.GetSingle()];
}
