namespace LstmDsl.Generators;

/// <summary>What is asked of the annotated class itself.</summary>
internal static class TypeRules
{
    /// <summary>Adds what is wrong with the class.</summary>
    public static void Check(ModelDeclaration declaration, List<Fault> faults)
    {
        var type = declaration.Type;
        if (!type.LanguageSuffices)
            faults.Add(Fault.OfType(Descriptors.LanguageTooOld.Id, type.Name));
        if (type.Obstacle != TypeObstacle.None)
            faults.Add(Fault.OfType(Descriptors.UnsuitableType.Id, type.Name, Describe(type.Obstacle)));
        if (!type.IsPartial)
            faults.Add(Fault.OfType(Descriptors.NotPartial.Id, type.Name));
        foreach (var outer in type.ContainingTypes)
        {
            if (!outer.IsPartial)
                faults.Add(Fault.OfType(Descriptors.ContainingTypeNotPartial.Id, outer.PlainName, type.Name));
        }

        if (GeneratedMembers.Contains(type.Name, declaration.Forecasts))
            faults.Add(Fault.OfType(Descriptors.NameClash.Id, type.Name, "a member that every model has"));
    }

    private static string Describe(TypeObstacle obstacle) => obstacle switch
    {
        TypeObstacle.Static => "static",
        TypeObstacle.Abstract => "abstract",
        TypeObstacle.Generic => "generic or nested in a generic type",
        TypeObstacle.File => "local to its file",
        TypeObstacle.Struct => "no class",
        TypeObstacle.Derived => "derived from another model",
        _ => "a record",
    };
}
