using System.Collections.Immutable;

namespace LstmDsl.Tests;

/// <summary>Makes layers simpler by one layer or branch; what is left need not fit together.</summary>
internal static class SimplerGraph
{
    /// <summary>Those with less in them, those first that lose most.</summary>
    public static IEnumerable<ImmutableArray<ArchitectureLayer>> Of(ImmutableArray<ArchitectureLayer> layers)
    {
        int[] starts = [.. Enumerable.Range(0, layers.Length).Where(place => layers[place].BeginsBranch), layers.Length];
        for (var branch = 0; branch < starts.Length - 1 && starts.Length > 2; branch++)
        {
            if (WithoutBranch(layers, starts[branch], starts[branch + 1]) is { IsEmpty: false } found)
                yield return found;
            for (var place = starts[branch] + 1; place < starts[branch + 1]; place++)
            {
                foreach (var reference in layers[place].References)
                    yield return InsteadOfBranch(layers, starts[branch], place, reference);
            }
        }

        var count = layers.Count(layer => !layer.BeginsBranch);
        for (var place = 0; place < layers.Length && count > 1; place++)
        {
            if (!layers[place].BeginsBranch)
                yield return Without(layers, place);
        }
    }

    /// <summary>Without one layer; whoever names it reads what it read.</summary>
    private static ImmutableArray<ArchitectureLayer> Without(ImmutableArray<ArchitectureLayer> layers, int place)
    {
        var before = layers[place - 1] is { Kind: "From", References: [var start] } ? start : layers[place - 1].Name;
        return Renamed(layers.RemoveAt(place), [layers[place].Name], before);
    }

    /// <summary>Without a branch, and without those who put it together with others if nothing is left to put together; empty where it cannot be.</summary>
    private static ImmutableArray<ArchitectureLayer> WithoutBranch(ImmutableArray<ArchitectureLayer> layers, int start, int end)
    {
        var names = layers[start..end].Select(layer => layer.Name).OfType<string>().ToHashSet();
        var left = layers.RemoveRange(start, end - start);
        for (var place = left.Length - 1; place >= 0; place--)
        {
            var kept = left[place].References.RemoveAll(names.Contains);
            if (kept.IsEmpty && left[place].Kind == "From")
                return [];
            var isLost = kept.IsEmpty && left[place].Merges;
            left = isLost ? Without(left, place) : left.SetItem(place, Begun(left[place], names) with { References = kept });
        }

        return left.All(layer => layer.BeginsBranch) ? [] : left;
    }

    /// <summary>A branch up to a layer that puts outputs together left out: one of these outputs stands for all of it.</summary>
    private static ImmutableArray<ArchitectureLayer> InsteadOfBranch(ImmutableArray<ArchitectureLayer> layers, int start, int end, string output)
    {
        var names = layers[start..(end + 1)].Select(layer => layer.Name).ToArray();
        var left = layers.RemoveRange(start, end + 1 - start);
        if (start < left.Length && !left[start].BeginsBranch)
            left = left.Insert(start, new("From") { References = [output] });
        return Renamed(left, names, output);
    }

    private static ImmutableArray<ArchitectureLayer> Renamed(ImmutableArray<ArchitectureLayer> layers, string?[] from, string? to) => to is null
        ? layers
        :
        [
            .. layers.Select(layer => Begun(layer, from) with
            {
                References = [.. layer.References.Select(name => from.Contains(name) ? to : name)],
            }),
        ];

    /// <summary>A layer that begins with zeros where the one whose states it began with is gone.</summary>
    private static ArchitectureLayer Begun(ArchitectureLayer layer, IEnumerable<string?> gone) =>
        layer.States is not null && gone.Contains(layer.States) ? layer with { States = null } : layer;
}
