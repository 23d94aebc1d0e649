namespace LstmDsl.Generators;

/// <summary>What kind of member the user wrote, as far as it matters to the generated ones.</summary>
internal enum OwnMemberKind
{
    /// <summary>A field, property, event or nested type: its name can be used once.</summary>
    Named,

    /// <summary>A method: others of its name may take other parameters.</summary>
    Method,

    /// <summary>A constructor that calls another one of its class.</summary>
    ChainedConstructor,

    /// <summary>A constructor that does not.</summary>
    Constructor,

    /// <summary>The parameter list of the class itself.</summary>
    PrimaryConstructor,
}

/// <summary>A member that the user gave the class, or that it inherits.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The types that a method takes, parted by commas.</param>
/// <param name="InheritedFrom">The class that declares it; null for the model itself.</param>
internal sealed record OwnMember(OwnMemberKind Kind, string Name, string Parameters, string? InheritedFrom)
{
    /// <summary>Whether whoever makes an instance has to set it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What tells it from the class's other members.</summary>
    public string Key => Kind == OwnMemberKind.Named ? Name : $"{Name}({Parameters})";

    /// <summary>Whether it makes an instance.</summary>
    public bool IsConstructor => Kind is OwnMemberKind.ChainedConstructor or OwnMemberKind.Constructor or OwnMemberKind.PrimaryConstructor;
}
