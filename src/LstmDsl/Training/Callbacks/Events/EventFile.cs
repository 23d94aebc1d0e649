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

    /// <summary>Begins a file.</summary>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public EventFile(string path, TimeProvider time)
    {
        this.path = path;
        this.time = time;
        var version = new ProtocolBuffer();
        version.Add(1, Seconds());
        version.Add(3, Encoding.UTF8.GetBytes(FormatVersion));
        Write(FileMode.CreateNew, version);
    }

    /// <summary>Adds one event for each scalar.</summary>
    public void Append(long step, IReadOnlyList<(string Tag, double Value)> scalars)
    {
        var events = new ProtocolBuffer[scalars.Count];
        for (var index = 0; index < events.Length; index++)
            events[index] = Scalar(step, scalars[index].Tag, (float)scalars[index].Value);
        Write(FileMode.Append, events);
    }

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

    // Opened anew for each epoch: a run that fails leaves no open file behind.
    private void Write(FileMode mode, params ReadOnlySpan<ProtocolBuffer> events)
    {
        try
        {
            using var stream = new FileStream(path, mode, FileAccess.Write, FileShare.Read);
            Span<byte> number = stackalloc byte[sizeof(ulong)];
            foreach (var one in events)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(number, (ulong)one.Bytes.Length);
                stream.Write(number);
                stream.Write(Checksum(number));
                stream.Write(one.Bytes);
                stream.Write(Checksum(one.Bytes));
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"TensorBoard cannot write \"{path}\": {problem.Message}", problem);
        }
    }

    private static byte[] Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, MaskedCrc.Of(bytes));
        return checksum;
    }
}
