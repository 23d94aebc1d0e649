using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace LstmDsl;

/// <summary>
/// A TensorBoard event file: records of an event each, in TFRecord's form (length, its masked CRC-32C, the event, its masked CRC-32C). An
/// event is a protocol buffer message: <c>tensorflow.Event</c>, whose scalars are tensors without axes, as TensorFlow 2 writes them.
/// </summary>
internal sealed class EventFile
{
    private const string FormatVersion = "brain.Event:2";
    private const string ScalarsPlugin = "scalars";
    private const int ScalarClass = 1;
    private const int FloatType = 1;
    private readonly string path;
    private readonly TimeProvider time;

    // Records that are not in the file yet.
    private readonly ArrayBufferWriter<byte> unwritten = new();

    /// <summary>Begins a file.</summary>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public EventFile(string path, TimeProvider time)
    {
        this.path = path;
        this.time = time;
        var version = new ProtocolBuffer();
        version.Add(1, Seconds());
        version.Add(3, Encoding.UTF8.GetBytes(FormatVersion));
        Add(version);
        try
        {
            Write(FileMode.CreateNew);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"TensorBoard cannot write \"{path}\": {problem.Message}", problem);
        }
    }

    /// <summary>The file.</summary>
    public string FileName => path;

    /// <summary>Takes one event for each scalar; <see cref="Write()"/> brings them into the file.</summary>
    public void Add(long step, IReadOnlyList<(string Tag, double Value)> scalars)
    {
        foreach (var (tag, value) in scalars)
            Add(Scalar(step, tag, (float)value));
    }

    /// <summary>Adds to the file what is not in it yet, as a whole or not at all.</summary>
    /// <exception cref="IOException">The file cannot be written; what was to be added is kept for the next time.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; likewise.</exception>
    public void Write() => Write(FileMode.OpenOrCreate);

    private ProtocolBuffer Scalar(long step, string tag, float value)
    {
        var plugin = new ProtocolBuffer();
        plugin.Add(1, Encoding.UTF8.GetBytes(ScalarsPlugin));
        var metadata = new ProtocolBuffer();
        metadata.Add(1, plugin);
        metadata.Add(4, ScalarClass);
        var tensor = new ProtocolBuffer();
        tensor.Add(1, FloatType);
        tensor.Add(2, new ProtocolBuffer());
        Span<byte> floats = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(floats, value);
        tensor.Add(5, floats);

        var entry = new ProtocolBuffer();
        entry.Add(1, Encoding.UTF8.GetBytes(tag));
        entry.Add(8, tensor);
        entry.Add(9, metadata);
        var summary = new ProtocolBuffer();
        summary.Add(1, entry);
        var scalar = new ProtocolBuffer();
        scalar.Add(1, Seconds());
        scalar.Add(2, step);
        scalar.Add(5, summary);
        return scalar;
    }

    private double Seconds() => time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    private void Write(FileMode mode)
    {
        AppendedFile.Write(path, mode, unwritten.WrittenSpan, toDisk: false);
        unwritten.ResetWrittenCount();
    }

    private void Add(ProtocolBuffer one)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)one.Bytes.Length);
        unwritten.Write(length);
        unwritten.Write(Checksum(length));
        unwritten.Write(one.Bytes);
        unwritten.Write(Checksum(one.Bytes));
    }

    private static byte[] Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, MaskedCrc.Of(bytes));
        return checksum;
    }
}
