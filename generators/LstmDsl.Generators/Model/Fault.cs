using System.Collections.Immutable;

namespace LstmDsl.Generators;

/// <summary>One mistake in a declaration, before it has a place in the source.</summary>
/// <param name="Id">The diagnostic's id.</param>
/// <param name="Attribute">Index of the attribute that caused it; −1 for the class's name.</param>
/// <param name="Argument">The argument of that attribute, or the class's member, that caused it; null for attribute or class as a whole.</param>
/// <param name="Values">What the message mentions.</param>
internal sealed record Fault(string Id, int Attribute, string? Argument, EquatableArray<string> Values)
{
    /// <summary>A name that is written and one that may be meant, for the fix that puts one in the place of the other; null for none.</summary>
    public NearestName? Nearest { get; init; }

    /// <summary>What a fix is told.</summary>
    public ImmutableDictionary<string, string?> Properties => Nearest is (var written, var meant)
        ? ImmutableDictionary<string, string?>.Empty.Add(nameof(written), written).Add(nameof(meant), meant)
        : ImmutableDictionary<string, string?>.Empty;

    /// <summary>Whether nothing can be generated, rather than something surprising.</summary>
    public bool IsError => Descriptors.ById[Id].DefaultSeverity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error;

    /// <summary>The same mistake of the attribute that was written where the attributes of a declaration were made of others.</summary>
    public Fault In(EquatableArray<int> places) =>
        places.Count == 0 || Attribute < 0 ? this : this with { Attribute = places[Attribute] };

    /// <summary>A mistake of the class itself.</summary>
    public static Fault OfType(string id, params string[] values) => new(id, -1, null, values.ToEquatableArray());

    /// <summary>A mistake of one of the class's own members; an inherited one is blamed on the class.</summary>
    public static Fault OfMember(string id, OwnMember member, params string[] values) =>
        new(id, -1, member.InheritedFrom is null ? member.Key : null, values.ToEquatableArray());

    /// <summary>A mistake of one attribute, or of an argument of it.</summary>
    public static Fault OfAttribute(string id, int attribute, string? argument, params string[] values) =>
        new(id, attribute, argument, values.ToEquatableArray());
}

/// <summary>A name that nothing has, and the one that was probably meant.</summary>
/// <param name="Written">The name as it was written.</param>
/// <param name="Meant">The nearest one that there is.</param>
internal sealed record NearestName(string Written, string Meant);
