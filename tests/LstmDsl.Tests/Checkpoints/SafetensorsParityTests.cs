namespace LstmDsl.Tests;

/// <summary>Files that the reference implementation of safetensors wrote.</summary>
public sealed class SafetensorsParityTests
{
    [Fact]
    public void Every_fixture_is_read_whole()
    {
        var files = Directory.GetFiles(ParityIndex.Folder, "*.safetensors", SearchOption.AllDirectories);
        Assert.True(files.Length > 100, $"{files.Length} fixtures");
        foreach (var file in files)
        {
            using var reader = SafetensorsReader.Open(file);
            var last = reader.Header.Entries[^1];
            Assert.Equal(new FileInfo(file).Length, reader.Header.DataStart + last.End);
            Assert.All(reader.Header.Entries.Select(reader.Read), tensor =>
                Assert.Equal(tensor.Shape.Aggregate(1, (product, size) => product * size), tensor.Values.Length));
        }
    }

    [Fact]
    public void A_case_gives_its_tensors_and_their_shapes()
    {
        var element = ParityIndex.Case("networks", "dense_first");
        var fixture = SafetensorsFixture.LoadFile(element.GetProperty("file").GetString()!);
        Assert.Equal([4, 6, 3], fixture.Shape("x"));
        Assert.Equal(4 * 6 * 3, fixture.Floats("x").Length);
        Assert.Equal(3 * 5, fixture.Doubles("w.0.kernel").Length);
        Assert.True(fixture.Single("loss") > 0);
        Assert.False(fixture.Has("sample_weight"));
    }
}
