using System.Globalization;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>One weight of a model and where Keras 3 keeps it.</summary>
/// <param name="Path">The data set, from the root: <c>layers/lstm/cell/vars/0</c>.</param>
/// <param name="Slot">The weight.</param>
internal readonly record struct KerasWeight(string Path, TensorSlot Slot);

/// <summary>
/// A group of variables in Keras 3's weights file. Layers are named there by their class, not by their name, and counted: <c>lstm</c>,
/// <c>lstm_1</c>; variables are numbered.
/// </summary>
/// <param name="Path">The group that holds <c>vars</c>: <c>layers/lstm/cell</c>.</param>
/// <param name="Name">The name that Keras gives the object.</param>
/// <param name="Slots">Its variables, in Keras's order.</param>
internal sealed record KerasVariables(string Path, string Name, IReadOnlyList<TensorSlot> Slots)
{
    private const string Forward = "forward.";
    private const string Backward = "backward.";

    /// <summary>All groups of variables of a model, layer by layer.</summary>
    /// <param name="plan">The model.</param>
    /// <param name="order">Its layers' places, in the order in which the file counts them.</param>
    /// <param name="wrapped">Which of its layers stand in Keras's <c>TimeDistributed</c>; where left out, those that are declared so.</param>
    public static IReadOnlyList<KerasVariables> Of(ModelPlan plan, IReadOnlyList<int> order, IReadOnlySet<int>? wrapped = null)
    {
        var groups = new List<KerasVariables>();
        var used = new Dictionary<string, int>();
        foreach (var index in order)
        {
            var layer = plan.Layers[index];
            var isWrapped = wrapped?.Contains(index) ?? layer.IsTimeDistributed;
            var name = KerasNames.Snake(isWrapped ? KerasLayer.TimeDistributed : ClassOf(layer));
            var count = used.GetValueOrDefault(name);
            used[name] = count + 1;
            var path = $"layers/{name}{(count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"_{count}"))}";
            var own = plan.Tensors.Where(slot => slot.Name.StartsWith($"{layer.Name}.", StringComparison.Ordinal)).ToList();
            var inner = own.ToLookup(slot => slot.Name[(layer.Name.Length + 1)..] switch
            {
                var rest when rest.StartsWith(Forward, StringComparison.Ordinal) => Forward,
                var rest when rest.StartsWith(Backward, StringComparison.Ordinal) => Backward,
                _ => "",
            });
            if (layer.Wrapper is not null)
            {
                var cell = layer.Declaration.Kind;
                groups.Add(new(path, layer.Name, []));
                foreach (var (direction, slots) in new[] { ("forward", inner[Forward]), ("backward", inner[Backward]) })
                {
                    groups.Add(new($"{path}/{direction}_layer", $"{direction}_{KerasNames.Snake(cell)}", []));
                    groups.Add(new($"{path}/{direction}_layer/cell", $"{KerasNames.Snake(cell)}_cell", [.. slots]));
                }
            }
            else if (KerasLayerKinds.Of(layer.Declaration) is { IsRecurrent: true })
            {
                groups.Add(new(path, layer.Name, []));
                groups.Add(new($"{path}/cell", $"{name}_cell", own));
            }
            else if (KerasLayerKinds.HasHeads(layer.Declaration.Kind))
            {
                groups.Add(new(path, layer.Name, []));
                foreach (var (group, projection) in KerasLayerKinds.Projections)
                {
                    groups.Add(new(
                        $"{path}/{group}", projection,
                        own.FindAll(slot => slot.Name.StartsWith($"{layer.Name}.{projection}.", StringComparison.Ordinal))));
                }

                groups.Add(new($"{path}/_softmax", "softmax", []));
                groups.Add(new($"{path}/_dropout_layer", "dropout", []));
            }
            else if (isWrapped)
            {
                groups.Add(new(path, layer.Name, []));
                groups.Add(new($"{path}/{KerasWrapped.Group}", KerasNames.Snake(KerasActivation.Class(layer.Declaration)), own));
            }
            else
            {
                groups.Add(new(path, layer.Name, own));
            }
        }

        return groups;
    }

    private static string ClassOf(LayerPlan layer) => layer.Wrapper is null ? KerasActivation.Class(layer.Declaration) : layer.Kind;

    /// <summary>All weights of a model with their paths.</summary>
    /// <param name="plan">The model.</param>
    /// <param name="order">Its layers' places, in the order in which the file counts them.</param>
    /// <param name="wrapped">Which of its layers stand in Keras's <c>TimeDistributed</c>; where left out, those that are declared so.</param>
    public static IEnumerable<KerasWeight> Weights(ModelPlan plan, IReadOnlyList<int> order, IReadOnlySet<int>? wrapped = null) =>
        from variables in Of(plan, order, wrapped)
        from weight in variables.Slots.Select((slot, index) => new KerasWeight(
            string.Create(CultureInfo.InvariantCulture, $"{variables.Path}/vars/{index}"), slot))
        select weight;
}
