namespace LstmDsl.Generators;

/// <summary>What is asked of the members that the user gives the class.</summary>
internal static class MemberRules
{
    /// <summary>Adds what is wrong with them; clashes with a layer's name are <see cref="LayerNames"/>'s to find.</summary>
    public static void Check(ModelDeclaration declaration, List<Fault> faults)
    {
        foreach (var member in declaration.OwnMembers)
        {
            if (member.IsConstructor)
                CheckConstructor(declaration.Type, member, faults);
            else if (GeneratedMembers.ClashWith(member, declaration.Forecasts))
                faults.Add(Fault.OfMember(Descriptors.NameClash.Id, member, member.Name, Describe(member)));
            else if (member.IsRequired && declaration.Type.Obstacle == TypeObstacle.None)
                faults.Add(Fault.OfMember(Descriptors.RequiredMember.Id, member, declaration.Type.Name, member.Name));
        }
    }

    private static void CheckConstructor(TypeSpec type, OwnMember member, List<Fault> faults)
    {
        var reason = member.Kind switch
        {
            _ when type.Obstacle != TypeObstacle.None => null,
            OwnMemberKind.PrimaryConstructor => $"'{type.Name}' has a primary constructor",
            _ when GeneratedMembers.TakesConstructorsPlace(member) => $"'{type.Name}' has a constructor of its own for an int",
            OwnMemberKind.Constructor => $"This constructor of '{type.Name}' does not call ': this(seed)'",
            _ => null,
        };
        if (reason is not null)
            faults.Add(Fault.OfMember(Descriptors.ConstructorApart.Id, member, type.Name, reason));
    }

    private static string Describe(OwnMember member)
    {
        const string What = "a member that every model has";
        return member.InheritedFrom is { } ancestor ? $"{What}; it is inherited from '{ancestor}'" : What;
    }
}
