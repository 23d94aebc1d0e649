namespace LstmDsl.Generators;

/// <summary>A type that the model is nested in.</summary>
/// <param name="Keyword"><c>class</c>, <c>struct</c>, <c>record</c>, <c>record struct</c> or <c>interface</c>.</param>
/// <param name="Name">Its name with type parameters, escaped where it might be a keyword.</param>
/// <param name="IsPartial">Whether it is declared partial, so that generated code can reopen it.</param>
internal sealed record ContainingType(string Keyword, string Name, bool IsPartial)
{
    /// <summary>Its name for messages.</summary>
    public string PlainName => Name.Replace("@", "");
}

/// <summary>What keeps a type from being a model, beside not being partial.</summary>
internal enum TypeObstacle
{
    None,
    Static,
    Abstract,
    Generic,
    File,
    Struct,
    Record,
    Derived,
}

/// <summary>The annotated type: all that emission needs to reopen it.</summary>
internal sealed record TypeSpec
{
    /// <summary>The namespace, escaped; empty for the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>The types around it, outermost first.</summary>
    public required EquatableArray<ContainingType> ContainingTypes { get; init; }

    /// <summary><c>class</c>, or for a wrong model <c>record</c>, <c>struct</c> or <c>record struct</c>.</summary>
    public required string Keyword { get; init; }

    /// <summary>The plain name.</summary>
    public required string Name { get; init; }

    /// <summary>The name as code writes it: escaped where it might be a keyword.</summary>
    public required string Identifier { get; init; }

    /// <summary>The name with its type parameters, as a declaration writes it.</summary>
    public required string Declaration { get; init; }

    /// <summary>The qualified name, from <c>global::</c> on.</summary>
    public required string QualifiedName { get; init; }

    /// <summary>Name of the generated file, by namespace and containing types.</summary>
    public required string HintName { get; init; }

    /// <summary>Whether the class is declared partial.</summary>
    public required bool IsPartial { get; init; }

    /// <summary>What keeps the type from being a model.</summary>
    public required TypeObstacle Obstacle { get; init; }

    /// <summary>Whether a constructor of the user's stands where the generated one would.</summary>
    public required bool HasConstructorsPlaceTaken { get; init; }

    /// <summary>
    /// Whether the generated constructor claims to set members that are required, which is reported: so the compiler does not complain of every
    /// <c>new</c> too. It would complain of constructors that call the generated one.
    /// </summary>
    public required bool SetsRequiredMembers { get; init; }

    /// <summary>Whether the language version is at least C# 13.</summary>
    public required bool LanguageSuffices { get; init; }

    /// <summary>
    /// Whether a file is written at all: not for a type that another file cannot reopen or that can hold no model's members, nor for a
    /// language version that does not know the generated code's.
    /// </summary>
    public bool CanBeEmitted => LanguageSuffices && Obstacle is not (TypeObstacle.File or TypeObstacle.Static or TypeObstacle.Struct);

    /// <summary>Whether generated code can reopen the type and the types around it.</summary>
    public bool CanBeReopened => IsPartial && ContainingTypes.All(outer => outer.IsPartial);
}
