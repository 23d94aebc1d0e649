namespace LstmDsl.Generators;

/// <summary>Makes a model's specification of what was declared: defaults filled in, names given, mistakes found.</summary>
internal static class ModelSpecBuilder
{
    /// <summary>Builds the specification.</summary>
    public static ModelSpec Build(ModelDeclaration written)
    {
        var faults = new List<Fault>();
        if (written.IsModel)
        {
            TypeRules.Check(written, faults);
            MemberRules.Check(written, faults);
        }

        AttributeRules.CheckOrder(written, faults);
        var declaration = ForecastLowering.Lower(written, faults);
        var writtenFaults = faults.Count;

        int? wrapper = null;
        var names = new LayerNames(declaration);
        var inputs = new InputReader(declaration, names, faults);
        var branches = new BranchReader(declaration, faults);
        var builder = new LayerBuilder(declaration, names, branches, faults);
        for (var i = 0; i < declaration.Attributes.Count; i++)
        {
            var attribute = declaration.Attributes[i];
            if (attribute.Kind == AttributeKind.Input)
                builder.AddInput(i, inputs.Read(i), isOnly: !inputs.AreSeveral);
            else if (attribute.Kind == AttributeKind.From)
                branches.Begin(i);
            else if (attribute.IsLayer)
                builder.Add(i, wrapper);

            wrapper = AttributeRules.Wrapper(declaration, i, faults);
        }

        inputs.CheckNames();
        branches.CheckRead();
        SequenceRules.Mend(builder.Declared, builder.Kernels, faults);
        HeadSplitter.Split(builder.Declared, builder.Kernels);
        StatefulRules.Check(declaration, inputs, builder, faults);
        TrainableRules.Check(declaration, builder, faults);
        return new ModelSpec(
            declaration.Type, inputs.Found.ToEquatableArray(), inputs.BatchSize, builder.Declared.ToEquatableArray(),
            builder.Kernels.ToEquatableArray(),
            faults.Select((fault, i) => i < writtenFaults ? fault : fault.In(declaration.Places)).ToEquatableArray())
        {
            Forecast = declaration.Forecast,
            Places = declaration.Places,
        };
    }
}
