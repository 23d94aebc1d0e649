using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LstmDsl.Tests;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("weights.safetensors");

    [Fact]
    public void Every_element_type_comes_back()
    {
        CheckpointContent content = new()
        {
            Tensors =
            [
                new("floats", [2, 2], new[] { 1f, float.NaN, float.NegativeInfinity, -0f }),
                new("doubles", [3], new[] { Math.PI, double.Epsilon, double.MaxValue }),
                new("ints", [1, 2, 1], new[] { int.MinValue, int.MaxValue }),
                new("longs", [], new[] { long.MinValue }),
                new("none", [0, 7], Array.Empty<float>()),
                new("ünïcode \"quoted\"", [1], new[] { 2f }),
            ],
            Metadata = """{"a": "\"b\"", "ü": [1]}""",
        };
        Safetensors.Write(Path, content);
        AssertEqual(content, Safetensors.Read(Path));
    }

    [Fact]
    public void Any_tensors_come_back()
    {
        var shape = Gen.Choose(0, 4).ArrayOf().Where(sizes => sizes.Length <= 4);
        var tensor =
            from sizes in shape
            from type in Gen.Choose(0, 3)
            from bits in ArbMap.Default.GeneratorFor<long>()
            select (sizes, type, bits);
        Prop.ForAll(tensor.ArrayOf().ToArbitrary(), drawn =>
        {
            CheckpointContent content = new()
            {
                Tensors = [.. drawn.Select((one, i) => new StoredTensor(
                    i.ToString(CultureInfo.InvariantCulture), one.sizes, Values(one.type, Product(one.sizes), one.bits)))],
            };
            Safetensors.Write(Path, content);
            AssertEqual(content, Safetensors.Read(Path));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50).WithReplay(1, 3));
    }

    [Fact]
    public void The_layout_is_that_of_the_format()
    {
        Safetensors.Write(Path, new() { Tensors = [new("b", [2], new[] { 1f, 2f }), new("a", [], new[] { 3L })], Metadata = "{}" });
        var bytes = File.ReadAllBytes(Path);
        var headerLength = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        Assert.Equal(0, headerLength % 8);
        Assert.Equal(
            """{"__metadata__":{"lstmdsl":"{}","lstmdsl_crc32c":"297bd0aa28c0c9b1576c35e3"},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}""",
            Encoding.UTF8.GetString(bytes, 8, headerLength).TrimEnd(' '));
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 3, 0, 0, 0, 0, 0, 0, 0], bytes[(8 + headerLength)..]);
    }

    [Fact]
    public void No_changed_number_goes_unseen()
    {
        const string Metadata = "{'pipeline': [1.5, 2.5]}";
        Safetensors.Write(Path, new()
        {
            Tensors = [new("b", [2], new[] { 1f, 2f }), new("none", [0], Array.Empty<float>()), new("a", [3], new[] { 3L, 4L, 5L })],
            Metadata = Metadata,
        });
        var whole = File.ReadAllBytes(Path);
        var metadata = whole.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Metadata));
        var data = whole.Length - (2 * sizeof(float)) - (3 * sizeof(long));
        foreach (var place in Enumerable.Range(metadata, Metadata.Length).Concat(Enumerable.Range(data, whole.Length - data)))
        {
            byte[] changed = [.. whole];
            changed[place] ^= 1;
            File.WriteAllBytes(Path, changed);
            Assert.Throws<InvalidDataException>(() => Safetensors.Read(Path));
        }
    }

    [Fact]
    public void What_was_changed_on_purpose_is_read_without_checksums()
    {
        Safetensors.Write(Path, new() { Tensors = [new("b", [2], new[] { 1f, 2f })], Metadata = "{}" });
        var bytes = File.ReadAllBytes(Path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(Path, bytes);
        var refused = Assert.Throws<InvalidDataException>(() => Safetensors.Read(Path));
        Assert.Equal(
            $"'{Path}' is not a valid safetensors file: tensor 'b' is not as it was saved, by its checksum. Take another copy; whoever changed it "
            + "on purpose leaves out 'lstmdsl_crc32c'.",
            refused.Message);

        var text = Encoding.Latin1.GetString(bytes).Replace(",\"lstmdsl_crc32c\":\"297bd0aa28c0c9b1\"", new string(' ', 36), StringComparison.Ordinal);
        File.WriteAllBytes(Path, Encoding.Latin1.GetBytes(text));
        Assert.Equal(new[] { 1f, 8f }, Safetensors.Read(Path).Tensors[0].Values);
    }

    [Theory]
    [InlineData("297bd0aa", "must have 8 digits for the metadata and for each of its 1 tensors, but has 8.")]
    [InlineData("297bd0aa28c0c9bx", "must have hexadecimal digits, but has '28c0c9bx'.")]
    public void Checksums_that_are_none_are_refused(string checksums, string message)
    {
        WriteRaw(
            "{\"__metadata__\":{\"lstmdsl\":\"{}\",\"lstmdsl_crc32c\":\"" + checksums + "\"},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
            new byte[8]);
        Assert.EndsWith(message, Assert.Throws<InvalidDataException>(() => Safetensors.Read(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_precision_is_read_as_float()
    {
        WriteRaw("""{"half":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"brain":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]}}""",
            [0x00, 0x3e, 0x00, 0xfc, 0xc0, 0x3f, 0x80, 0xff]);
        var tensors = Safetensors.Read(Path).Tensors;
        Assert.Equal(new[] { 1.5f, float.NegativeInfinity }, tensors[0].Values);
        Assert.Equal(new[] { 1.5f, float.NegativeInfinity }, tensors[1].Values);
    }

    [Fact]
    public void A_file_of_another_program_has_no_metadata_of_ours()
    {
        WriteRaw("""{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}    """, new byte[4]);
        Assert.Null(Safetensors.Read(Path).Metadata);
    }

    [Fact]
    public void One_tensor_can_be_read_without_the_others()
    {
        Safetensors.Write(Path, new() { Tensors = [new("a", [1], new[] { 1f }), new("b", [1], new[] { 2f })] });
        using var reader = SafetensorsReader.Open(Path);
        Assert.Equal(new[] { 2f }, reader.Read(reader.Header.Entries[1]).Values);
        Assert.Equal(new[] { 1f }, reader.Read(reader.Header.Entries[0]).Values);
    }

    [Fact]
    public void What_cannot_be_written_is_refused_and_leaves_the_old_file()
    {
        File.WriteAllText(Path, "old");
        void Refused(string message, params StoredTensor[] tensors)
        {
            var thrown = Assert.Throws<ArgumentException>(() => Safetensors.Write(Path, new() { Tensors = tensors }));
            Assert.StartsWith(message, thrown.Message, StringComparison.Ordinal);
        }

        Refused("Tensor 'a' is a Byte[]", new StoredTensor("a", [1], new byte[1]));
        Refused("Tensor 'a' is a UInt32[]", new StoredTensor("a", [1], new uint[1]));
        Refused("Tensor 'a' has shape (2, 3), but 5 values", new StoredTensor("a", [2, 3], new float[5]));
        Refused("Tensor 'a' has shape (-1, 0), but 0 values", new StoredTensor("a", [-1, 0], Array.Empty<float>()));
        Refused("Tensor 'a' has shape (65536, 65536), but 0 values", new StoredTensor("a", [65536, 65536], Array.Empty<float>()));
        Refused("The name 'a' is taken", new StoredTensor("a", [1], new float[1]), new StoredTensor("a", [1], new float[1]));
        Refused("The name '__metadata__' is taken", new StoredTensor("__metadata__", [1], new float[1]));
        Assert.Equal("old", File.ReadAllText(Path));
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_named()
    {
        var missing = Assert.Throws<FileNotFoundException>(() => Safetensors.Read(Path));
        Assert.Contains(Path, missing.Message, StringComparison.Ordinal);
        var isFolder = Assert.Throws<UnauthorizedAccessException>(() => Safetensors.Read(folder.Path));
        Assert.Contains($"'{folder.Path}' is a folder", isFolder.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static int Product(int[] sizes) => sizes.Aggregate(1, (product, size) => product * size);

    private static Array Values(int type, int count, long bits)
    {
        var numbers = Enumerable.Range(0, count).Select(i => bits + i);
        return type switch
        {
            0 => numbers.Select(number => BitConverter.Int32BitsToSingle((int)number)).ToArray(),
            1 => numbers.Select(BitConverter.Int64BitsToDouble).ToArray(),
            2 => numbers.Select(number => (int)number).ToArray(),
            _ => numbers.ToArray(),
        };
    }

    private static void AssertEqual(CheckpointContent expected, CheckpointContent actual)
    {
        Assert.Equal(expected.Metadata, actual.Metadata);
        Assert.Equal(expected.Tensors.Select(tensor => tensor.Name), actual.Tensors.Select(tensor => tensor.Name));
        foreach (var (left, right) in expected.Tensors.Zip(actual.Tensors))
        {
            Assert.Equal(left.Shape, right.Shape);
            Assert.Equal(left.Values, right.Values);
        }
    }

    private void WriteRaw(string header, byte[] data) => File.WriteAllBytes(Path, RawSafetensors.Bytes(header, data));
}
