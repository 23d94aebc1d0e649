using System.Diagnostics.CodeAnalysis;
using Xunit.Abstractions;

namespace LstmDsl.Tests;

/// <summary>
/// Of a file no more is made than is documented: 64 times its length and a megabyte, everything that is allocated on the way together. What
/// takes memory in proportion takes time in proportion too.
/// </summary>
public sealed class FileBoundTests(ITestOutputHelper output) : IDisposable
{
    private const int LongestMessage = 100_000;

    private readonly TemporaryFolder folder = new();

    [SuppressMessage("Usage", "CA2211", Justification = "xunit")]
    public static TheoryData<string> Names => [.. HostileFiles.ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_more_is_made_of_a_file_than_is_documented(string name)
    {
        var bytes = HostileFiles.ByName[name]();
        var path = folder.File(name);
        File.WriteAllBytes(path, bytes);
        // What the runtime and the library make once, whatever the file.
        Read(TinyOf(Path.GetExtension(name)));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Read(path);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine(FormattableString.Invariant(
            $"{bytes.Length} bytes, allocated {allocated}, {(double)allocated / bytes.Length:F1} times; {fault?.Message[..Math.Min(fault.Message.Length, 300)]}"));
        Assert.IsType<InvalidDataException>(fault);
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Message.Length, 1, LongestMessage);
        Assert.InRange(allocated, 0, (64L * bytes.Length) + (1 << 20));
    }

    [Fact]
    public void Members_of_a_zip_are_counted_before_anything_is_made_of_them()
    {
        var bytes = HostileFiles.ByName["30,000 members.keras"]();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<InvalidDataException>(() => KerasArchive.Read(bytes, "x.keras", ["config.json"]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Contains("it has more than 1000 members, the most that are read", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_members_of_a_zip_are_counted_and_not_what_its_end_claims()
    {
        var bytes = HostileFiles.ByName["30,000 members.keras"]();
        // The end of the directory gives the number of members twice, ten bytes from its start.
        const int Counts = 22 - 8;
        bytes.AsSpan(bytes.Length - Counts, 4).Clear();
        Assert.Contains(
            "more than 1000 members",
            Assert.Throws<InvalidDataException>(() => KerasArchive.Read(bytes, "x.keras", ["config.json"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void More_layers_than_any_model_has_are_counted_before_anything_is_made_of_them()
    {
        var path = Written("20,000 layers.keras");
        Assert.Contains(
            "its configuration lists 20000 layers; up to 1000 are read",
            Assert.Throws<InvalidDataException>(() => KerasFile.Declaration(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_gzip_of_a_chain_is_charged()
    {
        var file = Hdf5File.Read(HostileFiles.GzipChain(32), "x.h5");
        Assert.Contains(
            "a chunk would take 2107400 bytes, more than a file of",
            Assert.Throws<InvalidDataException>(() => file.Root.FindDataset("layers/data")!.Read()).Message,
            StringComparison.Ordinal);
        var two = Hdf5File.Read(HostileFiles.GzipChain(2), "x.h5").Root.FindDataset("layers/data")!.Read();
        Assert.Equal(1 << 18, two.Values.Length);
    }

    /// <summary>The file is sparse: its length is claimed, and nobody has to write or read it.</summary>
    [Theory]
    [InlineData("other.kernel")]
    [InlineData("lstm.kernel")]
    [InlineData("optimizer.momentum.lstm.kernel")]
    public void A_tensor_that_fits_nothing_is_refused_without_reading_it(string name)
    {
        const long Length = 3L << 30;
        var path = folder.File("large.safetensors");
        File.WriteAllBytes(path, RawSafetensors.Bytes(
            FormattableString.Invariant($"{{\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{Length / 4}],\"data_offsets\":[0,{Length}]}}}}"), []));
        using (var stream = File.OpenWrite(path))
            stream.SetLength(stream.Length + Length);
        Read(TinyOf(".safetensors"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<InvalidDataException>(() => TwoUnits.Load(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains("are not those of this model", fault.Message, StringComparison.Ordinal);
        before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => PyTorch.Load(TwoUnits.Create(1), path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    /// <summary>Each stands where the file's JSON is parsed without complaint, and is met when the pipeline is read.</summary>
    [Theory]
    [InlineData("\\\"columns\\\":[\\\"\\\\ud800\\\"]")]
    [InlineData("\\\"\\\\ud800 and more than any name\\\":1")]
    [InlineData("\\\"columns\\\":1")]
    public void A_pipeline_that_is_none_is_told_with_the_file(string pipeline)
    {
        var path = folder.File("model.safetensors");
        TwoUnits.Create(1).Save(path);
        var header = $"{{\"__metadata__\":{{\"lstmdsl\":\"{{\\\"format\\\":1,\\\"library_version\\\":\\\"x\\\",\\\"model\\\":\\\"x\\\",\\\"pipeline\\\":{{{pipeline}}}}}\"}},";
        var bytes = File.ReadAllBytes(path);
        var length = (int)BitConverter.ToInt64(bytes);
        var tensors = System.Text.Encoding.UTF8.GetString(bytes, 8, length);
        File.WriteAllBytes(path, RawSafetensors.Bytes(header + tensors[tensors.IndexOf("\"lstm.", StringComparison.Ordinal)..], bytes[(8 + length)..]));
        Assert.StartsWith($"'{path}': ", Assert.Throws<InvalidDataException>(() => TwoUnits.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sound_files_of_every_format_keep_the_bound_and_are_read()
    {
        foreach (var extension in new[] { ".keras", ".weights.h5", ".safetensors" })
            Assert.Null(Read(TinyOf(extension)));
    }

    public void Dispose() => folder.Dispose();

    private string Written(string name)
    {
        File.WriteAllBytes(folder.File(name), HostileFiles.ByName[name]());
        return folder.File(name);
    }

    private string TinyOf(string extension)
    {
        var path = folder.File("tiny" + (extension == ".h5" ? ".weights.h5" : extension));
        TwoUnits.Create(1).Save(path);
        return path;
    }

    // A model needs the weights alone; what is told of a run is looked at where training goes on.
    private static Exception? Read(string path) => Record.Exception(() => TwoUnits.Load(path))
        ?? Record.Exception(() => new TwoUnits.Trainer(new(seed: 1)) { Loss = Loss.MeanSquaredError }.Load(path));
}
