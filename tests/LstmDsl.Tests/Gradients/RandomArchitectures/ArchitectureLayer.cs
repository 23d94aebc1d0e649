using System.Collections.Immutable;

namespace LstmDsl.Tests;

/// <summary>A layer, an input, or the beginning of a branch, as attributes.</summary>
/// <param name="Kind">The attribute's name.</param>
/// <param name="Sizes">Its positional arguments, where they are sizes.</param>
internal sealed record ArchitectureLayer(string Kind, params ImmutableArray<int> Sizes)
{
    /// <summary>A positional argument that is none: an activation, a rate.</summary>
    public string? Argument { get; init; }

    /// <summary>The name by which others refer to it; null where none does.</summary>
    public string? Name { get; init; }

    /// <summary>The names that it refers to: those of outputs that it puts together, or of the one that a branch begins at.</summary>
    public ImmutableArray<string> References { get; init; } = [];

    /// <summary>The name of the layer whose last states it begins with; null for none.</summary>
    public string? States { get; init; }

    /// <summary>All names that it refers to.</summary>
    public IEnumerable<string> Names => States is null ? References : References.Append(States);

    /// <summary>Whether what follows it does not read what stands before it.</summary>
    public bool BeginsBranch => Kind is "Input" or "From";

    /// <summary>Whether it makes one output of several.</summary>
    public bool Merges => Kind is "Add" or "Subtract" or "Multiply" or "Average" or "Maximum" or "Concatenate";

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
        [
            .. References.Select(reference => $"\"{reference}\""),
            .. Sizes.Select(size => FormattableString.Invariant($"{size}")),
            .. Argument is null ? [] : new[] { Argument },
            .. Options,
            .. States is null ? [] : new[] { $"InitialState = \"{States}\"" },
            .. Name is null ? [] : new[] { $"Name = \"{Name}\"" },
        ];
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
        for (var place = 0; place < References.Length && References.Length > 1; place++)
            yield return this with { References = References.RemoveAt(place) };
        for (var place = 0; place < Sizes.Length; place++)
        {
            if (Sizes[place] > 1)
                yield return this with { Sizes = Sizes.SetItem(place, Sizes[place] - 1) };
        }
    }
}
