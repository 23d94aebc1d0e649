using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Carries the weights that callbacks keep, such as the best ones so far, between parameter blocks and a checkpoint's tensors:
/// <c>callback.&lt;name&gt;.&lt;tensor&gt;</c>.
/// </summary>
internal static class CallbackTensors
{
    private const string Prefix = "callback.";

    /// <summary>Whether a tensor belongs to a callback rather than to the model.</summary>
    public static bool IsOne(StoredTensor tensor) => tensor.Name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>A callback's weights as tensors.</summary>
    /// <param name="name">The callback's own name in the file.</param>
    /// <param name="slots">The model's tensor table.</param>
    /// <param name="weights">The weights, as a parameter block.</param>
    public static IEnumerable<StoredTensor> From(string name, IReadOnlyList<TensorSlot> slots, float[] weights) =>
        WeightTensors.From(slots, weights).Select(tensor => tensor with { Name = Under(name) + tensor.Name });

    /// <summary>The weights of those callbacks that kept some, each as a parameter block.</summary>
    /// <param name="content">What the file holds.</param>
    /// <param name="names">The callbacks' names in the file.</param>
    /// <param name="plan">The model's plan.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">A callback's weights are not this model's; the message lists what differs.</exception>
    public static Dictionary<string, float[]> Restore(CheckpointContent content, IReadOnlyList<string> names, ModelPlan plan, string file)
    {
        var own = plan.Tensors.Select(slot => slot.Name).ToHashSet();
        var weights = new Dictionary<string, float[]>();
        foreach (var tensors in content.Tensors.Where(IsOne).GroupBy(Owner))
        {
            if (tensors.Key is not { } name)
                continue;
            var kept = content with { Tensors = [.. tensors.Select(tensor => tensor with { Name = tensor.Name[Under(name).Length..] })] };
            weights[name] = new float[plan.ParameterFloats];
            WeightTensors.Restore(kept, plan.Tensors, weights[name], file);
        }

        return weights;

        // One callback's name may begin another one's, as "average" does "average.slow".
        string? Owner(StoredTensor tensor) => names
            .Where(name => tensor.Name.StartsWith(Under(name), StringComparison.Ordinal))
            .OrderByDescending(name => own.Contains(tensor.Name[Under(name).Length..]))
            .ThenByDescending(name => name.Length)
            .FirstOrDefault();
    }

    private static string Under(string name) => $"{Prefix}{name}.";
}
