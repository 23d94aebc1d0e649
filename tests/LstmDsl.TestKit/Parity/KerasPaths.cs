using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>The names under which the fixtures hold a model's weights: <c>0.recurrent_kernel</c>, layers numbered after the input.</summary>
internal static class KerasPaths
{
    public static IReadOnlyList<(TensorSlot Tensor, string Path)> Of(ModelPlan plan)
    {
        var layers = plan.Layers.Select(layer => layer.Name).ToList();
        return [.. plan.Tensors.Select(tensor =>
        {
            var parts = tensor.Name.Split('.', count: 2);
            return (tensor, $"{layers.IndexOf(parts[0])}.{parts[1]}");
        })];
    }
}
