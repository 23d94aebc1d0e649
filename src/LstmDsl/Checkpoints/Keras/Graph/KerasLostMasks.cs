namespace LstmDsl;

/// <summary>
/// Finds models whose masks Keras loses: its MultiHeadAttention takes the masks from its query, values and keys, for every layer that looks for
/// masks itself and runs later. Here they keep them, so that such a model predicts otherwise there.
/// </summary>
internal static class KerasLostMasks
{
    /// <summary>Refuses a model in which several heads take a mask that another layer of those may miss.</summary>
    /// <param name="graph">The model.</param>
    /// <returns>Why its files would be other models'; null where they are not.</returns>
    public static string? Of(KerasGraph graph)
    {
        List<KerasNode> looking = [.. graph.BehindSources().Where(node => Looks(node) && node.Inputs.Any(graph.IsMasked))];
        return looking.Find(node => KerasLayerKinds.HasHeads(node.Kind)) is { } heads && looking.Find(node => node != heads) is { } other
            ? $"'{heads.Name}' and '{other.Name}' both look at which timesteps are padding. Keras's MultiHeadAttention takes the masks from what it reads, so that "
                + "other layers count padding there that does not count here"
            : null;
    }

    private static bool Looks(KerasNode node) =>
        KerasLayerKinds.IsAttending(node.Kind) || node.Layer is { Plan.Declaration: MultiplyAttribute or MaximumAttribute };
}
