using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Checkpoints as safetensors; the metadata lie in the header under <c>__metadata__.lstmdsl</c>.</summary>
internal sealed class SafetensorsFormat : CheckpointFormat
{
    /// <inheritdoc/>
    public override string Extension => ".safetensors";

    /// <inheritdoc/>
    public override void Write(string path, CheckpointContent content, ModelPlan plan) => Safetensors.Write(path, content);

    /// <inheritdoc/>
    public override CheckpointContent Read(string path, ModelPlan plan) => Safetensors.Read(path);
}
