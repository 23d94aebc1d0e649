namespace LstmDsl.Generators;

/// <summary>Makes a model's specification of what was declared: defaults filled in, names given, mistakes found.</summary>
internal static class ModelSpecBuilder
{
    /// <summary>Builds the specification.</summary>
    public static ModelSpec Build(ModelDeclaration declaration)
    {
        var faults = new List<Fault>();
        if (declaration.IsModel)
        {
            TypeRules.Check(declaration.Type, faults);
            MemberRules.Check(declaration, faults);
        }

        AttributeRules.CheckOrder(declaration, faults);

        int timesteps = 1, features = 1;
        var layers = new List<LayerSpec>();
        var builder = new LayerBuilder(declaration, new LayerNames(declaration.Type.Name, declaration.OwnMembers), faults);
        for (var i = 0; i < declaration.Attributes.Count; i++)
        {
            if (declaration.Attributes[i].Kind == AttributeKind.Input)
            {
                timesteps = AttributeRules.Size(declaration, i, "timesteps", faults);
                features = AttributeRules.Size(declaration, i, "features", faults);
            }
            else if (declaration.Attributes[i].IsLayer)
            {
                layers.Add(builder.Build(i));
            }
        }

        MendSequences(layers, faults);
        return new ModelSpec(declaration.Type, timesteps, features, layers.ToEquatableArray(), faults.ToEquatableArray());
    }

    /// <summary>Every recurrent layer but the last must hand on a sequence; planning goes on as if each did.</summary>
    private static void MendSequences(List<LayerSpec> layers, List<Fault> faults)
    {
        var last = layers.FindLastIndex(layer => layer is RecurrentSpec);
        for (var i = 0; i < last; i++)
        {
            if (layers[i] is not RecurrentSpec { ReturnSequences: false } recurrent)
                continue;

            var next = layers.Skip(i + 1).First(layer => layer is RecurrentSpec);
            faults.Add(Fault.OfAttribute(Descriptors.SequenceMissing.Id, recurrent.Attribute, null, recurrent.Name, next.Name));
            layers[i] = recurrent with { ReturnSequences = true };
        }
    }
}
