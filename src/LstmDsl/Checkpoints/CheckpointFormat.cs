using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A file format of checkpoints. Who saves decides when and under which name; the format decides how.</summary>
internal abstract class CheckpointFormat
{
    /// <summary>Every format; a new one joins here and is known everywhere.</summary>
    private static readonly CheckpointFormat[] Known = [new SafetensorsFormat(), new KerasFormat(), new KerasHdf5Format()];

    /// <summary>The extension that names the format, with its dot.</summary>
    public abstract string Extension { get; }

    /// <summary>Throws where files of that name are read, but not written.</summary>
    /// <exception cref="ArgumentException">They are not written; the message says which are.</exception>
    public virtual void RequireWritable(string path)
    {
    }

    /// <summary>Throws where files of the format cannot say what that model is, so that they would be read as another.</summary>
    /// <exception cref="ArgumentException">They cannot; the message says which layer they cannot describe and what to write instead.</exception>
    public virtual void RequireDescribable(string path, ModelPlan plan)
    {
    }

    /// <summary>Writes a file; it is replaced as a whole, or left as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it is to hold.</param>
    /// <param name="plan">The model, of which other programs' files describe the layers.</param>
    /// <exception cref="ArgumentException">The content cannot be written.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public abstract void Write(string path, CheckpointContent content, ModelPlan plan);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The model whose weights it should hold; other programs' names are translated into its own.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not what it claims to be.</exception>
    public abstract CheckpointContent Read(string path, ModelPlan plan);

    /// <summary>Reads a file for its weights: what is wrong with an optimizer's state is not looked at.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The model whose weights it should hold.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not what it claims to be.</exception>
    public virtual CheckpointContent ReadWeights(string path, ModelPlan plan) => Read(path, plan);

    /// <summary>Another extension under which files of the format are known; null where there is none.</summary>
    protected virtual string? OtherExtension => null;

    /// <summary>The format that a path's extension names.</summary>
    /// <exception cref="ArgumentException">
    /// No format has that extension; the message lists those that there are and, where there is such a file, says what it is.
    /// </exception>
    public static CheckpointFormat For(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var extension = Path.GetExtension(path);
        return Array.Find(Known, format => extension.Equals(format.Extension, StringComparison.OrdinalIgnoreCase)
                || extension.Equals(format.OtherExtension, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"'{path}' has {(extension.Length == 0 ? "no extension" : $"the extension '{extension}'")}, "
                + $"which names no checkpoint format. Known: {string.Join(", ", Known.Select(format => format.Extension))}."
                + (FileKind.At(path) is { } kind ? $" By its first bytes {kind}" : ""),
                nameof(path));
    }
}
