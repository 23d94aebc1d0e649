using System.Collections.Immutable;

namespace LstmDsl.Tests;

/// <summary>A model's declaration, and what it is trained with.</summary>
/// <param name="Timesteps">Timesteps of a window.</param>
/// <param name="Features">Features of a timestep.</param>
/// <param name="Layers">The layers.</param>
/// <param name="Seed">What weights and samples are drawn from.</param>
internal sealed record DrawnArchitecture(int Timesteps, int Features, ImmutableArray<ArchitectureLayer> Layers, int Seed)
{
    /// <summary>The loss's name in <see cref="DrawnLosses"/>.</summary>
    public string Loss { get; init; } = DrawnLosses.Plain;

    /// <summary>Whether samples have weights.</summary>
    public bool WeighsSamples { get; init; }

    /// <summary>Whether batch normalisation takes the batch's moments.</summary>
    public bool UsesBatchStatistics { get; init; }

    /// <summary>How many numbers an embedding chooses from; 0 where the input is no such number.</summary>
    public int Numbers => Layers[0].Kind == "Embedding" ? Layers[0].Sizes[0] : 0;

    /// <summary>What stands in timesteps that are padding; null where none are.</summary>
    public float? Padding => Layers[0] switch
    {
        { Kind: "Masking", Options: [] } => 0,
        { Kind: "Masking" } => ArchitectureDrawer.MaskValue,
        { Kind: "Embedding", Options: not [] } => 0,
        _ => null,
    };

    /// <summary>The declaration as code.</summary>
    public string Declare(string name) =>
        FormattableString.Invariant($"[Input({Timesteps}, {Features}), {string.Join(", ", Layers)}] public sealed partial class {name};");

    /// <summary>All that says which case this is.</summary>
    public override string ToString() => Declare("Model") + FormattableString.Invariant(
        $" // loss {Loss}, sample weights: {WeighsSamples}, batch statistics: {UsesBatchStatistics}, seed {Seed}");

    /// <summary>Architectures that are simpler by one thing each, those first that lose most; not all of them are valid.</summary>
    public IEnumerable<DrawnArchitecture> Simpler()
    {
        for (var place = 0; place < Layers.Length && Layers.Length > 1; place++)
            yield return this with { Layers = Layers.RemoveAt(place) };
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

        if (Timesteps > 1)
            yield return this with { Timesteps = Timesteps - 1 };
        if (Features > 1)
            yield return this with { Features = Features - 1 };
    }
}
