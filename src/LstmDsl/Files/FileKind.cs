using System.Buffers.Binary;
using System.Text;

namespace LstmDsl;

/// <summary>Tells by its first bytes what a file is that bears another's name, and what to do about it.</summary>
internal static class FileKind
{
    /// <summary>What an HDF5 file begins with.</summary>
    public static ReadOnlySpan<byte> Hdf5Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    /// <summary>A zip of Keras 3's: <c>.keras</c>.</summary>
    public const string Keras = "a zip of Keras 3's";

    /// <summary>HDF5: <c>.h5</c>.</summary>
    public const string Hdf5 = "an HDF5 file";

    /// <summary>Safetensors.</summary>
    public const string Safetensors = "a safetensors file";

    /// <summary>How many bytes are looked at.</summary>
    public const int StartBytes = 128;

    // A safetensors file begins with the length of its header, which begins with a brace.
    private const int SafetensorsLengthBytes = sizeof(ulong);
    private const int LongestSafetensorsHeader = 100_000_000;

    /// <summary>What a file is, as a sentence; null where it is what is expected, or nothing that is known here.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <param name="expected">The kind that it should be.</param>
    public static string? Other(ReadOnlySpan<byte> start, string expected) =>
        Of(start) is var (kind, advice) && kind != expected ? $"it is {kind}; {advice}." : null;

    /// <summary>What the file at a path is, as a sentence; null where there is none, or it is nothing that is known here.</summary>
    public static string? At(string path)
    {
        if (!File.Exists(path))
            return null;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        Span<byte> start = stackalloc byte[StartBytes];
        return Other(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)], "");
    }

    private static (string Kind, string Advice)? Of(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(Hdf5Signature))
            return (Hdf5, "name it .h5 (a whole model as Keras 2 wrote it) or .weights.h5 (weights alone)");
        if (start.StartsWith("PK\x03\x04"u8))
            return Zip(start);
        if (start.Length > SafetensorsLengthBytes && start[SafetensorsLengthBytes] == (byte)'{'
            && BinaryPrimitives.ReadUInt64LittleEndian(start) <= LongestSafetensorsHeader)
            return (Safetensors, "name it .safetensors; one of PyTorch's is read with PyTorch.Load");
        if (start.StartsWith("version https://git-lfs"u8))
            return ("a Git LFS pointer, which stands for a file that was not downloaded", "fetch it with git lfs pull");
        var text = Encoding.Latin1.GetString(start).TrimStart('\u00ef', '\u00bb', '\u00bf', ' ', '\t', '\r', '\n');
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            return ("an HTML page", "download the file itself, not the page that shows it");
        if (start.Length > 1 && start[0] == 0x80 && start[1] is >= 2 and <= 5)
            return ("a Python pickle, as torch.save once wrote it", ByTorchSave);
        if (start.Length > 1 && start[0] == 0x1f && start[1] == 0x8b)
            return ("compressed by gzip", "unpack it first");
        return null;
    }

    private const string ByTorchSave =
        "such files run code when they are read, so in Python write safetensors.torch.save_file(model.state_dict(), \"model.safetensors\") and read "
        + "that with PyTorch.Load";

    /// <summary>A zip, by the name of its first member.</summary>
    private static (string Kind, string Advice) Zip(ReadOnlySpan<byte> start)
    {
        const int NameLength = 26;
        const int Name = 30;
        var length = start.Length > Name ? BinaryPrimitives.ReadUInt16LittleEndian(start[NameLength..]) : 0;
        var name = Encoding.Latin1.GetString(start[Math.Min(Name, start.Length)..Math.Min(Name + length, start.Length)]);
        if (name.EndsWith("/data.pkl", StringComparison.Ordinal) || name.EndsWith("/.format_version", StringComparison.Ordinal))
            return ("a zip of PyTorch's, as torch.save writes it", ByTorchSave);
        return name.EndsWith(".npy", StringComparison.Ordinal)
            ? ("a zip of NumPy's arrays", "write the weights as safetensors: safetensors.numpy.save_file(arrays, \"model.safetensors\")")
            : (Keras, "name it .keras");
    }
}
