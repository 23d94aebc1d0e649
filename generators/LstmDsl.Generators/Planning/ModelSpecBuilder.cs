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

        int timesteps = 1, features = 1, batchSize = 0;
        int? wrapper = null;
        var builder = new LayerBuilder(declaration, new LayerNames(declaration.Type.Name, declaration.OwnMembers), faults);
        for (var i = 0; i < declaration.Attributes.Count; i++)
        {
            if (declaration.Attributes[i].Kind == AttributeKind.Input)
            {
                timesteps = AttributeRules.Size(declaration, i, "timesteps", faults);
                features = AttributeRules.Size(declaration, i, "features", faults);
                if (declaration.Attributes[i].Find("BatchSize") is not null)
                    batchSize = AttributeRules.Size(declaration, i, "BatchSize", faults);
            }
            else if (declaration.Attributes[i].IsLayer)
            {
                builder.Add(i, wrapper);
            }

            wrapper = AttributeRules.Wrapper(declaration, i, faults);
        }

        SequenceRules.Mend(builder.Declared, builder.Kernels, faults);
        HeadSplitter.Split(builder.Declared, builder.Kernels);
        StatefulRules.Check(declaration, timesteps, features, batchSize, builder, faults);
        return new ModelSpec(
            declaration.Type, timesteps, features, batchSize, builder.Declared.ToEquatableArray(), builder.Kernels.ToEquatableArray(),
            faults.ToEquatableArray());
    }
}
