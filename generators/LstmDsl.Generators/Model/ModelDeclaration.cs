namespace LstmDsl.Generators;

/// <summary>Which attribute stands on the model: inputs, layers, the beginnings of branches, wrappers, refinements, what is forecast.</summary>
internal enum AttributeKind
{
    Input,
    Lstm,
    SimpleRnn,
    Gru,
    MinGru,
    Dense,
    Activation,
    Dropout,
    SpatialDropout1D,
    Masking,
    RepeatVector,
    Flatten,
    Reshape,
    Permute,
    LayerNormalization,
    BatchNormalization,
    Normalization,
    Rescaling,
    Embedding,
    Conv1D,
    MaxPooling1D,
    AveragePooling1D,
    GlobalMaxPooling1D,
    GlobalAveragePooling1D,
    Attention,
    AdditiveAttention,
    MultiHeadAttention,
    Add,
    Average,
    Concatenate,
    Maximum,
    Multiply,
    Subtract,
    From,
    Bidirectional,
    TimeDistributed,
    Kernel,
    RecurrentKernel,
    Bias,
    Gamma,
    Beta,
    Embeddings,
    Forecast,
    Target,
    Known,
    Past,
    Quantiles,
    Mean,
    Future,
}

/// <summary>One argument that an attribute was given; numbers, booleans and enumerations alike as a number.</summary>
/// <param name="Name">The parameter's or the property's name.</param>
/// <param name="Number">Its value, 0 for text.</param>
/// <param name="Text">Its value where it is text.</param>
internal sealed record DeclaredArgument(string Name, double Number, string? Text)
{
    /// <summary>Its values where it is a list of numbers.</summary>
    public EquatableArray<double> Numbers { get; init; }

    /// <summary>Its values where it is a list of texts.</summary>
    public EquatableArray<string> Texts { get; init; }
}

/// <summary>One attribute as it was written.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Part">Which of the class's partial declarations carries it, from 0.</param>
/// <param name="Arguments">The arguments that were written; what was left out has its default.</param>
internal sealed record DeclaredAttribute(AttributeKind Kind, int Part, EquatableArray<DeclaredArgument> Arguments)
{
    /// <summary>Whether it declares a layer.</summary>
    public bool IsLayer => !BeginsBranch && !IsWrapper && !IsRefinement && !IsForecasting;

    /// <summary>Whether it says what the model takes, and so stands before the layers.</summary>
    public bool DeclaresInput => Kind is AttributeKind.Input or AttributeKind.Forecast;

    /// <summary>Whether it says what is forecast from what, which is lowered to attributes that do not.</summary>
    public bool IsForecasting => IsColumn || Kind is AttributeKind.Forecast or AttributeKind.Quantiles or AttributeKind.Mean or AttributeKind.Future;

    /// <summary>Whether it names a column of the data, or a part of the date.</summary>
    public bool IsColumn => Kind is AttributeKind.Target or AttributeKind.Known or AttributeKind.Past;

    /// <summary>Whether what follows it reads something else than what stands before it.</summary>
    public bool BeginsBranch => Kind is AttributeKind.Input or AttributeKind.From;

    /// <summary>Whether it declares a layer that makes one output of several.</summary>
    public bool IsMerging => Kind is AttributeKind.Add or AttributeKind.Average or AttributeKind.Concatenate or AttributeKind.Maximum
        or AttributeKind.Multiply or AttributeKind.Subtract;

    /// <summary>Whether whatever it stands on means to be a model.</summary>
    public bool DeclaresModel => DeclaresInput || IsLayer;

    /// <summary>Whether it changes the layer that follows.</summary>
    public bool IsWrapper => Kind is AttributeKind.Bidirectional or AttributeKind.TimeDistributed;

    /// <summary>Whether it declares a layer that works on each timestep by itself in any case.</summary>
    public bool WorksOnEachTimestep => Kind is AttributeKind.Dense or AttributeKind.Activation or AttributeKind.Dropout
        or AttributeKind.LayerNormalization or AttributeKind.Normalization or AttributeKind.Rescaling;

    /// <summary>Whether it declares a layer that gives weighted means of what it names.</summary>
    public bool IsAttention => Kind is AttributeKind.Attention or AttributeKind.AdditiveAttention or AttributeKind.MultiHeadAttention;

    /// <summary>Whether it declares a recurrent layer.</summary>
    public bool IsRecurrent => RecurrentKind.Of(Kind) is not null;

    /// <summary>Whether it declares a layer with a kernel and, perhaps, a bias.</summary>
    public bool HasKernel => IsRecurrent || Kind is AttributeKind.Dense or AttributeKind.Conv1D or AttributeKind.MultiHeadAttention;

    /// <summary>Whether it declares a layer that normalises.</summary>
    public bool IsNormalization => Kind is AttributeKind.LayerNormalization or AttributeKind.BatchNormalization;

    /// <summary>Whether it refines a weight of the layer before it.</summary>
    public bool IsRefinement => Kind is AttributeKind.Kernel or AttributeKind.RecurrentKernel or AttributeKind.Bias or AttributeKind.Gamma
        or AttributeKind.Beta or AttributeKind.Embeddings;

    /// <summary>The attribute's name as code writes it.</summary>
    public string DisplayName => Kind.ToString();

    /// <summary>Whether nobody wrote it: it is a part of the network that [Forecast] makes.</summary>
    public bool IsMade { get; init; }

    public DeclaredArgument? Find(string name)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Name == name)
                return argument;
        }

        return null;
    }

    public int Integer(string name, int otherwise = 0) => Find(name) is { } argument ? (int)argument.Number : otherwise;

    public double Number(string name, double otherwise = 0) => Find(name)?.Number ?? otherwise;

    public bool Flag(string name, bool otherwise) => Find(name) is { } argument ? argument.Number != 0 : otherwise;

    public string? Text(string name) => Find(name)?.Text;

    /// <summary>The same attribute with a text for an argument.</summary>
    public DeclaredAttribute With(string name, string text) => this with
    {
        Arguments = Arguments.Append(new DeclaredArgument(name, 0, text)).ToEquatableArray(),
    };

    public EquatableArray<string> Texts(string name) => Find(name)?.Texts ?? default;

    public EquatableArray<double> Numbers(string name) => Find(name)?.Numbers ?? default;
}

/// <summary>What parsing saw, nothing judged yet; or what was made of it where it says what is forecast, see <c>ForecastLowering</c>.</summary>
/// <param name="Type">The type.</param>
/// <param name="Attributes">Its attributes in the order of the source.</param>
/// <param name="OwnMembers">What it has beside them; generated members must not clash with these.</param>
internal sealed record ModelDeclaration(
    TypeSpec Type, EquatableArray<DeclaredAttribute> Attributes, EquatableArray<OwnMember> OwnMembers)
{
    /// <summary>What is forecast, where the attributes were made of those that say so.</summary>
    public ForecastSpec? Forecast { get; init; }

    /// <summary>Of each attribute that was made, the one that was written; none where all were written.</summary>
    public EquatableArray<int> Places { get; init; }

    /// <summary>Whether it forecasts columns of a series.</summary>
    public bool Forecasts => Forecast is not null || Attributes.Any(attribute => attribute.Kind == AttributeKind.Forecast);

    /// <summary>Whether the class means to be a model: refinements alone make none.</summary>
    public bool IsModel => Attributes.Any(attribute => attribute.DeclaresModel);

    /// <summary>
    /// Whether the generator rather than the analyzer reports its mistakes. Where a part is not partial, or nothing is emitted, the compiler
    /// reports errors of its own, and a command-line build with errors in declarations ends before any analyzer speaks.
    /// </summary>
    public bool IsReportedByGenerator => IsModel && !(Type.CanBeEmitted && Type.CanBeReopened);
}
