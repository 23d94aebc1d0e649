namespace LstmDsl.Tests;

public sealed class Hdf5WriterTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var root = new Hdf5NewGroup();
        root.Attributes["keras_version"] = "3.15.1";
        var group = root.At("layers/lstm/cell/vars");
        group.Attributes["name"] = "lstm_cell ünïcode 日本";
        group.Datasets["0"] = new([2, 3], new[] { 1f, 2f, 3f, 4f, 5f, float.NaN });
        group.Datasets["1"] = new([], new[] { 7L });
        group.Datasets["2"] = new([0, 3], Array.Empty<double>());
        group.Datasets["3"] = new([1], new[] { -5 });
        root.At("vars");

        var read = Hdf5File.Read(Hdf5Writer.Write(root), "written.h5").Root;
        Assert.Equal(["3.15.1"], read.Texts("keras_version")!);
        var vars = read.Find("layers/lstm/cell/vars")!;
        Assert.Equal(["lstm_cell ünïcode 日本"], vars.Texts("name")!);
        Assert.Equal(["0", "1", "2", "3"], vars.Datasets.Keys);
        foreach (var (name, expected) in group.Datasets)
        {
            var value = vars.Datasets[name].Read();
            Assert.Equal(expected.Shape, value.Shape);
            Assert.Equal(expected.Values, value.Values);
        }

        Assert.Empty(read.Groups["vars"].Groups);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(257)]
    [InlineData(9000)]
    public void A_group_may_have_many_links(int count)
    {
        var root = new Hdf5NewGroup();
        for (var i = 0; i < count; i++)
            root.Datasets[$"{i}"] = new([1], new[] { (float)i });
        var read = Hdf5File.Read(Hdf5Writer.Write(root), "many.h5").Root;
        Assert.Equal(count, read.Datasets.Count);
        for (var i = 0; i < count; i++)
            Assert.Equal([i], Hdf5Fixture.Doubles(read.Datasets[$"{i}"].Read()));
    }

    [Fact]
    public void What_cannot_be_written_is_refused()
    {
        var root = new Hdf5NewGroup();
        root.Datasets["a/b"] = new([1], new[] { 1f });
        Assert.Contains("'a/b' is no name", Assert.Throws<ArgumentException>(() => Hdf5Writer.Write(root)).Message, StringComparison.Ordinal);
        root = new();
        root.Datasets["a"] = new([2], new[] { 1f });
        Assert.Contains("'a' has shape (2), but 1 values", Assert.Throws<ArgumentException>(() => Hdf5Writer.Write(root)).Message, StringComparison.Ordinal);
    }

    /// <summary>What Keras wrote, written again, holds the same; throw-away checks with h5dump start from such a file.</summary>
    [Theory]
    [InlineData("files/jena_lstm.weights.h5")]
    [InlineData("files/bidirectional.weights.h5")]
    public void A_file_of_Keras_survives_being_written_again(string path)
    {
        var original = Hdf5Fixture.Open(path).Root;
        var again = Hdf5File.Read(Hdf5Writer.Write(Copy(original)), "again.h5").Root;
        var expected = Hdf5Fixture.Open(path).Root.AllDatasets().ToDictionary(dataset => dataset.Path, dataset => dataset.Read());
        var actual = again.AllDatasets().ToDictionary(dataset => dataset.Path, dataset => dataset.Read());
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, value) in expected)
        {
            Assert.Equal(value.Shape, actual[key].Shape);
            Assert.Equal(value.Values, actual[key].Values);
        }
    }

    private static Hdf5NewGroup Copy(Hdf5Group group)
    {
        var copy = new Hdf5NewGroup();
        foreach (var name in group.Attributes.Keys)
            copy.Attributes[name] = group.Texts(name)![0];
        foreach (var (name, dataset) in group.Datasets)
            copy.Datasets[name] = dataset.Read();
        foreach (var (name, child) in group.Groups)
            copy.Groups[name] = Copy(child);
        return copy;
    }
}
