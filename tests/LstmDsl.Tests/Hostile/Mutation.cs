using System.Buffers.Binary;
using System.Text;

namespace LstmDsl.Tests;

/// <summary>What a malicious hand or a bad disk makes of a file.</summary>
internal static class Mutation
{
    private static readonly ulong[] Sizes =
    [
        0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000,
        0xFFFF_FFFF_FFFF_FFF8, 0xFFFF_FFFF_FFFF_FFFF,
    ];

    private static readonly string[] Tokens =
    [
        "", "0", "-1", "9999999999", "1e999", "-1e-999", "NaN", "Infinity", "null", "true", "[]", "{}", "\"\"", "\"\\ud800\"", "[[[[[[[[", "{\"a\":", ",", ";", "\"",
        "\n", "\r\n", "\0", "../../../../etc/passwd", "1970-01-01", "9999-12-31T23:59:59", "0.1.2", "−1", "１", "\uFEFF", "2147483648", "9223372036854775808",
    ];

    /// <summary>Changes bytes: one place often, several now and then.</summary>
    public static byte[] Bytes(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var count = random.Next(4) == 0 ? 1 + random.Next(8) : 1; count > 0 && bytes.Length > 16; count--)
        {
            var at = random.Next(bytes.Length - 8);
            switch (random.Next(8))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), (uint)Sizes[random.Next(Sizes.Length)]);
                    break;
                case 3:
                    BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), Sizes[random.Next(Sizes.Length)]);
                    break;
                case 4:
                    // An address of somewhere else in the file: cycles, overlaps.
                    BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), (ulong)random.Next(bytes.Length));
                    break;
                case 5:
                    bytes = bytes[..at];
                    break;
                case 6:
                    bytes = [.. bytes[..at], .. bytes[(at + random.Next(8))..]];
                    break;
                default:
                    var length = random.Next(1, Math.Min(64, bytes.Length - at));
                    var target = random.Next(bytes.Length - length);
                    bytes.AsSpan(at, length).ToArray().CopyTo(bytes, target);
                    break;
            }
        }

        return bytes;
    }

    /// <summary>Changes a text so that it often stays one of its kind: numbers, names and marks are replaced, parts doubled or nested.</summary>
    public static string Text(string original, Random random)
    {
        var text = original;
        for (var count = random.Next(4) == 0 ? 1 + random.Next(6) : 1; count > 0 && text.Length > 4; count--)
        {
            var at = random.Next(text.Length);
            var token = Tokens[random.Next(Tokens.Length)];
            switch (random.Next(6))
            {
                case 0:
                    text = text[..at] + token + text[at..];
                    break;
                case 1:
                    var end = at;
                    while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-' or '_'))
                        end++;
                    text = text[..at] + token + text[end..];
                    break;
                case 2:
                    text = text[..at];
                    break;
                case 3:
                    var length = random.Next(Math.Min(200, text.Length - at));
                    text = text.Insert(at, text.Substring(at, length));
                    break;
                case 4:
                    text = text[..at] + text[(at + random.Next(Math.Min(200, text.Length - at)))..];
                    break;
                default:
                    var depth = 1 << random.Next(4, 14);
                    text = text[..at] + new StringBuilder().Insert(0, random.Next(2) == 0 ? "[" : "{\"a\":", depth) + text[at..];
                    break;
            }
        }

        return text;
    }
}
