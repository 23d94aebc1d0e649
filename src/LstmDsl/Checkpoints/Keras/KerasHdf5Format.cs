using System.Text;
using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Keras's HDF5 files: weights alone as Keras 3 writes them (<c>.weights.h5</c>), read and written; and whole models as Keras 2 wrote them
/// (<c>.h5</c>), read.
/// </summary>
internal sealed class KerasHdf5Format : CheckpointFormat
{
    private const string WeightsExtension = ".weights.h5";

    /// <inheritdoc/>
    public override string Extension => ".h5";

    /// <inheritdoc/>
    protected override string? OtherExtension => ".hdf5";

    /// <inheritdoc/>
    public override void RequireWritable(string path)
    {
        if (!path.EndsWith(WeightsExtension, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"'{path}': whole models in .h5 are read, but not written. Name the file .keras for a whole model, {WeightsExtension} for weights alone.",
                nameof(path));
        }
    }

    /// <inheritdoc/>
    public override void Write(string path, CheckpointContent content, ModelPlan plan)
    {
        RequireWritable(path);
        var bytes = Hdf5Writer.Write(KerasWriter.Weights(content, plan));
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <inheritdoc/>
    public override CheckpointContent Read(string path, ModelPlan plan) => KerasReader.Read(Open(path), plan);

    /// <inheritdoc/>
    public override CheckpointContent ReadWeights(string path, ModelPlan plan) => KerasReader.ReadWeights(Open(path), plan);

    /// <summary>What a file holds, whatever the model.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static KerasContent Open(string path)
    {
        var bytes = WholeFile.Read(path);
        var allowance = new FileAllowance(bytes.Length);
        allowance.Take(bytes.Length, path, "the file");
        var root = Hdf5File.Read(bytes, path, allowance).Root;
        return new(path, root)
        {
            Architecture = Configuration(root, "model_config", path, allowance),
            Version = Version(root, path),
            Optimizer = () => Configuration(root, "training_config", path, allowance) is { } training
                ? KerasJson.Member(training, "optimizer_config")
                : null,
        };
    }

    /// <summary>Keras 3's own layout has no version; of the old one either may have written, and what does not say so is of Keras 2.</summary>
    private static KerasVersion Version(Hdf5Group root, string path)
    {
        if (KerasReader.OldLayout(root) is not { } weights)
            return KerasVersion.Three;
        var version = KerasVersions.Of((weights.Texts("keras_version") ?? root.Texts("keras_version")) is [var text] ? text : null, path);
        return version == KerasVersion.Unknown ? KerasVersion.Two : version;
    }

    private static JsonElement? Configuration(Hdf5Group root, string attribute, string path, FileAllowance allowance) =>
        root.Texts(attribute) is [var text]
            ? KerasJson.Parse(KerasCudnn.AsLayers(Encoding.UTF8.GetBytes(text), path, allowance), path, attribute, allowance)
            : null;
}
