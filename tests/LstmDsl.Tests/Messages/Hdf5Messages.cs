namespace LstmDsl.Tests;

/// <summary>What can be wrong with an HDF5 file's objects: shapes, types, storage, filters, texts and links.</summary>
internal static class Hdf5Messages
{
    private const int FillValue = 0x05;
    private const int Attribute = 0x0C;
    private const string Name = "model.weights.h5";

    private static readonly byte[] FourFloats = new byte[16];

    private static readonly byte[] Compound = [0x16, 0, 0, 0, 4, 0, 0, 0];

    private static readonly byte[] Unsigned64 = [0x10, 0, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0];

    public static IEnumerable<MessageCase> Of() => [.. OfValues(), .. OfChunks(), .. OfHeaders(), .. OfSuperblocks()];

    private static IEnumerable<MessageCase> OfValues()
    {
        yield return new("a shape of another version", Data(shape: [9, 1, 0, 1]));
        yield return new("a shape of too many dimensions", Data(shape: [2, 33, 0, 1]));
        yield return new("a dimension without end", Data(shape: RawHdf5.Shape(long.MaxValue)));
        yield return new("a shape larger than an array", Data(shape: RawHdf5.Shape(1 << 20, 1 << 20)));
        yield return new("values larger than an array", Data(shape: RawHdf5.Shape(1 << 30)));
        yield return new("values that the file cannot hold", Data(shape: RawHdf5.Shape(1 << 28), layout: RawHdf5.Contiguous(-1, 0)));
        yield return new("a type of another version", Data(type: [0x01, 0, 0, 0, 4, 0, 0, 0]));
        yield return new("elements of no bytes", Data(type: [0x11, 0, 0, 0, 0, 0, 0, 0]));
        yield return new("compounds", Data(type: Compound));
        yield return new("a whole number that is too large", Data(
            [.. Enumerable.Repeat((byte)0xff, 8)], shape: RawHdf5.Shape(1), type: Unsigned64));
        yield return new("a text that is not UTF-8", Data([0xff, 0xff], shape: RawHdf5.Shape(2), type: RawHdf5.Text(1)));
        yield return new("texts of any length in too few bytes", Data(shape: RawHdf5.Shape(1), type: [0x19, 1, 0, 0, 12, 0, 0, 0]));
        yield return new("a layout of another version", Data(layout: [2, 1]));
        yield return new("a layout that is not read", Data(layout: [4, 3]));
        yield return new("too few values", Data(layout: RawHdf5.Contiguous(48, 8)));
        yield return new("values outside the file", Data(layout: RawHdf5.Contiguous(1 << 20, 16)));
        yield return new("a message that is cut short", Data(layout: [3, 1, 0]));
        yield return new("a fill value of another length", Data(
            layout: RawHdf5.Contiguous(-1, 0), more: RawHdf5.Message(FillValue, [3, 0x20, 2, 0, 0, 0, 0, 0])));
        yield return new("no type", () => Read(file => [RawHdf5.Message(RawHdf5.Layout, RawHdf5.Contiguous(file.Add(FourFloats), 16))]));
    }

    private static IEnumerable<MessageCase> OfChunks()
    {
        // Version, chunked, flags, dimensions with that of an element's bytes, bytes of a size; then the sizes and the index.
        yield return new("chunks of other dimensions", Data(layout: [4, 2, 0, 3, 1, 4, 4, 4, 1]));
        yield return new("chunks whose sizes take no bytes", Data(layout: [4, 2, 0, 2, 0]));
        yield return new("a chunk without end", Data(layout: [4, 2, 0, 2, 8, .. BitConverter.GetBytes(long.MaxValue)]));
        yield return new("a chunk larger than an array", Data(layout: [4, 2, 0, 2, 4, .. BitConverter.GetBytes(1 << 30), 4, 0, 0, 0, 1]));
        yield return new("a chunk of nothing", Data(layout: [4, 2, 0, 2, 1, 0, 4, 1]));
        yield return new("chunks of other elements", Data(layout: [4, 2, 0, 2, 1, 4, 8, 1]));
        yield return new("an index of chunks that is not read", Data(layout: [4, 2, 0, 2, 1, 4, 4, 4]));
        yield return new("edges that are not filtered", Data(layout: [4, 2, 1, 2, 1, 4, 4, 1], more: Filters(RawHdf5.Gzip(1))));
        yield return new("too many filters", Chunk([], RawHdf5.Gzip(33)));
        yield return new("a filter that is not read", Chunk([], [2, 1, 0, 125, 0, 0, 0, 0, 0, 0]));
        yield return new("a filter for elements without end", Chunk([], [2, 1, 2, 0, 0, 0, 1, 0, 0xff, 0xff, 0xff, 0xff]));
        yield return new("a chunk that is not compressed", Chunk([1, 2, 3, 4, 5, 6, 7, 8], RawHdf5.Gzip(1)));
        yield return new("a chunk without its checksum", Chunk([1, 2], [2, 1, 3, 0, 0, 0, 0, 0]));
        yield return new("a chunk that is too short", Chunk([1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 3, 0, 0, 0, 0, 0]));
    }

    private static IEnumerable<MessageCase> OfHeaders()
    {
        yield return new("a message that is shared", () => Read(_ => [[RawHdf5.Datatype, 0, 0, 2]]));
        yield return new("a block that goes on in itself", () => Read(file =>
        {
            var next = file.Add([]);
            byte[] block = [.. "OCHK"u8, .. RawHdf5.Message(RawHdf5.Continuation, RawHdf5.ContinuedAt(next, 28)), 0, 0, 0, 0];
            file.Add(block);
            return [RawHdf5.Message(RawHdf5.Continuation, RawHdf5.ContinuedAt(next, 28))];
        }));
        yield return new("a block that is too short", () => Read(file =>
            [RawHdf5.Message(RawHdf5.Continuation, RawHdf5.ContinuedAt(file.Add([.. "OCHK"u8, 0]), 5))]));
        yield return new("a block of another signature", () => Read(file =>
            [RawHdf5.Message(RawHdf5.Continuation, RawHdf5.ContinuedAt(file.Add(FourFloats), 16))]));
        byte[] text = [3, 0, 2, 0, 20, 0, 4, 0, 0, (byte)'a', 0, .. RawHdf5.Float32, 2, 0, 0, 1];
        yield return new("an attribute twice", () => Read(_ => [RawHdf5.Message(Attribute, [.. text, 0, 0, 0, 0]), RawHdf5.Message(Attribute, text)]));
        yield return new("an attribute that shares its type", () => Read(_ => [RawHdf5.Message(Attribute, [3, 1])]));
        yield return new("an attribute without its value", () => Read(_ => [RawHdf5.Message(Attribute, text)]));
        yield return new("a link of another version", () => Read(_ => [RawHdf5.Message(RawHdf5.Link, [9])]));
        yield return new("a link with a name without end", () => Read(_ => [RawHdf5.Message(RawHdf5.Link, [1, 2, 0, 0, 1, 0])]));
        yield return new("a link without a name", () => Read(_ => [RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo("", 0))]));
        yield return new("a link to nothing", () => Read(_ => [RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo("a", -1))]));
        yield return new("two links to one object", () => Read(file =>
        {
            var one = file.AddObject();
            return [RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo("a", one)), RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo("b", one))];
        }));
        yield return new("groups within groups without end", () => Read(file =>
        {
            var group = file.AddObject();
            for (var i = 0; i < 70; i++)
                group = file.AddObject(RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo("g", group)));
            return [RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo("g", group))];
        }));
    }

    private static IEnumerable<MessageCase> OfSuperblocks()
    {
        static Action Superblock(int at, params byte[] values) => () =>
        {
            var file = new RawHdf5();
            var bytes = file.File(file.AddObject());
            values.CopyTo(bytes, at);
            Hdf5File.Read(bytes, Name);
        };
        yield return new("addresses of other sizes", Superblock(9, 2));
        yield return new("addresses counted from elsewhere", Superblock(12, 0xff, 0xff, 0));
        yield return new("no root group", Superblock(36, [.. Enumerable.Repeat((byte)0xff, 8)]));
        yield return new("a root group outside the file", Superblock(36, 0, 0, 1));
    }

    private static Action Data(byte[]? values = null, byte[]? shape = null, byte[]? type = null, byte[]? layout = null, byte[]? more = null) => () =>
        Read(file =>
        {
            values ??= FourFloats;
            return
            [
                RawHdf5.Message(RawHdf5.Dataspace, shape ?? RawHdf5.Shape(4)),
                RawHdf5.Message(RawHdf5.Datatype, type ?? RawHdf5.Float32),
                .. more is null ? Array.Empty<byte[]>() : [more],
                RawHdf5.Message(RawHdf5.Layout, layout ?? RawHdf5.Contiguous(file.Add(values), values.Length)),
            ];
        });

    private static Action Chunk(byte[] stored, byte[] filters) => () => Read(file =>
    [
        RawHdf5.Message(RawHdf5.Dataspace, RawHdf5.Shape(4)),
        RawHdf5.Message(RawHdf5.Datatype, RawHdf5.Float32),
        Filters(filters),
        RawHdf5.Message(RawHdf5.Layout, RawHdf5.OneChunk(4, 4, file.Add(stored), stored.Length)),
    ]);

    private static byte[] Filters(byte[] filters) => RawHdf5.Message(RawHdf5.Filters, filters);

    /// <summary>Reads a file of one object of these messages.</summary>
    private static void Read(Func<RawHdf5, byte[][]> messages)
    {
        var file = new RawHdf5();
        var one = file.AddObject(messages(file));
        var root = file.AddObject(RawHdf5.Message(RawHdf5.Link, RawHdf5.LinkTo("one", one)));
        Hdf5Fixture.ReadAll(Hdf5File.Read(file.File(root), Name));
    }
}
