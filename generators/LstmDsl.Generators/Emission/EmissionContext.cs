namespace LstmDsl.Generators;

/// <summary>What every emitter needs: the model, the writer, and the names that generated code spells out.</summary>
internal sealed class EmissionContext(PlannedModel model)
{
    /// <summary>The namespace of the public types.</summary>
    public const string Library = "global::LstmDsl.";

    /// <summary>The namespace of what only generated code calls.</summary>
    public const string Services = "global::LstmDsl.CompilerServices.";

    /// <summary>A span that is read.</summary>
    public const string ReadOnlyFloats = "global::System.ReadOnlySpan<float>";

    /// <summary>A span that is written.</summary>
    public const string Floats = "global::System.Span<float>";

    /// <summary>The documentation of a member that the library's own member documents.</summary>
    public const string Inherited = "<inheritdoc/>";

    /// <summary>A list of forecast values.</summary>
    public const string ForecastPoints = "global::System.Collections.Generic.IReadOnlyList<global::LstmDsl.ForecastPoint>";

    /// <summary>The plan.</summary>
    public PlannedModel Model { get; } = model;

    /// <summary>The text so far.</summary>
    public SourceWriter Writer { get; } = new();

    /// <summary>The model's qualified name.</summary>
    public string Self { get; } = model.Type.QualifiedName;

    /// <summary>The interface whose members only the library calls.</summary>
    public string Program { get; } = $"{Services}IModelProgram<{model.Type.QualifiedName}>";

    /// <summary>The interfaces that users see.</summary>
    public string Contract => Model.Forecast is not null
        ? $"{Library}IDeclaredForecast<{Self}>"
        : $"{Library}{(FeedsBack ? "IForecastingModel" : "IRecurrentModel")}<{Self}>, {Library}IHasPipeline";

    /// <summary>What reads its files: of one that is declared by what it forecasts with a look at what they were trained for.</summary>
    public string Files => Services + FilesOf(Model.Forecast is not null);

    /// <summary>Whether it has the members that feed outputs back; a wrong declaration has, unless it says what it forecasts.</summary>
    public bool FeedsBack => Model.Forecasts || (Model.IsFaulty && Model.Forecast is null);

    /// <summary>Shape of the input, with a free number of samples.</summary>
    public string InputShape => Model.HasSeveralInputs
        ? string.Join(", ", Model.Inputs.Select(input => $"{input.Name} {Text.SampleShape(input.Timesteps, input.Features)}"))
        : Text.SampleShape(Model.Timesteps, Model.Features);

    /// <summary>Shape of the output, with a free number of samples.</summary>
    public string OutputShape => Text.SampleShape(Model.OutputTimesteps, Model.Outputs);

    /// <summary>Shape of one sample's input.</summary>
    public string SampleInputShape => Model.HasSeveralInputs
        ? string.Join(", ", Model.Inputs.Select(input => $"{input.Name} {Text.Shape(input.Timesteps, input.Features)}"))
        : Text.Shape(Model.Timesteps, Model.Features);

    /// <summary>Shape of one sample's output.</summary>
    public string SampleOutputShape => Text.Shape(Model.OutputTimesteps, Model.Outputs);

    /// <summary>The table that the model's Summary shows.</summary>
    public string SummaryText => SummaryEmitter.Text(Model);

    /// <summary>
    /// Names that the class or a member of its own has, which is reported: generated members of these names are left out, since the
    /// compiler's own error would hide the report. Inherited members can be hidden, so their names are not among these.
    /// </summary>
    public IReadOnlyCollection<string> TakenNames { get; } =
    [
        .. model.Faults
            .Where(fault => fault.Id == Descriptors.NameClash.Id && fault.Attribute < 0)
            .Where(fault => fault.Argument is not null || fault.Values[0] == model.Type.Name)
            .Select(fault => fault.Values[0]),
    ];

    /// <summary>The documentation of a member that another one of the library's documents.</summary>
    public static string InheritedFrom(string member) => $"<inheritdoc cref=\"{Services}{member}\"/>";

    /// <summary>The type that reads a model's files.</summary>
    public static string FilesOf(bool forecasts) => forecasts ? "DeclaredForecasts" : "ModelFiles";

    /// <summary>Writes a documented member whose body is one expression; that of a wrong declaration throws.</summary>
    /// <param name="documentation">Its documentation.</param>
    /// <param name="head">What stands before the body.</param>
    /// <param name="body">The expression.</param>
    /// <param name="joins">Whether it belongs to the member before it, and so stands right behind it.</param>
    public void Member(string documentation, string head, string body, bool joins = false)
    {
        if (TakenNames.Count > 0 && TakenNames.Contains(NameIn(head)))
            return;

        Document(documentation, joins);
        Expression(head, body);
    }

    /// <summary>Writes documentation, apart from what stands before it unless it joins that.</summary>
    public void Document(string documentation, bool joins = false)
    {
        if (!joins)
            Writer.Line();
        Writer.Lines("/// ", documentation);
    }

    /// <summary>The name of the member that a head declares.</summary>
    private static string NameIn(string head)
    {
        var declarator = head.Split('(')[0];
        return declarator.Substring(declarator.LastIndexOf(' ') + 1);
    }

    /// <summary>A body that is one expression; that of a wrong declaration throws.</summary>
    public string Body(string body) => Model.IsFaulty ? $"throw {MistakeEmitter.Name(this)}" : body;

    /// <summary>Writes a member whose body is one expression; that of a wrong declaration throws.</summary>
    public void Expression(string head, string body)
    {
        var expression = Body(body);
        if (Writer.Fits(head.Length + " => ;".Length + expression.Length))
        {
            Writer.Line($"{head} => {expression};");
        }
        else
        {
            Writer.Line($"{head} =>");
            Writer.Continue($"{expression};");
        }
    }

    /// <summary>Writes a property that makes a struct of constants.</summary>
    public void Constants(string type, string name, IReadOnlyList<string> properties)
    {
        var head = $"private static {Services}{type} {name} =>";
        var length = "new() {  };".Length + ((properties.Count - 1) * ", ".Length);
        foreach (var property in properties)
            length += property.Length;
        if (Writer.Fits(head.Length + " ".Length + length))
        {
            Writer.Line($"{head} new() {{ {properties} }};");
        }
        else if (Writer.Fits(length, deeper: 1))
        {
            Writer.Line(head);
            Writer.Continue($"new() {{ {string.Join(", ", properties)} }};");
        }
        else
        {
            Writer.Open($"{head} new()");
            Writer.Packed(properties);
            Writer.Close("};");
        }
    }
}
