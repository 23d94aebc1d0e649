using System.Collections.Immutable;

namespace LstmDsl.Tests;

/// <summary>A layer as its attributes.</summary>
/// <param name="Kind">The attribute's name.</param>
/// <param name="Sizes">Its positional arguments, where they are sizes.</param>
internal sealed record ArchitectureLayer(string Kind, params ImmutableArray<int> Sizes)
{
    /// <summary>A positional argument that is none: an activation, a rate.</summary>
    public string? Argument { get; init; }

    /// <summary>The attribute before it; null for none.</summary>
    public string? Wrapper { get; init; }

    /// <summary>Named arguments: <c>Activation = Activation.Relu</c>.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>The attributes after it: <c>Kernel(L2 = 0.04)</c>.</summary>
    public ImmutableArray<string> Refinements { get; init; } = [];

    /// <summary>The layer as code.</summary>
    public override string ToString()
    {
        string[] arguments =
            [.. Sizes.Select(size => FormattableString.Invariant($"{size}")), .. Argument is null ? [] : new[] { Argument }, .. Options];
        var layer = arguments.Length == 0 ? Kind : $"{Kind}({string.Join(", ", arguments)})";
        return string.Join(", ", [.. Wrapper is null ? [] : new[] { Wrapper }, layer, .. Refinements]);
    }

    /// <summary>The layer with one thing less, or one size less.</summary>
    public IEnumerable<ArchitectureLayer> Simpler()
    {
        if (Wrapper is not null)
            yield return this with { Wrapper = null };
        foreach (var option in Options)
            yield return this with { Options = Options.Remove(option) };
        foreach (var refinement in Refinements)
            yield return this with { Refinements = Refinements.Remove(refinement) };
        for (var place = 0; place < Sizes.Length; place++)
        {
            if (Sizes[place] > 1)
                yield return this with { Sizes = Sizes.SetItem(place, Sizes[place] - 1) };
        }
    }
}
