using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace LstmDsl;

/// <summary>
/// A text in any encoding, as UTF-8 in pieces of whole characters. It ends before the first bytes that do not decode.
/// </summary>
internal sealed class Utf8Text : IDisposable
{
    private const int LongestMark = 4;
    private const int LongestCharacter = 4;

    private readonly Stream stream;
    private readonly string encoding;
    private readonly MarkingFallback? fallback;
    private readonly byte[] carried = new byte[LongestCharacter];
    private int carriedCount;

    /// <summary>Reads from a stream, which it owns.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="asked">Their encoding; null for UTF-8, unless the bytes begin with another's mark.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="InvalidDataException">The bytes begin with the mark of another encoding than was asked for.</exception>
    public Utf8Text(Stream source, Encoding? asked, string name)
    {
        var started = JoinedStream.Look(source, LongestMark, out var start);
        var (marked, markLength) = Marked(start);
        if (marked is not null && asked is not null && marked.CodePage != asked.CodePage)
        {
            started.Dispose();
            throw new InvalidDataException($"{name}, line 1: the file begins with the mark of {marked.WebName}, but CsvOptions.Encoding is "
                + $"{asked.WebName}; leave the encoding out.");
        }

        started.Skip(markLength);
        var chosen = asked ?? marked ?? Encoding.UTF8;
        encoding = chosen.WebName.ToUpperInvariant();
        IsUtf8 = chosen.CodePage == Encoding.UTF8.CodePage;
        if (IsUtf8)
        {
            stream = started;
            return;
        }

        fallback = new MarkingFallback();
        var strict = (Encoding)chosen.Clone();
        strict.DecoderFallback = fallback;
        stream = Encoding.CreateTranscodingStream(started, strict, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>Whether the bytes are read as they are.</summary>
    public bool IsUtf8 { get; }

    /// <summary>The encoding's name, such as <c>UTF-16</c>.</summary>
    public string Encoded => encoding;

    /// <summary>Why the text ended early, as a sentence; null where it did not.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads the next piece; 0 at the end, or where <see cref="Problem"/> says why.</summary>
    /// <param name="destination">Takes it; longer than a character.</param>
    public int Read(Span<byte> destination)
    {
        while (Problem is null)
        {
            carried.AsSpan(0, carriedCount).CopyTo(destination);
            var read = stream.Read(destination[carriedCount..]);
            var text = destination[..(carriedCount + read)];
            if (read == 0)
            {
                if (!text.IsEmpty)
                    Refuse(text[0]);
                return 0;
            }

            var whole = text[..^Incomplete(text)];
            text[whole.Length..].CopyTo(carried);
            carriedCount = text.Length - whole.Length;
            var valid = Valid(whole);
            if (valid > 0)
                return valid;
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private int Valid(ReadOnlySpan<byte> text)
    {
        if (fallback is not null)
        {
            var mark = fallback.Undecodable is null ? -1 : text.IndexOf(MarkingFallback.MarkBytes);
            if (mark >= 0)
                Refuse(fallback.Undecodable!.Value);
            return mark < 0 ? text.Length : mark;
        }

        if (Utf8.IsValid(text))
            return text.Length;
        var at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        Refuse(text[at]);
        return at;
    }

    private void Refuse(byte first) =>
        Problem = FormattableString.Invariant($"the text is not {encoding} (byte 0x{first:X2})") + (IsUtf8
            ? "; save the file in that encoding, or name its own, such as CsvOptions { Encoding = Encoding.Latin1 }"
            : "; name the encoding in which the file was saved, or save it as UTF-8");

    /// <summary>How many bytes at the end begin a character that goes on behind them.</summary>
    private static int Incomplete(ReadOnlySpan<byte> text)
    {
        for (var count = 1; count < LongestCharacter && count <= text.Length; count++)
        {
            var last = text[^count];
            if (last < 0x80)
                return 0;
            var isFirst = last >= 0xC0;
            if (!isFirst)
                continue;
            var length = last >= 0xF0 ? 4 : last >= 0xE0 ? 3 : 2;
            return length > count ? count : 0;
        }

        return 0;
    }

    private static (Encoding? Encoding, int MarkLength) Marked(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0, 0] => (Encoding.UTF32, 4),
        [0, 0, 0xFE, 0xFF] => (new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => (null, 0),
    };
}
