using System.Text;

namespace LstmDsl;

/// <summary>Puts a mark where bytes do not decode, so that everything before them is still read, and their place is known.</summary>
internal sealed class MarkingFallback : DecoderFallback
{
    /// <summary>The mark: no character, and in no text that is meant to be read.</summary>
    private const char Mark = '\uFFFF';

    /// <summary>The mark in UTF-8.</summary>
    public static ReadOnlySpan<byte> MarkBytes => [0xEF, 0xBF, 0xBF];

    /// <summary>The first byte that did not decode; null where all did.</summary>
    public byte? Undecodable { get; private set; }

    /// <inheritdoc/>
    public override int MaxCharCount => 1;

    /// <inheritdoc/>
    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

    private sealed class Buffer(MarkingFallback owner) : DecoderFallbackBuffer
    {
        private bool isDue;

        public override int Remaining => isDue ? 1 : 0;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            owner.Undecodable ??= bytesUnknown.Length > 0 ? bytesUnknown[0] : (byte)0;
            isDue = true;
            return true;
        }

        public override char GetNextChar()
        {
            var next = isDue ? Mark : '\0';
            isDue = false;
            return next;
        }

        public override bool MovePrevious() => false;

        public override void Reset() => isDue = false;
    }
}
