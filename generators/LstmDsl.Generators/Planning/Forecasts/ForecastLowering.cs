namespace LstmDsl.Generators;

/// <summary>
/// Makes ordinary attributes of those that say what is forecast: inputs as wide as the columns, the user's layers, what is known of the
/// horizon where [Future] stands, and the computed head. Planning and emission know nothing of it.
/// </summary>
internal sealed class ForecastLowering
{
    private const string History = "History";
    private const string Future = "Future";
    private const string FlatFuture = "FutureFlat";

    private readonly ModelDeclaration written;
    private readonly ForecastSpec forecast;
    private readonly int place;
    private readonly List<DeclaredAttribute> made = [];
    private readonly List<int> places = [];

    private ForecastLowering(ModelDeclaration written, int place)
    {
        (this.written, this.place) = (written, place);
        forecast = new ForecastReader(written).Read(written.Attributes[place]);
    }

    /// <summary>The declaration by ordinary attributes, with those that each was made of; itself where it declares no forecast.</summary>
    /// <param name="written">The declaration.</param>
    /// <param name="faults">Takes what is wrong, at the attributes that were written.</param>
    public static ModelDeclaration Lower(ModelDeclaration written, List<Fault> faults)
    {
        if (!written.Attributes.Any(attribute => attribute.IsForecasting))
            return written;

        if (written.Forecasts)
        {
            var place = written.Attributes.TakeWhile(attribute => attribute.Kind != AttributeKind.Forecast).Count();
            return new ForecastLowering(written, place).Lower(faults);
        }

        ForecastRules.CheckApart(written, faults);
        return WithoutForecasting(written);
    }

    private static ModelDeclaration WithoutForecasting(ModelDeclaration written)
    {
        var kept = Enumerable.Range(0, written.Attributes.Count).Where(i => !written.Attributes[i].IsForecasting).ToArray();
        return written with { Attributes = kept.Select(i => written.Attributes[i]).ToEquatableArray(), Places = kept.ToEquatableArray() };
    }

    private ModelDeclaration Lower(List<Fault> faults)
    {
        ForecastRules.Check(written, forecast, place, faults);
        var layers = Layers();
        var joinsAt = layers.FindIndex(i => written.Attributes[i].Kind == AttributeKind.Future);
        var before = layers.Take(Math.Max(joinsAt, 0)).ToArray();
        Make(place, Input(History, forecast.Window, forecast.WindowWidth));
        if (forecast.JoinsFuture)
        {
            var joinsSteps = Timesteps(made.Concat(before.Select(i => Kept(i))), layers[joinsAt], faults) > 0;
            Make(place, Input(Future, forecast.Horizon, forecast.FutureWidth));
            if (!joinsSteps)
                Make(layers[joinsAt], Made(AttributeKind.Flatten).With("Name", FlatFuture));
            if (!written.Attributes[layers[0]].BeginsBranch)
                Make(place, Made(AttributeKind.From).With("layer", History));
            Keep(before);
            var joined = new DeclaredArgument("inputs", 0, null) { Texts = new([joinsSteps ? Future : FlatFuture]) };
            Make(layers[joinsAt], Made(AttributeKind.Concatenate, joined));
        }

        Keep(layers.Skip(forecast.JoinsFuture ? joinsAt : 0).Where(i => written.Attributes[i].Kind != AttributeKind.Future));
        MakeHead(layers.LastOrDefault(i => written.Attributes[i].IsLayer), faults);
        return written with { Attributes = made.ToEquatableArray(), Places = places.ToEquatableArray(), Forecast = forecast };
    }

    /// <summary>
    /// Layers with what belongs to them, and [Future], by their places. Refinements before the first layer are a mistake that is found where
    /// they stand; here they would refine what is made.
    /// </summary>
    private List<int> Layers() =>
    [
        .. Enumerable.Range(0, written.Attributes.Count)
            .Where(i => written.Attributes[i] is { Kind: AttributeKind.Future } or { IsForecasting: false, Kind: not AttributeKind.Input })
            .SkipWhile(i => written.Attributes[i].IsRefinement),
    ];

    /// <summary>Behind a vector the head gives all rows of the horizon at once, behind a sequence each row from its timestep.</summary>
    private void MakeHead(int lastLayer, List<Fault> faults)
    {
        var givesVector = Timesteps(made, lastLayer, faults) == 0;
        var rows = givesVector ? forecast.Horizon : 1;
        var units = (int)Math.Min((long)rows * forecast.Outputs, AttributeRules.LargestSize + 1L);
        Make(place, Made(AttributeKind.Dense, Number("units", units)).With("Name", "ForecastHead").With(LayerNames.FileName, "forecast"));
        if (givesVector)
        {
            Make(place, Made(AttributeKind.Reshape, Number("timesteps", forecast.Horizon), Number("features", forecast.Outputs))
                .With("Name", "ForecastSteps"));
        }
    }

    /// <summary>
    /// How many timesteps some attributes' network gives, 0 where that has no time axis; other ones than the horizon's are a mistake. Where
    /// anything else is wrong, the shapes mean nothing.
    /// </summary>
    private int Timesteps(IEnumerable<DeclaredAttribute> attributes, int blamed, List<Fault> faults)
    {
        // What the next layer would read is what a layer that changes nothing gives.
        var probe = Made(AttributeKind.Activation).With("Name", "ForecastInput");
        var spec = ModelSpecBuilder.Build(new ModelDeclaration(written.Type, attributes.Append(probe).ToEquatableArray(), default));
        var shaped = ShapedLayer.Infer(spec);
        var timesteps = shaped[shaped.Count - 1].OutputTimesteps;
        if (timesteps > 0 && timesteps != forecast.Horizon && !faults.Concat(spec.Faults).Any(fault => fault.IsError))
        {
            var source = shaped[shaped.Count - 1].Source;
            var name = source < 0
                ? "The window, between which and [Future] no layer stands,"
                : $"'{spec.Declared.Last(layer => layer.FirstKernel <= source).Name}'";
            faults.Add(Fault.OfAttribute(
                Descriptors.StepsApart.Id, blamed, null, name, Counted(timesteps), Text.Prose(forecast.Horizon), Text.Plain(forecast.Horizon)));
        }

        return timesteps;
    }

    private static string Counted(int timesteps) => timesteps == 1 ? "1 timestep" : $"{Text.Prose(timesteps)} timesteps";

    /// <summary>An attribute of the user's; a state that goes from batch to batch is a mistake that is found where it was written.</summary>
    private DeclaredAttribute Kept(int index)
    {
        var attribute = written.Attributes[index];
        return attribute.Flag("Stateful", false)
            ? attribute with { Arguments = attribute.Arguments.Where(argument => argument.Name != "Stateful").ToEquatableArray() }
            : attribute;
    }

    private void Make(int from, DeclaredAttribute attribute)
    {
        made.Add(attribute);
        places.Add(from);
    }

    private void Keep(IEnumerable<int> attributes)
    {
        foreach (var i in attributes)
            Make(i, Kept(i));
    }

    private DeclaredAttribute Input(string name, int timesteps, int features) =>
        Made(AttributeKind.Input, Number("timesteps", timesteps), Number("features", Math.Max(features, 1))).With("Name", name);

    private DeclaredAttribute Made(AttributeKind kind, params DeclaredArgument[] arguments) =>
        new(kind, written.Attributes[place].Part, arguments.ToEquatableArray()) { IsMade = true };

    private static DeclaredArgument Number(string name, int number) => new(name, number, null);
}
