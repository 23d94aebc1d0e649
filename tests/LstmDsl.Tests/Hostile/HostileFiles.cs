using System.IO.Compression;
using System.Text;

namespace LstmDsl.Tests;

/// <summary>Files that claim much, or say the same thing often, each made for one reader and as long as it takes to tell.</summary>
internal static class HostileFiles
{
    private const int Kilobyte = 1 << 10;

    private static readonly byte[] WholeModel = Saved("model.keras");

    /// <summary>Every file by its name, whose extension says which reader it is for.</summary>
    public static readonly IReadOnlyDictionary<string, Func<byte[]>> ByName = new Dictionary<string, Func<byte[]>>
    {
        ["32 gzip filters on one chunk.h5"] = () => GzipChain(32),
        ["one block of messages in every object.h5"] = SharedMessages,
        ["texts of one byte.h5"] = ShortTexts,
        ["one long text again and again.h5"] = RepeatedText,
        ["names within names.h5"] = DeepNames,
        ["20,000 layers.keras"] = () => WithConfiguration(Layers(20_000)),
        ["900 layers with long options.keras"] = () => WithConfiguration(Layers(900, new string('x', Kilobyte))),
        ["one layer with an option of a megabyte.keras"] = () => WithConfiguration(Layers(1, new string('x', Kilobyte * Kilobyte))),
        ["a list of short numbers.keras"] = () => WithConfiguration($"{{\"config\":[{Repeated("1,", 300_000)}1]}}"),
        ["short members.keras"] = () => WithConfiguration($"{{\"config\":{{{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"{i:x}\":\"\""))}}}}}"),
        ["a configuration of spaces, compressed.keras"] = () => Zip(("config.json", new byte[2 << 20]), ("model.weights.h5", GzipChain(1))),
        ["gzip within gzip within a zip.keras"] = () => Zip(("config.json", "{}"u8.ToArray()), ("model.weights.h5", Compressible())),
        ["numbers in a compressed configuration.keras"] = () => Zip(
            ("config.json", System.Text.Encoding.UTF8.GetBytes($"[{Repeated("1,", 300_000)}1]")), ("model.weights.h5", [])),
        ["30,000 members.keras"] = () => Stored([.. Enumerable.Range(0, 30_000).Select(i => ($"{i}", Array.Empty<byte>()))]),
        ["members with long names.keras"] = () => Stored([.. Enumerable.Range(0, 900).Select(i => (new string('n', 4000) + i, Array.Empty<byte>()))]),
        ["sums without end.keras"] = () => WithMetadata(
            $"\"callbacks\":{{}},\"run\":{{\"moment\":\"batch_end\",\"epoch\":0,\"batch\":1,\"pass\":0,\"seen\":0,\"called\":0,\"first_iteration\":0,\"sums\":[{Repeated("1,", 300_000)}1]}}"),
        ["warnings without end.keras"] = () => WithMetadata(
            $"\"callbacks\":{{}},\"history\":{{\"epochs\":[],\"values\":{{}},\"warnings\":[{Repeated("\"w\",", 200_000)}\"w\"]}}"),
        ["20,000 callbacks.keras"] = () => WithMetadata($"\"callbacks\":{{{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"{i}\":{{}}"))}}}"),
        ["30,000 tensors.safetensors"] = () => Tensors([.. Enumerable.Range(0, 30_000).Select(i => $"t{i}")]),
        ["30,000 tensors of an optimizer.safetensors"] = () => Tensors([.. Enumerable.Range(0, 30_000).Select(i => $"optimizer.{i}.lstm.kernel")]),
        ["tensors of an optimizer with many dots.safetensors"] = () => Tensors([.. Enumerable.Range(0, 500).Select(i => $"{Repeated("a.", 500)}{i}")]),
        ["a name of two megabytes.safetensors"] = () => Tensors([new string('n', 2 << 20)]),
        ["a type of two megabytes.safetensors"] = () => RawSafetensors.Bytes($"{{\"a\":{{\"dtype\":\"{new string('F', 2 << 20)}\"}}}}", []),
        ["metadata of short numbers.safetensors"] = () => RawSafetensors.Bytes(
            $"{{\"__metadata__\":{{\"lstmdsl\":\"{{\\\"format\\\":1,\\\"library_version\\\":\\\"x\\\",\\\"model\\\":\\\"x\\\",\\\"pipeline\\\":{{\\\"columns\\\":[{Repeated("1,", 300_000)}1]}}}}\"}}}}", []),
    };

    /// <summary>A chunk of a megabyte of zeros through that many gzips, in a file that may become more than one such chunk.</summary>
    public static byte[] GzipChain(int filters)
    {
        const int Chunk = Kilobyte * Kilobyte;
        var stored = new byte[Chunk];
        for (var i = 0; i < filters; i++)
            stored = Deflated(stored);
        var file = new RawHdf5();
        file.Add(new byte[160 * Kilobyte]);
        var at = file.Add(stored);
        var dataset = file.AddObject(
            RawHdf5.Message(RawHdf5.Dataspace, RawHdf5.Shape(Chunk / 4)),
            RawHdf5.Message(RawHdf5.Datatype, RawHdf5.Float32),
            RawHdf5.Message(RawHdf5.Filters, RawHdf5.Gzip(filters)),
            RawHdf5.Message(RawHdf5.Layout, RawHdf5.OneChunk(Chunk / 4, 4, at, stored.Length)));
        return Rooted(file, dataset);
    }

    /// <summary>Objects whose headers go on in one and the same block of empty messages.</summary>
    private static byte[] SharedMessages()
    {
        const int Objects = 200;
        var file = new RawHdf5();
        byte[] block = [.. "OCHK"u8, .. new byte[32 * Kilobyte]];
        var at = file.Add(block);
        var objects = Enumerable.Range(0, Objects)
            .Select(_ => file.AddObject(RawHdf5.Message(RawHdf5.Continuation, RawHdf5.ContinuedAt(at, block.Length))))
            .ToList();
        return file.File(file.AddObject([.. objects.Select((address, i) => RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo($"o{i}", address)))]));
    }

    private static byte[] ShortTexts()
    {
        const int Texts = 256 * Kilobyte;
        var file = new RawHdf5();
        var at = file.Add([.. Enumerable.Repeat((byte)'a', Texts)]);
        return Rooted(file, file.AddObject(
            RawHdf5.Message(RawHdf5.Dataspace, RawHdf5.Shape(Texts)),
            RawHdf5.Message(RawHdf5.Datatype, RawHdf5.Text(1)),
            RawHdf5.Message(RawHdf5.Layout, RawHdf5.Contiguous(at, Texts))));
    }

    private static byte[] RepeatedText()
    {
        const int Length = 32 * Kilobyte;
        const int Times = 4 * Kilobyte;
        var file = new RawHdf5();
        byte[] text = [.. Enumerable.Repeat((byte)'a', Length)];
        var heap = file.Add([.. "GCOL"u8, 1, 0, 0, 0, .. BitConverter.GetBytes(32L + Length), 1, 0, 1, 0, 0, 0, 0, 0, .. BitConverter.GetBytes((long)Length), .. text]);
        byte[] one = [.. BitConverter.GetBytes(Length), .. BitConverter.GetBytes(heap), 1, 0, 0, 0];
        var at = file.Add([.. Enumerable.Repeat(one, Times).SelectMany(bytes => bytes)]);
        return Rooted(file, file.AddObject(
            RawHdf5.Message(RawHdf5.Dataspace, RawHdf5.Shape(Times)),
            RawHdf5.Message(RawHdf5.Datatype, RawHdf5.AnyText),
            RawHdf5.Message(RawHdf5.Layout, RawHdf5.Contiguous(at, one.Length * Times))));
    }

    /// <summary>Groups within each other, whose paths grow with every one, and many groups within the last.</summary>
    private static byte[] DeepNames()
    {
        const int Depth = 60;
        const int Children = 2000;
        var file = new RawHdf5();
        var name = new string('n', 250);
        var children = Enumerable.Range(0, Children).Select(_ => file.AddObject()).ToList();
        var group = file.AddObject([.. children.Select((address, i) => RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo($"c{i}", address)))]);
        for (var i = 0; i < Depth; i++)
            group = file.AddObject(RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo(name, group)));
        return file.File(group);
    }

    /// <summary>An HDF5 file that a zip makes small: what it compresses is itself compressed zeros, again and again.</summary>
    private static byte[] Compressible()
    {
        const int Sets = 200;
        const int Chunk = 256 * Kilobyte;
        var stored = Deflated(new byte[Chunk]);
        var file = new RawHdf5();
        file.Add(new byte[256 * Kilobyte]);
        var objects = Enumerable.Range(0, Sets).Select(_ => file.AddObject(
            RawHdf5.Message(RawHdf5.Dataspace, RawHdf5.Shape(Chunk / 4)),
            RawHdf5.Message(RawHdf5.Datatype, RawHdf5.Float32),
            RawHdf5.Message(RawHdf5.Filters, RawHdf5.Gzip(1)),
            RawHdf5.Message(RawHdf5.Layout, RawHdf5.OneChunk(Chunk / 4, 4, file.Add(stored), stored.Length)))).ToList();
        var layers = file.AddObject([.. objects.Select((address, i) => RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo($"d{i}", address)))]);
        return file.File(file.AddObject(RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo("layers", layers))));
    }

    private static byte[] Rooted(RawHdf5 file, long dataset)
    {
        var layers = file.AddObject(RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo("data", dataset)));
        return file.File(file.AddObject(RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo("layers", layers))));
    }

    private static byte[] Deflated(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(bytes);
        return stream.ToArray();
    }

    private static string Layers(int count, string option = "tanh") =>
        $"{{\"config\":{{\"layers\":[{string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"class_name\":\"LSTM\",\"config\":{{\"name\":\"l{i}\",\"activation\":\"{option}\"}}}}"))}]}}}}";

    private static string Repeated(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static byte[] Tensors(string[] names) => RawSafetensors.Bytes(
        $"{{{string.Join(',', names.Select(name => $"\"{name}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}"))}}}", []);

    private static byte[] WithConfiguration(string configuration) =>
        Stored([("config.json", Encoding.UTF8.GetBytes(configuration)), ("model.weights.h5", GzipChain(1))]);

    /// <summary>A sound model whose metadata also hold what a trainer writes, with this in it.</summary>
    private static byte[] WithMetadata(string training)
    {
        var metadata = "{\"format\":1,\"library_version\":\"x\",\"model\":\"TwoUnits\",\"training\":{\"optimizer\":\"adam\",\"hyper_parameters\":{},"
            + $"\"iteration\":1,\"learning_rate\":1,\"epoch\":0,\"seed\":1,{training}}}}}";
        var members = KerasArchive.Read(WholeModel, "whole", ["config.json", "model.weights.h5"]);
        return Stored([.. members.Select(member => (member.Key, member.Value)), ("lstmdsl.json", Encoding.UTF8.GetBytes(metadata))]);
    }

    private static byte[] Stored((string Name, byte[] Content)[] members)
    {
        using var stream = new MemoryStream();
        KerasArchive.Write(stream, members);
        return stream.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] members)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                using var member = archive.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                member.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Saved(string name)
    {
        using var folder = new TemporaryFolder();
        TwoUnits.Create(1).Save(folder.File(name));
        return File.ReadAllBytes(folder.File(name));
    }
}
