using System.Text.Json;

namespace LstmDsl;

/// <summary>Reads the JSON of a safetensors header in one pass, without building a document, and checks each tensor on its own.</summary>
internal ref struct SafetensorsHeaderParser
{
    /// <summary>A header nests three deep: the file, a tensor, its shape. More is left for members that nobody knows yet.</summary>
    private const int DeepestNesting = 8;

    private const int MostDimensions = 32;

    /// <summary>Bytes of the longest name, so that neither tables of names nor messages grow with what a file claims.</summary>
    private const int LongestName = 1024;

    private readonly long dataLength;
    private readonly string file;
    private Utf8JsonReader reader;

    /// <summary>Prepares to read.</summary>
    /// <param name="json">The header.</param>
    /// <param name="dataLength">Bytes that follow it.</param>
    /// <param name="file">The file's name, for messages.</param>
    public SafetensorsHeaderParser(ReadOnlySpan<byte> json, long dataLength, string file)
    {
        this.dataLength = dataLength;
        this.file = file;
        reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
    }

    /// <summary>Reads the header: its tensors as listed, this library's own metadata and their checksums.</summary>
    /// <exception cref="InvalidDataException">The header is JSON, but not a header.</exception>
    /// <exception cref="JsonException">The header is not JSON.</exception>
    public (List<SafetensorsEntry> Entries, string? Metadata, string? Checksums) Parse()
    {
        List<SafetensorsEntry> entries = [];
        HashSet<string> names = [];
        (string? Metadata, string? Checksums) own = default;
        reader.Read();
        while (NextMember(out var name))
        {
            if (!names.Add(name))
            {
                throw Fault($"its header lists '{name}' twice.");
            }

            if (name == SafetensorsHeader.MetadataName)
            {
                own = ReadMetadata();
            }
            else
            {
                entries.Add(ReadEntry(name));
            }
        }

        // The end of the text is read too: anything but spaces there is an error of the JSON.
        reader.Read();
        return (entries, own.Metadata, own.Checksums);
    }

    private (string? Metadata, string? Checksums) ReadMetadata()
    {
        Expect(JsonTokenType.StartObject, $"'{SafetensorsHeader.MetadataName}' must be an object of texts");
        string? own = null;
        string? checksums = null;
        HashSet<string> names = [];
        while (NextMember(out var name))
        {
            Expect(JsonTokenType.String, $"'{name}' in '{SafetensorsHeader.MetadataName}' must be a text");
            if (!names.Add(name))
            {
                throw Fault($"'{SafetensorsHeader.MetadataName}' lists '{name}' twice.");
            }

            if (name == SafetensorsHeader.OwnMetadataName)
            {
                own = reader.GetString();
            }
            else if (name == SafetensorsChecksums.Name)
            {
                checksums = reader.GetString();
            }
        }

        return (own, checksums);
    }

    private SafetensorsEntry ReadEntry(string tensor)
    {
        Expect(JsonTokenType.StartObject, $"tensor '{tensor}' must be an object with dtype, shape and data_offsets");
        SafetensorsType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (NextMember(out var member))
        {
            switch (member)
            {
                case "dtype" when type is null:
                    type = ReadType(tensor);
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(tensor, member, MostDimensions);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(tensor, member, 2);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Fault($"tensor '{tensor}' gives its {member} twice.");
                default:
                    reader.Read();
                    reader.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is null)
        {
            throw Fault($"tensor '{tensor}' lacks its {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}.");
        }

        return Checked(tensor, type.Value, shape, offsets);
    }

    private SafetensorsType ReadType(string tensor)
    {
        Expect(JsonTokenType.String, $"the dtype of tensor '{tensor}' must be a text");
        var name = Name();
        return SafetensorsTypes.Named(name)
            ?? throw SafetensorsHeader.UnreadType(file, tensor, name);
    }

    private List<long> ReadNumbers(string tensor, string member, int most)
    {
        Expect(JsonTokenType.StartArray, $"the {member} of tensor '{tensor}' must be a list of numbers");
        List<long> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0)
            {
                throw Fault($"the {member} of tensor '{tensor}' holds something that is no whole number from 0 to {long.MaxValue}.");
            }

            if (numbers.Count == most)
            {
                throw Fault($"the {member} of tensor '{tensor}' holds more than {most} numbers.");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>Checks one tensor against the data that follow, so that no memory is asked for that the file does not fill.</summary>
    private readonly SafetensorsEntry Checked(string tensor, SafetensorsType type, List<long> shape, List<long> offsets)
    {
        if (offsets.Count != 2 || offsets[0] > offsets[1])
        {
            throw Fault($"the data_offsets of tensor '{tensor}' are [{string.Join(", ", offsets)}], which is no begin and end.");
        }

        var (begin, end) = (offsets[0], offsets[1]);
        if (end > dataLength)
        {
            throw Fault($"tensor '{tensor}' ends at byte {end} of the data, but only {dataLength} bytes of data follow the header.");
        }

        var shapeText = $"({string.Join(", ", shape)})";
        long size = type.Size();
        foreach (var dimension in shape)
        {
            // A dimension may be larger than an array only beside one that is 0.
            if (dimension > Array.MaxLength || (dimension > 0 && size > long.MaxValue / dimension))
            {
                throw Fault($"tensor '{tensor}' has shape {shapeText}, which is more than this library holds.");
            }

            size *= dimension;
        }

        if (size != end - begin)
        {
            throw Fault(
                $"tensor '{tensor}' of {type.Name()} {shapeText} takes {size} bytes, but its data_offsets [{begin}, {end}] span {end - begin}.");
        }

        if (size / type.Size() > Array.MaxLength)
        {
            throw Fault($"tensor '{tensor}' has shape {shapeText}, which is more than this library holds.");
        }

        return new(tensor, type, [.. shape.Select(dimension => (int)dimension)], begin, end);
    }

    /// <summary>Steps to the next member of the object at hand; false at its end.</summary>
    private bool NextMember(out string name)
    {
        reader.Read();
        name = reader.TokenType == JsonTokenType.PropertyName ? Name() : "";
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>The text at hand, which names something.</summary>
    private readonly string Name() => reader.ValueSpan.Length <= LongestName
        ? reader.GetString()!
        : throw Fault($"its header holds a name of {reader.ValueSpan.Length} bytes; up to {LongestName} are read.");

    private void Expect(JsonTokenType token, string otherwise)
    {
        reader.Read();
        if (reader.TokenType != token)
        {
            throw Fault($"{otherwise}.");
        }
    }

    private readonly InvalidDataException Fault(string what) => SafetensorsHeader.Fault(file, what);
}
