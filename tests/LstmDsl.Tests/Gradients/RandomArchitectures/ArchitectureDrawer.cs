using System.Collections.Immutable;

namespace LstmDsl.Tests;

/// <summary>Draws a stack of layers, each of which reads the one before it.</summary>
internal sealed class ArchitectureDrawer(int seed)
{
    private readonly LayerDrawer drawer = new(seed);

    /// <summary>Draws an architecture.</summary>
    public DrawnArchitecture Draw()
    {
        var layers = ImmutableArray.CreateBuilder<ArchitectureLayer>();
        layers.AddRange(drawer.Input());
        for (var count = drawer.Between(1, 5); count > 0; count--)
            layers.Add(drawer.Layer());
        if (drawer.Width > 4 || layers.All(layer => layer.Kind is not ("Dense" or "Conv1D" or "Lstm" or "Gru" or "SimpleRnn")) || drawer.Chance(40))
            layers.Add(drawer.Dense(drawer.Between(1, 4)));
        return drawer.Trained(layers.ToImmutable(), seed);
    }
}
