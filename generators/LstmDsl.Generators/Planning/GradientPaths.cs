namespace LstmDsl.Generators;

/// <summary>
/// What a backward pass has to compute: nothing that no trained weight needs, unless somebody asks for the gradient of the model's input. Of
/// an output that several kernels read, the last of them writes the gradient; the others, in the order in which they run backwards, add theirs.
/// </summary>
internal sealed class GradientPaths
{
    private readonly IReadOnlyList<ShapedLayer> layers;
    private readonly bool[] trains;
    private readonly bool[] reach;

    /// <summary>Follows the gradients through kernels.</summary>
    public GradientPaths(IReadOnlyList<ShapedLayer> layers)
    {
        this.layers = layers;
        trains = new bool[layers.Count];
        for (var i = 0; i < layers.Count; i++)
        {
            trains[i] = HasTrained(layers[i])
                || Trains(layers[i].Source) || Trains(layers[i].Second) || Trains(layers[i].Third) || Trains(layers[i].Initial);
        }

        reach = new bool[layers.Count];
        for (var i = layers.Count - 1; i >= 0; i--)
            reach[i] = IsRead(i) || FirstBegunBy(i) >= 0;
    }

    /// <summary>Whether the model's input has a gradient: numbers that stand for vectors have none.</summary>
    public bool InputHasGradient => !layers.Where((layer, index) => layer.Source == -1 && !HasBackward(index)).Any();

    /// <summary>Whether a gradient can pass through a kernel.</summary>
    public bool HasBackward(int index) => layers[index].Spec.HasBackward && reach[index]
        && !(layers[index].Spec is InputSpec && layers.Any(reader => reader.Reads(index) && !reader.Spec.HasBackward));

    /// <summary>Whether what a kernel gives leads to the model's output, not only the states that it ends in.</summary>
    public bool IsRead(int index)
    {
        for (var place = index + 1; place < layers.Count; place++)
        {
            if (reach[place] && layers[place].Reads(index))
                return true;
        }

        return index == layers.Count - 1;
    }

    /// <summary>
    /// The kernels that begin with the states that a kernel ends in. The first of them, which is the last to run backwards, has the place of
    /// what these states receive; the others' is added to it.
    /// </summary>
    public EquatableArray<int> BegunBy(int index)
    {
        var first = FirstBegunBy(index);
        return first < 0
            ? default
            : Enumerable.Range(first, layers.Count - first).Where(later => layers[later].Initial == index).ToEquatableArray();
    }

    /// <summary>The first of them; −1 where none does.</summary>
    public int FirstBegunBy(int index)
    {
        for (var later = 0; later < layers.Count; later++)
        {
            if (layers[later].Initial == index)
                return later;
        }

        return -1;
    }

    /// <summary>When the backward pass of a kernel runs.</summary>
    public Asked Runs(int index) => trains[index] ? Asked.Always : Asked.WithInputGradient;

    /// <summary>When the gradient of an output, or of the model's input, is asked for.</summary>
    public Asked Of(int source) => Trains(source) ? Asked.Always : Asked.WithInputGradient;

    /// <summary>
    /// Whether another kernel has written the gradient of the first output that a kernel reads when it runs backwards. Of several inputs each
    /// has its own part of a sample.
    /// </summary>
    public bool AddsInputGradient(int index) => layers[index].Spec is not InputSpec && IsReadAfter(index, layers[index].Source);

    /// <summary>The same of the second one; where both are one output, the first is written before.</summary>
    public bool AddsSecondGradient(int index) =>
        layers[index].Second == layers[index].Source || IsReadAfter(index, layers[index].Second);

    /// <summary>The same of the third.</summary>
    public bool AddsThirdGradient(int index) => layers[index].Third == layers[index].Source
        || layers[index].Third == layers[index].Second || IsReadAfter(index, layers[index].Third);

    private static bool HasTrained(ShapedLayer layer) =>
        layer.Spec.IsTrainable && layer.Spec.Tensors(layer.Inputs).Any(tensor => tensor.CanBeTrained);

    private bool Trains(int index) => index >= 0 && trains[index];

    private bool IsReadAfter(int index, int source)
    {
        for (var later = index + 1; later < layers.Count; later++)
        {
            if (layers[later].Reads(source))
                return true;
        }

        return false;
    }
}
