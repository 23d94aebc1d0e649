using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>Files that h5py wrote, in the variants that a reader of Keras's files meets.</summary>
public sealed class Hdf5ParityTests
{
    public static TheoryData<string> Cases => [.. ParityIndex.Cases("hdf5").Select(ParityIndex.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_data_set_has_the_values_that_were_written(string name)
    {
        var file = Hdf5Fixture.Open($"hdf5/{name}.h5");
        var expected = SafetensorsFixture.Load("hdf5", name);
        foreach (var path in expected.Names)
        {
            var value = file.Root.FindDataset(path)!.Read();
            Assert.Equal(expected.Doubles(path), Hdf5Fixture.Doubles(value));
        }

        ParityReport.Record(ParityCase.OnHost("hdf5", name));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Shapes_and_texts_are_those_that_were_written(string name)
    {
        var file = Hdf5Fixture.Open($"hdf5/{name}.h5");
        foreach (var (path, described) in ParityIndex.Case("hdf5", name).GetProperty("datasets").EnumerateObject().Select(one => (one.Name, one.Value)))
        {
            var value = file.Root.FindDataset(path)!.Read();
            Assert.Equal(described.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()), value.Shape);
            if (described.TryGetProperty("text", out var text))
                Assert.Equal([text.GetString()!], Assert.IsType<string[]>(value.Values));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Attributes_are_those_that_were_written(string name)
    {
        var root = Hdf5Fixture.Open($"hdf5/{name}.h5").Root;
        foreach (var (key, expected) in ParityIndex.Case("hdf5", name).GetProperty("attributes").EnumerateObject().Select(one => (one.Name, one.Value)))
        {
            var parts = key.Split('@');
            var attributes = root.Find(parts[0])?.Attributes ?? root.FindDataset(parts[0])!.Attributes;
            var value = attributes[parts[1]].Read();
            Assert.Equal(expected.ValueKind == JsonValueKind.Array ? 1 : 0, value.Shape.Length);
            JsonElement[] elements = expected.ValueKind == JsonValueKind.Array ? [.. expected.EnumerateArray()] : [expected];
            if (elements[0].ValueKind == JsonValueKind.String)
                Assert.Equal(elements.Select(element => element.GetString()!), Assert.IsType<string[]>(value.Values));
            else
                Assert.Equal(elements.Select(element => element.GetDouble()), Hdf5Fixture.Doubles(value));
        }
    }

    [Fact]
    public void All_groups_of_a_large_file_are_found()
    {
        foreach (var name in new[] { "many_groups", "many_groups_latest" })
            Assert.Equal(150, Hdf5Fixture.Open($"hdf5/{name}.h5").Root.Groups["many"].Groups.Count);
    }
}
