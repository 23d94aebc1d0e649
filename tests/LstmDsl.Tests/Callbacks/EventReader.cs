using System.Buffers.Binary;
using System.Text;

namespace LstmDsl.Tests;

/// <summary>Reads an event file as TensorBoard would: records with their checksums, scalars out of protocol buffers.</summary>
internal static class EventReader
{
    public sealed record Event(double Time, long Step, string? Version, string? Tag, string? Plugin, float? Value);

    public static IReadOnlyList<Event> Read(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        var events = new List<Event>();
        while (bytes.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            Assert.Equal(Unmasked(bytes[8..]), Crc(bytes[..8]));
            var data = bytes.Slice(12, length);
            Assert.Equal(Unmasked(bytes[(12 + length)..]), Crc(data));
            events.Add(ReadEvent(data));
            bytes = bytes[(16 + length)..];
        }

        return events;
    }

    /// <summary>CRC-32C bit by bit from its definition: the polynomial 0x1EDC6F41, reflected.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
        }

        return ~crc;
    }

    private static uint Unmasked(ReadOnlySpan<byte> bytes)
    {
        var rotated = unchecked(BinaryPrimitives.ReadUInt32LittleEndian(bytes) - 0xa282ead8);
        return (rotated >> 17) | (rotated << 15);
    }

    private static Event ReadEvent(ReadOnlySpan<byte> data)
    {
        var fields = Fields(data);
        var time = BitConverter.ToDouble(fields[1]);
        var step = fields.TryGetValue(2, out var number) ? (long)Variable(number) : 0;
        if (fields.TryGetValue(3, out var version))
            return new(time, step, Encoding.UTF8.GetString(version), null, null, null);

        var value = Fields(Fields(fields[5])[1]);
        var tensor = Fields(value[8]);
        Assert.Equal(1UL, Variable(tensor[1]));
        Assert.Empty(tensor[2]);
        var plugin = Encoding.UTF8.GetString(Fields(Fields(value[9])[1])[1]);
        return new(time, step, null, Encoding.UTF8.GetString(value[1]), plugin, BitConverter.ToSingle(tensor[5]));
    }

    private static Dictionary<int, byte[]> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new Dictionary<int, byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var key = TakeVariable(message, ref at);
            var start = at;
            var length = 8;
            switch (key & 7)
            {
                case 0:
                    TakeVariable(message, ref at);
                    length = at - start;
                    break;
                case 2:
                    length = (int)TakeVariable(message, ref at);
                    start = at;
                    break;
                default:
                    Assert.Equal(1UL, key & 7);
                    break;
            }

            fields.Add((int)(key >> 3), message.Slice(start, length).ToArray());
            at = start + length;
        }

        return fields;
    }

    private static ulong Variable(byte[] bytes)
    {
        var at = 0;
        return TakeVariable(bytes, ref at);
    }

    private static ulong TakeVariable(ReadOnlySpan<byte> bytes, ref int at)
    {
        var (value, shift) = (0UL, 0);
        do
        {
            value |= (ulong)(bytes[at] & 0x7f) << shift;
            shift += 7;
        }
        while ((bytes[at++] & 0x80) != 0);
        return value;
    }
}
