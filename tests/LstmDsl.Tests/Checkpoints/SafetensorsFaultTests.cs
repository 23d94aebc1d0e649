using System.Diagnostics;

namespace LstmDsl.Tests;

/// <summary>Files that are not what they claim to be.</summary>
public sealed class SafetensorsFaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("weights.safetensors");

    public static TheoryData<string, string> LyingHeaders => new()
    {
        { "", "does not begin with '{'" },
        { "[]", "does not begin with '{'" },
        { " {}", "does not begin with '{'" },
        { "{", "is not valid JSON" },
        { "{}{}", "is not valid JSON" },
        { "{\"a\":1,}", "tensor 'a' must be an object" },
        { "{\"a\":{}}", "tensor 'a' lacks its dtype" },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", "tensor 'a' lacks its data_offsets" },
        { "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", "tensor 'a' lacks its shape" },
        { Tensor("U8", "[8]", "[0,8]"), "tensor 'a' has dtype U8; this library reads F16, BF16, F32, F64, I32 and I64" },
        { Tensor("F32", "[3]", "[0,8]"), "tensor 'a' of F32 (3) takes 12 bytes, but its data_offsets [0, 8] span 8" },
        { Tensor("F32", "[-2]", "[0,8]"), "shape of tensor 'a' holds something that is no whole number" },
        { Tensor("F32", "[2.0]", "[0,8]"), "shape of tensor 'a' holds something that is no whole number" },
        { Tensor("F32", "[\"2\"]", "[0,8]"), "shape of tensor 'a' holds something that is no whole number" },
        { Tensor("F32", "2", "[0,8]"), "shape of tensor 'a' must be a list" },
        { Tensor("F32", "[2147483647,2147483647,4]", "[0,8]"), "which is more than this library holds" },
        { Tensor("F32", "[4294967296,4294967296,4294967296,4294967296]", "[0,0]"), "which is more than this library holds" },
        { Tensor("F32", "[9223372036854775807]", "[0,8]"), "which is more than this library holds" },
        { Tensor("F32", $"[{string.Join(",", Enumerable.Repeat("1", 33))}]", "[0,4]"), "holds more than 32 numbers" },
        { Tensor("F32", "[2]", "[8,0]"), "data_offsets of tensor 'a' are [8, 0], which is no begin and end" },
        { Tensor("F32", "[2]", "[8]"), "data_offsets of tensor 'a' are [8], which is no begin and end" },
        { Tensor("F32", "[2]", "[0,8,16]"), "data_offsets of tensor 'a' holds more than 2 numbers" },
        { Tensor("F32", "[4]", "[0,16]"), "tensor 'a' ends at byte 16 of the data, but only 8 bytes" },
        { Tensor("F32", "[1]", "[0,4]"), "its tensors end at byte 4 of the data, but 8 bytes" },
        { Tensor("F32", "[1]", "[4,8]"), "tensor 'a' begins at byte 4, a hole behind the start of the data at byte 0" },
        { $"{{{Member("a", "[0,4]")},{Member("a", "[4,8]")}}}", "its header lists 'a' twice" },
        { $"{{{Member("a", "[0,4]")},{Member("b", "[0,4]")}}}", "tensor 'b' begins at byte 0 and overlaps tensor 'a', which ends at byte 4" },
        { "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "tensor 'a' gives its dtype twice" },
        { "{\"__metadata__\":{\"lstmdsl\":{}}}", "'lstmdsl' in '__metadata__' must be a text" },
        { "{\"__metadata__\":[]}", "'__metadata__' must be an object of texts" },
        { "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", "'__metadata__' lists 'a' twice" },
        { "{\"\\ud800\":{}}", "holds text that is not valid" },
        { $"{{\"a\":{{\"deep\":{new string('[', 1000)}", "is not valid JSON" },
    };

    [Theory]
    [MemberData(nameof(LyingHeaders))]
    public void A_lying_header_is_found_out(string header, string message)
    {
        File.WriteAllBytes(Path, RawSafetensors.Bytes(header, new byte[8]));
        AssertRefused(message);
    }

    [Fact]
    public void A_header_that_is_no_text_is_found_out()
    {
        File.WriteAllBytes(Path, RawSafetensors.Bytes([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)'}'], []));
        AssertRefused("its header is not UTF-8");
    }

    [Theory]
    [InlineData(new byte[0], "it is 0 bytes long")]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0 }, "it is 7 bytes long")]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0 }, "its header claims 2 bytes, but only 0 follow: the file is cut short")]
    [InlineData(new byte[] { 0, 225, 245, 5, 0, 0, 0, 0, 123 }, "its header claims 100000000 bytes, but only 1 follow")]
    [InlineData(new byte[] { 1, 225, 245, 5, 0, 0, 0, 0, 123 }, "its header claims 100000001 bytes, where the format allows 100000000")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 123 }, "its header claims 18446744073709551615 bytes")]
    public void A_lying_length_is_found_out(byte[] file, string message)
    {
        File.WriteAllBytes(Path, file);
        AssertRefused(message);
    }

    [Fact]
    public void Every_truncation_is_found_out()
    {
        var whole = ValidFile();
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Throws<InvalidDataException>(() => Safetensors.Read(Path));
        }
    }

    /// <summary>Changed bytes give a clear exception or a right reading, and never take much memory, whatever the header says.</summary>
    [Fact]
    public void A_thousand_mutations_are_survived()
    {
        const int Mutations = 1000;
        var whole = ValidFile();
        // Reading buffers, the header and its texts once each as bytes, characters and list entries, the data, and the message.
        var mostBytes = 40_000 + (20 * whole.Length);
        var read = 0;
        var clock = Stopwatch.StartNew();
        for (var mutation = 0; mutation < Mutations; mutation++)
        {
            File.WriteAllBytes(Path, Mutate(whole, mutation));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var thrown = Record.Exception(() => Safetensors.Read(Path));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, mostBytes);
            if (thrown is null)
            {
                read++;
            }
            else
            {
                Assert.IsType<InvalidDataException>(thrown);
                Assert.StartsWith($"'{Path}' is not a valid safetensors file: ", thrown.Message, StringComparison.Ordinal);
            }
        }

        // Both happen: some mutations hit data or names, others the header's structure.
        Assert.InRange(read, 1, Mutations - 1);
        // A hundred times what it takes; a reader that believed a size would take far longer.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
    }

    public void Dispose() => folder.Dispose();

    private static string Tensor(string type, string shape, string offsets) =>
        $$$"""{"a":{"dtype":"{{{type}}}","shape":{{{shape}}},"data_offsets":{{{offsets}}}}}""";

    private static string Member(string name, string offsets) => $$"""
        "{{name}}":{"dtype":"F32","shape":[1],"data_offsets":{{offsets}}}
        """;

    private static byte[] ValidFile()
    {
        using var folder = new TemporaryFolder();
        Safetensors.Write(folder.File("valid"), new()
        {
            Tensors =
            [
                new("lstm.kernel", [1, 8], new float[8]),
                new("lstm.recurrent_kernel", [2, 8], new double[16]),
                new("optimizer.iteration", [], new[] { 7L }),
                new("lstm.bias", [8], new int[8]),
            ],
            Metadata = """{"format":1}""",
        });
        return File.ReadAllBytes(folder.File("valid"));
    }

    /// <summary>One to four changes: a bit, a byte, a digit, a piece cut out or doubled, or the end cut off.</summary>
    private static byte[] Mutate(byte[] whole, int mutation)
    {
        List<byte> bytes = [.. whole];
        var draw = Philox.Draw(mutation, RandomPurpose.Shuffle, 0);
        for (var change = 0u; change <= draw.Word0 % 4; change++)
        {
            var words = Philox.Draw(mutation, RandomPurpose.Shuffle, 1 + change);
            var at = (int)(words.Word0 % bytes.Count);
            var length = Math.Min((int)(words.Word1 % 20), bytes.Count - at - 1);
            switch (words.Word2 % 6)
            {
                case 0:
                    bytes[at] ^= (byte)(1 << (int)(words.Word3 % 8));
                    break;
                case 1:
                    bytes[at] = (byte)words.Word3;
                    break;
                case 2:
                    at = bytes.FindIndex(at, value => char.IsAsciiDigit((char)value));
                    bytes[Math.Max(at, 0)] = (byte)('0' + (words.Word3 % 10));
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                default:
                    bytes.RemoveRange(at + 1, bytes.Count - at - 1);
                    break;
            }
        }

        return [.. bytes];
    }

    private void AssertRefused(string message)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var thrown = Assert.Throws<InvalidDataException>(() => Safetensors.Read(Path));
        // The exceptions and their texts; none of the sizes that these files claim would fit.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.StartsWith($"'{Path}' is not a valid safetensors file: ", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }
}
