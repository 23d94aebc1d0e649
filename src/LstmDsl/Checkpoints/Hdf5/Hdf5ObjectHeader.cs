namespace LstmDsl;

/// <summary>What a message of an object header is about.</summary>
internal enum Hdf5MessageKind
{
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    FillValue = 0x05,
    Link = 0x06,
    Layout = 0x08,
    Filters = 0x0B,
    Attribute = 0x0C,
    Continuation = 0x10,
    SymbolTable = 0x11,
    AttributeInfo = 0x15,
}

/// <summary>One message of an object header.</summary>
/// <param name="Kind">What it is about; kinds that have no name here are of no interest.</param>
/// <param name="Body">Its content.</param>
internal readonly record struct Hdf5Message(Hdf5MessageKind Kind, Hdf5Cursor Body);

/// <summary>The header of a group or data set: a list of messages, in blocks.</summary>
internal sealed class Hdf5ObjectHeader
{
    /// <summary>The message's flag that its content stands elsewhere.</summary>
    private const int Shared = 0x02;

    private readonly Hdf5Image image;
    private readonly HashSet<long> blocks = [];
    private readonly List<Hdf5Message> messages = [];

    /// <summary>Reads the header at an address.</summary>
    /// <param name="image">The file.</param>
    /// <param name="address">The address.</param>
    /// <param name="place">The object's path, for messages.</param>
    /// <exception cref="InvalidDataException">There is no object header.</exception>
    public Hdf5ObjectHeader(Hdf5Image image, ulong address, string place)
    {
        this.image = image;
        var cursor = image.At(address, place);
        Start = cursor.Position;
        image.ChargeObject(cursor);
        var ahead = cursor;
        if (ahead.Remaining > 0 && ahead.U8() == 'O')
            ReadNew(cursor);
        else
            ReadOld(cursor);
    }

    /// <summary>Where the header stands in the file.</summary>
    public long Start { get; }

    /// <summary>The messages of a kind, in order.</summary>
    public IEnumerable<Hdf5Cursor> All(Hdf5MessageKind kind) => messages.Where(message => message.Kind == kind).Select(message => message.Body);

    /// <summary>The first message of a kind; null where there is none.</summary>
    public Hdf5Cursor? First(Hdf5MessageKind kind)
    {
        foreach (var message in messages)
        {
            if (message.Kind == kind)
                return message.Body;
        }

        return null;
    }

    private void ReadOld(Hdf5Cursor cursor)
    {
        cursor.Version(1, 1, "an object header");
        cursor.Skip(7);
        var size = cursor.U32();
        cursor.Skip(4);
        ReadBlock(cursor.Take(size), isNew: false, hasOrder: false);
    }

    private void ReadNew(Hdf5Cursor cursor)
    {
        cursor.Expect("OHDR"u8, "an object header");
        cursor.Version(2, 2, "an object header");
        var flags = cursor.U8();
        cursor.Skip((flags & 0x20) != 0 ? 16 : 0);
        cursor.Skip((flags & 0x10) != 0 ? 4 : 0);
        var size = cursor.Number(1 << (flags & 3));
        ReadBlock(cursor.Take(size), isNew: true, hasOrder: (flags & 0x04) != 0);
    }

    private void ReadBlock(Hdf5Cursor block, bool isNew, bool hasOrder)
    {
        // A block that says that it continues in itself would never end.
        if (!blocks.Add(block.Position))
            throw block.Fault("an object header continues in a block that it has already");

        var prefix = isNew ? (hasOrder ? 6 : 4) : 8;
        while (block.Remaining >= prefix)
        {
            var kind = (Hdf5MessageKind)(isNew ? block.U8() : block.U16());
            var size = block.U16();
            var flags = block.U8();
            block.Skip(isNew ? (hasOrder ? 2 : 0) : 3);
            var body = block.Take((ulong)size);
            image.ChargeEntry(body);
            if (kind == Hdf5MessageKind.Continuation)
                Continue(body, isNew, hasOrder);
            else if ((flags & Shared) == 0)
                messages.Add(new(kind, body));
            else if (kind is Hdf5MessageKind.Dataspace or Hdf5MessageKind.Datatype or Hdf5MessageKind.Filters)
                throw body.Fault($"its {kind} is shared with other objects, which is not read");
        }
    }

    private void Continue(Hdf5Cursor body, bool isNew, bool hasOrder)
    {
        var address = body.RequiredAddress("a continuation");
        var length = body.Length();
        var block = image.At(address, length, body.Place);
        if (isNew)
        {
            block.Expect("OCHK"u8, "a continuation");
            // The last four bytes are a checksum.
            if (block.Remaining < 4)
                throw block.Fault("a continuation is too short");
            block = block.Take((ulong)(block.Remaining - 4));
        }

        ReadBlock(block, isNew, hasOrder);
    }
}
