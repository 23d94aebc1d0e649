namespace LstmDsl.Generators;

/// <summary>Lays the weights out in one block, tensor after tensor, each on 64 bytes; behind those that are trained the others.</summary>
internal static class ParameterPlanner
{
    /// <summary>Lays out the tensors of the kernels, each in Keras's order.</summary>
    public static PlannedParameters Plan(IReadOnlyList<ShapedLayer> layers)
    {
        var planned = layers.Select(layer => layer.Spec.Tensors(layer.Inputs).ToArray()).ToArray();
        var places = planned.Select(tensors => new PlannedTensor[tensors.Length]).ToArray();
        var drawn = planned.Select(tensors => new int[tensors.Length]).ToArray();
        long floats = 0, count = 0, trainable = 0;
        var index = 0;

        // What is not trained takes no part of another tensor's draws: they count as if all were.
        var draws = 0;
        foreach (var canBeTrained in (bool[])[true, false])
        {
            for (var layer = 0; layer < layers.Count; layer++)
            {
                for (var i = 0; i < planned[layer].Length; i++)
                {
                    if (planned[layer][i].CanBeTrained == canBeTrained)
                        drawn[layer][i] = draws++;
                }
            }
        }

        foreach (var isTrained in (bool[])[true, false])
        {
            for (var layer = 0; layer < layers.Count; layer++)
            {
                for (var i = 0; i < planned[layer].Length; i++)
                {
                    var tensor = planned[layer][i];
                    if ((tensor.CanBeTrained && layers[layer].Spec.IsTrainable) != isTrained)
                        continue;

                    places[layer][i] = Tensor(layers[layer].Spec, tensor, floats, index++, drawn[layer][i]);
                    count += tensor.Rows * tensor.Columns;
                    floats = LiveRegions.Align(floats + (tensor.Rows * tensor.Columns));
                }
            }

            trainable = isTrained ? floats : trainable;
        }

        return new PlannedParameters(places, floats, trainable, count);
    }

    private static PlannedTensor Tensor(LayerSpec layer, TensorSpec tensor, long offset, int index, int draws)
    {
        var name = $"{layer.FileName}.{LayerNames.ToSnakeCase(tensor.Role)}";
        return new PlannedTensor(
            layer.Name + tensor.Role, name, tensor.Role, unchecked((int)offset), tensor.Rows, (int)tensor.Columns, tensor.Weight)
        {
            Window = tensor.Window,
            Heads = tensor.Heads,
            SplitsRows = tensor.SplitsRows,
            Momentum = tensor.Momentum,
            IsConstant = tensor.IsConstant,
            IsScalar = tensor.IsScalar,
            IsFrozen = !layer.IsTrainable,
            Index = index,
            Draws = draws,
        };
    }
}

/// <summary>Where all weights lie.</summary>
/// <param name="Tensors">Those of each kernel.</param>
/// <param name="Floats">Size of the block, padding included.</param>
/// <param name="TrainableFloats">How much of it is trained.</param>
/// <param name="Count">Number of weights.</param>
internal sealed record PlannedParameters(IReadOnlyList<PlannedTensor[]> Tensors, long Floats, long TrainableFloats, long Count);
