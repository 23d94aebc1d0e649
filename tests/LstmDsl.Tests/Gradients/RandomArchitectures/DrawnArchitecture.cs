using System.Collections.Immutable;

namespace LstmDsl.Tests;

/// <summary>A model's declaration, and what it is trained with.</summary>
/// <param name="Layers">The inputs and layers, in the order of the source.</param>
/// <param name="Seed">What weights and samples are drawn from.</param>
internal sealed record DrawnArchitecture(ImmutableArray<ArchitectureLayer> Layers, int Seed)
{
    /// <summary>The loss's name in <see cref="DrawnLosses"/>.</summary>
    public string Loss { get; init; } = DrawnLosses.Plain;

    /// <summary>Whether samples have weights.</summary>
    public bool WeighsSamples { get; init; }

    /// <summary>Whether batch normalisation takes the batch's moments.</summary>
    public bool UsesBatchStatistics { get; init; }

    /// <summary>The inputs, in order.</summary>
    public IReadOnlyList<DrawnInput> Inputs =>
        [.. Layers.Index().Where(layer => layer.Item.Kind == "Input").Select(layer => DrawnInput.Of(layer.Item, Readers(layer.Index)))];

    /// <summary>The declaration as code, with the names that somebody needs.</summary>
    public string Declare(string name)
    {
        var needed = Layers.SelectMany(layer => layer.Names).ToHashSet();
        var inputs = Layers.Count(layer => layer.Kind == "Input");
        var layers = Layers.Select(layer =>
            layer.Name is { } own && (needed.Contains(own) || (layer.Kind == "Input" && inputs > 1)) ? layer : layer with { Name = null });
        return $"[{string.Join(", ", layers)}] public sealed partial class {name};";
    }

    /// <summary>All that says which case this is.</summary>
    public override string ToString() => Declare("Model") + FormattableString.Invariant(
        $" // loss {Loss}, sample weights: {WeighsSamples}, batch statistics: {UsesBatchStatistics}, seed {Seed}");

    /// <summary>Architectures that are simpler by one thing each, those first that lose most; not all of them are valid.</summary>
    public IEnumerable<DrawnArchitecture> Simpler()
    {
        foreach (var layers in SimplerGraph.Of(Layers))
            yield return this with { Layers = layers };
        if (Loss != DrawnLosses.Plain)
            yield return this with { Loss = DrawnLosses.Plain };
        if (WeighsSamples)
            yield return this with { WeighsSamples = false };
        if (UsesBatchStatistics)
            yield return this with { UsesBatchStatistics = false };
        for (var place = 0; place < Layers.Length; place++)
        {
            foreach (var layer in Layers[place].Simpler())
                yield return this with { Layers = Layers.SetItem(place, layer) };
        }
    }

    /// <summary>The layers that read an input by itself.</summary>
    private List<ArchitectureLayer> Readers(int input)
    {
        var name = Layers[input].Name;
        return
        [
            .. Layers.Where((layer, place) => place > 0 && !layer.BeginsBranch
                && (place - 1 == input || (Layers[place - 1] is { Kind: "From", References: [var start] } && start == name))),
        ];
    }
}
