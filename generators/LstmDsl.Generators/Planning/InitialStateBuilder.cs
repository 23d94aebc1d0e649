namespace LstmDsl.Generators;

/// <summary>Lets recurrent layers begin with the states that others end in, and finds those that cannot.</summary>
internal sealed class InitialStateBuilder(ModelDeclaration declaration, List<Fault> faults)
{
    private const string Argument = "InitialState";

    /// <summary>Connects the kernels of a layer with those of the one that it names.</summary>
    /// <param name="index">The layer's attribute.</param>
    /// <param name="name">Its name in code.</param>
    /// <param name="kernels">Its kernels.</param>
    /// <param name="encoder">The place of the kernel that gives the output of the layer that it names; below 0 for the model's input.</param>
    /// <param name="before">The kernels before it.</param>
    public void Connect(int index, string name, List<LayerSpec> kernels, int encoder, IReadOnlyList<LayerSpec> before)
    {
        var attribute = declaration.Attributes[index];
        var ends = Ends(before, encoder);
        var own = kernels.OfType<RecurrentSpec>().ToArray();
        if (attribute.Flag("Stateful", false))
        {
            faults.Add(Fault.OfAttribute(
                Descriptors.Contradiction.Id, index, Argument, $"{Argument}, with which each batch begins,",
                "Stateful = true, by which it begins in the states that the batch before has left"));
        }
        else if (Obstacle(ends, own, before, encoder) is { } obstacle)
        {
            faults.Add(Fault.OfAttribute(Descriptors.InitialStateUnfit.Id, index, Argument, name, attribute.Text(Argument) ?? "", obstacle));
        }
        else
        {
            for (var i = 0; i < own.Length; i++)
            {
                var place = kernels.IndexOf(own[i]);
                kernels[place] = own[i] with { InitialState = attribute.Text(Argument), InitialFrom = before.Count + place - ends[i] };
            }
        }
    }

    /// <summary>The places of the kernels that end in a layer's states: its own, or those of both directions.</summary>
    private static int[] Ends(IReadOnlyList<LayerSpec> before, int encoder) => encoder < 0 ? [] : before[encoder] switch
    {
        RecurrentSpec => [encoder],
        MergeSpec merge => [encoder - merge.InputFrom, encoder - merge.SecondFrom],
        _ => [],
    };

    /// <summary>Why a layer cannot begin with another's states; null where it can.</summary>
    private static string? Obstacle(int[] ends, RecurrentSpec[] own, IReadOnlyList<LayerSpec> before, int encoder)
    {
        if (ends.Length == 0)
            return "it is no recurrent layer";

        var other = (RecurrentSpec)before[ends[0]];
        if (other.Kind.Attribute != own[0].Kind.Attribute)
            return $"that is [{other.Kind.Attribute}], and this is [{own[0].Kind.Attribute}]";
        if (ends.Length != own.Length)
            return ends.Length > own.Length ? "that runs in both directions, and this in one" : "that runs in one direction, and this in both";
        if (other.Units != own[0].Units)
            return $"that has {Units(other)}, and this has {Units(own[0])}";
        return new[] { before[encoder], other }.All(kernel => kernel.Activity.IsNone)
            ? null
            : "that says ActivityL1 or ActivityL2, which in Keras then count its last states a second time";
    }

    private static string Units(RecurrentSpec layer) => layer.Units == 1 ? "1 unit" : $"{Text.Plain(layer.Units)} units";
}
