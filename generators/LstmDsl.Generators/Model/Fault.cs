namespace LstmDsl.Generators;

/// <summary>One mistake in a declaration, before it has a place in the source.</summary>
/// <param name="Id">The diagnostic's id.</param>
/// <param name="Attribute">Index of the attribute that caused it; −1 for the class's name.</param>
/// <param name="Argument">The argument of that attribute that caused it; null for the attribute as a whole.</param>
/// <param name="Values">What the message mentions.</param>
internal sealed record Fault(string Id, int Attribute, string? Argument, EquatableArray<string> Values)
{
    /// <summary>A mistake of the class itself.</summary>
    public static Fault OfType(string id, params string[] values) => new(id, -1, null, values.ToEquatableArray());

    /// <summary>A mistake of one attribute, or of an argument of it.</summary>
    public static Fault OfAttribute(string id, int attribute, string? argument, params string[] values) =>
        new(id, attribute, argument, values.ToEquatableArray());
}
