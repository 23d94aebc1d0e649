using System.Text;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Keras 3's whole models: a zip of <c>metadata.json</c>, <c>config.json</c> and <c>model.weights.h5</c>. What Keras has no place for
/// travels in members of our own, which it does not look at: <c>lstmdsl.json</c>, the metadata with the pipeline, and, where there is need,
/// <c>lstmdsl.h5</c>, tensors.
/// </summary>
internal sealed class KerasFormat : CheckpointFormat
{
    private const string Metadata = "metadata.json";
    private const string Configuration = "config.json";
    private const string Weights = "model.weights.h5";
    private const string OwnMetadata = "lstmdsl.json";
    private const string OwnTensors = "lstmdsl.h5";

    /// <inheritdoc/>
    public override string Extension => ".keras";

    /// <inheritdoc/>
    public override void RequireDescribable(string path, ModelPlan plan)
    {
        var layer = plan.Layers.FirstOrDefault(layer => KerasLayerKinds.Of(layer.Declaration) is { } kind
            && kind.Options.Any(option => option.Value(layer.Declaration) is Activation.HardSigmoidKeras2));
        if (layer is not null)
        {
            throw new ArgumentException(
                $"'{path}': layer '{layer.Name}' has Activation.HardSigmoidKeras2, which Keras 3 does not have: its own hard_sigmoid is another "
                + "function. Name the file .safetensors, or .weights.h5 for weights alone.",
                nameof(path));
        }
    }

    /// <inheritdoc/>
    public override void Write(string path, CheckpointContent content, ModelPlan plan)
    {
        List<(string, byte[])> members =
        [
            (Metadata, Encoding.UTF8.GetBytes(KerasWriter.Metadata)),
            (Configuration, KerasConfiguration.Write(content, plan)),
            (Weights, Hdf5Writer.Write(KerasWriter.Weights(content, plan))),
        ];
        if (content.Metadata is { } metadata)
            members.Add((OwnMetadata, Encoding.UTF8.GetBytes(metadata)));
        if (KerasWriter.Extra(content, plan) is { } extra)
            members.Add((OwnTensors, Hdf5Writer.Write(extra)));
        AtomicFile.Write(path, stream => KerasArchive.Write(stream, members));
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
        var members = KerasArchive.Read(bytes, path, [Metadata, Configuration, Weights, OwnMetadata, OwnTensors], allowance);
        if (!members.TryGetValue(Configuration, out var json) || !members.TryGetValue(Weights, out var weights))
            throw new InvalidDataException($"'{path}' is no .keras file that can be read: it lacks {Configuration} or {Weights}.");
        var configuration = KerasJson.Parse(json, path, Configuration, allowance);
        return new(path, Hdf5File.Read(weights, path, allowance).Root)
        {
            Architecture = configuration,
            Version = members.TryGetValue(Metadata, out var written) ? Version(written, path, allowance) : KerasVersion.Unknown,
            Optimizer = () => KerasJson.Member(configuration, "compile_config") is { } compiled ? KerasJson.Member(compiled, "optimizer") : null,
            Metadata = members.TryGetValue(OwnMetadata, out var own) ? Text(own, path, OwnMetadata, allowance) : null,
            Extra = members.TryGetValue(OwnTensors, out var extra) ? Hdf5File.Read(extra, path, allowance).Root : null,
        };
    }

    private static KerasVersion Version(byte[] metadata, string path, FileAllowance allowance) =>
        KerasVersions.Of(KerasJson.Text(KerasJson.Parse(metadata, path, Metadata, allowance), "keras_version"), path);

    private static string Text(byte[] bytes, string file, string member, FileAllowance allowance)
    {
        allowance.Take(JsonCost.Of(bytes), file, member);
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException($"'{file}': {member} is not UTF-8.", exception);
        }
    }
}
