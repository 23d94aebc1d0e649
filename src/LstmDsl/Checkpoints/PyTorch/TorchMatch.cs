using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Finds each layer's module in a state dict.</summary>
internal static class TorchMatch
{
    /// <summary>Modules that a message lists.</summary>
    private const int MostListed = 50;

    /// <summary>Finds them: as the user says, else by kind and shape.</summary>
    /// <exception cref="InvalidDataException">A layer fits no module or several, or modules are left over; the message lists both sides.</exception>
    public static IReadOnlyList<(TorchLayer Layer, TorchModule Module)> Find(
        ModelPlan plan,
        IReadOnlyList<TorchLayer> layers,
        IReadOnlyList<TorchModule> modules,
        IReadOnlyDictionary<string, string> names,
        string file)
    {
        var free = new List<TorchModule>(modules);
        var found = new Dictionary<TorchLayer, TorchModule>();
        var stacked = new Dictionary<string, List<TorchLayer>>();
        foreach (var layer in layers)
        {
            if (!names.TryGetValue(layer.Name, out var prefix))
                continue;
            if (!stacked.TryGetValue(prefix, out var below))
                stacked.Add(prefix, below = []);
            if (below.Count > 0)
                TorchBranches.RequireInTurn(plan, below[^1], layer, prefix, "names");
            var number = below.Count;
            below.Add(layer);
            Claim(layer, free.FindAll(module => module.Prefix == prefix && module.Number == (layer.IsRecurrent ? number : -1) && module.Fits(layer)));
        }

        foreach (var layer in layers)
        {
            if (!found.ContainsKey(layer))
                Claim(layer, free.FindAll(module => module.Fits(layer)));
        }

        if (free.Count > 0)
            throw Fault(
                $"modules are left over ({string.Join(", ", free.Take(MostListed).Select(module => $"'{module.FullName}'"))}); if the model does "
                + "without them, name them to PyTorch.Load's skip");
        return [.. layers.Select(layer => (layer, found[layer]))];

        void Claim(TorchLayer layer, List<TorchModule> candidates)
        {
            if (candidates.Count == 0)
                throw Fault($"no module fits the layer '{layer.Name}'");
            if (candidates.Exists(module => module.Stem != candidates[0].Stem))
            {
                throw Fault(
                    $"{string.Join(" and ", candidates.Take(MostListed).Select(module => $"'{module.FullName}'"))} fit the layer '{layer.Name}' "
                    + "alike; say which it is with names");
            }

            if (candidates.Count > 1 && layers.FirstOrDefault(other => IsBeside(other, layer, candidates)) is { } beside)
            {
                throw Fault(
                    $"{string.Join(" and ", candidates.Take(MostListed).Select(module => $"'{module.FullName}'"))} fit the layers '{layer.Name}' and "
                    + $"'{beside.Name}' alike, which stand side by side; say which is which with names");
            }

            var first = candidates.Order(Comparer<TorchModule>.Create(Compare)).First();
            free.Remove(first);
            found.Add(layer, first);
        }

        bool IsBeside(TorchLayer other, TorchLayer layer, List<TorchModule> candidates) =>
            other != layer && !found.ContainsKey(other) && candidates.Exists(module => module.Fits(other))
            && !TorchBranches.AreInTurn(plan, other, layer);

        InvalidDataException Fault(string what) => new(
            $"'{file}' is no state dict of {plan.Name}: {what}.\n{plan.Name}:"
            + string.Concat(layers.Select(layer =>
                $"\n  {layer.Name}: {TorchModule.Described(layer.Parameters.Select(parameter => (parameter.Name, parameter.Shape)))}"))
            + $"\n{file}:"
            + string.Concat(modules.Take(MostListed).Select(module => $"\n  {module.Description}"))
            + (modules.Count > MostListed ? FormattableString.Invariant($"\n  and {modules.Count - MostListed} more") : ""));
    }

    private static int Compare(TorchModule? left, TorchModule? right)
    {
        var (one, other) = (left!.Numbers, right!.Numbers);
        for (var i = 0; i < Math.Min(one.Count, other.Count); i++)
        {
            if (one[i] != other[i])
                return one[i].CompareTo(other[i]);
        }

        return one.Count.CompareTo(other.Count);
    }
}
