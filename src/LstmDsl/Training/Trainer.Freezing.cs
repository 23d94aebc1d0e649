namespace LstmDsl;

/// <content>Layers that are not trained for now.</content>
public partial class Trainer<TModel>
{
    private SortedSet<string> frozen = new SortedSet<string>(StringComparer.Ordinal);

    /// <summary>Names of the layers that <see cref="Freeze"/> has taken from training, as the summary writes them.</summary>
    public IReadOnlyCollection<string> Frozen => frozen;

    /// <summary>
    /// Takes a layer's weights from training, from the next fit on: no gradient moves them, none of theirs counts for a norm that gradients
    /// are clipped at, and they cost nothing. What the optimizer remembers of them stays. Checkpoints of the trainer hold which layers these
    /// are. A layer that is never to be trained is declared with <c>Trainable = false</c>, which also saves its backward pass.
    /// </summary>
    /// <param name="layer">The layer's name, as in code or as in the summary.</param>
    /// <exception cref="ArgumentException">
    /// No layer has that name, it has no weights, or it normalises over a batch, whose moments the running program takes or leaves as declared.
    /// </exception>
    /// <exception cref="InvalidOperationException">A fit is under way.</exception>
    public void Freeze(string layer) => SetFrozen([.. frozen, LayerThatCanBeFrozen(layer)]);

    /// <summary>Gives a layer's weights back to training, from the next fit on.</summary>
    /// <param name="layer">The layer's name, as in code or as in the summary.</param>
    /// <exception cref="ArgumentException">No layer has that name, or it is not frozen.</exception>
    /// <exception cref="InvalidOperationException">A fit is under way.</exception>
    public void Unfreeze(string layer)
    {
        var name = LayerThatCanBeFrozen(layer);
        if (!frozen.Contains(name))
            throw new ArgumentException($"'{name}' of {State.Plan.Name} is not frozen{(frozen.Count > 0 ? $"; {string.Join(", ", frozen)} is" : "")}.", nameof(layer));
        SetFrozen(frozen.Where(other => other != name));
    }

    /// <summary>Takes the layers that a checkpoint names.</summary>
    private void TakeFrozen(IReadOnlyList<string> layers) => frozen = new SortedSet<string>(layers, StringComparer.Ordinal);

    private void SetFrozen(IEnumerable<string> layers)
    {
        if (runUnderWay is not null)
            throw new InvalidOperationException("Layers are frozen between fits; one is under way.");

        // The optimizer's memory moves to the session that the next fit makes.
        if (session is not null)
            (loadedSlots, session) = (Download(session), null);
        frozen = new SortedSet<string>(layers, StringComparer.Ordinal);
    }

    private string LayerThatCanBeFrozen(string layer)
    {
        ArgumentException.ThrowIfNullOrEmpty(layer);
        var plan = State.Plan;
        var named = plan.Layers.Where(other => other.Name == layer || Squeezed(other.Name) == Squeezed(layer)).ToArray();
        var found = named.FirstOrDefault(other => other.Name == layer) ?? (named is [var only] ? only : null);
        if (found is null)
        {
            throw new ArgumentException(
                $"{plan.Name} has no layer '{layer}'; it has {string.Join(", ", plan.Layers.Select(other => other.Name))}.", nameof(layer));
        }

        var tensors = plan.Tensors.Where(tensor => tensor.DeclaredLayer == found.Name).ToArray();
        if (!tensors.Any(tensor => tensor.IsTrained))
        {
            throw new ArgumentException(
                tensors.Any(tensor => (tensor with { IsFrozen = false }).IsTrained)
                    ? $"'{found.Name}' of {plan.Name} is declared with Trainable = false, so no fit trains it. "
                        + "Where the trainer is to freeze and unfreeze it, leave that out of its declaration."
                    : $"'{found.Name}' of {plan.Name} has no weights that are trained.",
                nameof(layer));
        }

        return tensors.All(tensor => tensor.Momentum is null) ? found.Name : throw new ArgumentException(
            $"'{found.Name}' of {plan.Name} normalises over a batch; whether it does is declared: [BatchNormalization(Trainable = false)].", nameof(layer));
    }

    /// <summary>What is to be said of a fit that trains no weight; null where it trains some, or where there are none to train.</summary>
    private string? NothingIsTrained()
    {
        var plan = State.Plan;
        if (plan.Tensors.Any(tensor => tensor.IsTrained && !frozen.Contains(tensor.DeclaredLayer)))
            return null;
        var declared = plan.Tensors.Where(tensor => tensor.IsFrozen).Select(tensor => tensor.DeclaredLayer).Distinct();
        string[] reasons =
        [
            .. frozen.Select(layer => $"'{layer}' is frozen"),
            .. declared.Select(layer => $"'{layer}' is declared with Trainable = false"),
        ];
        return reasons.Length == 0 ? null : $"This fit trains no weight of {plan.Name}: {string.Join(", ", reasons)}."
            + (frozen.Count > 0 ? $" trainer.Unfreeze(\"{frozen.Min}\") gives a layer back to training." : "");
    }

    /// <summary>A name without what sets its form in code and its form in files apart.</summary>
    private static string Squeezed(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
