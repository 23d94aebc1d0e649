using System.Buffers;
using System.Buffers.Binary;

namespace LstmDsl;

/// <summary>A protocol buffer message, field by field, in the few kinds that event files need.</summary>
internal sealed class ProtocolBuffer
{
    private const int VariableKind = 0;
    private const int EightBytesKind = 1;
    private const int LengthKind = 2;
    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.WrittenSpan;

    /// <summary>Adds a whole number that is not negative.</summary>
    public void Add(int field, long value)
    {
        AddVariable((ulong)((field << 3) | VariableKind));
        AddVariable((ulong)value);
    }

    /// <summary>Adds a double.</summary>
    public void Add(int field, double value)
    {
        AddVariable((ulong)((field << 3) | EightBytesKind));
        Span<byte> number = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(number, value);
        bytes.Write(number);
    }

    /// <summary>Adds a text's bytes, or packed numbers.</summary>
    public void Add(int field, ReadOnlySpan<byte> value)
    {
        AddVariable((ulong)((field << 3) | LengthKind));
        AddVariable((ulong)value.Length);
        bytes.Write(value);
    }

    /// <summary>Adds a message.</summary>
    public void Add(int field, ProtocolBuffer message) => Add(field, message.Bytes);

    private void AddVariable(ulong value)
    {
        for (; value > 0x7f; value >>= 7)
            bytes.Write([(byte)(value | 0x80)]);
        bytes.Write([(byte)value]);
    }
}
