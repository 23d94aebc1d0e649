using Microsoft.CodeAnalysis;

namespace LstmDsl.Generators;

/// <summary>Every mistake that a declaration can contain; each has a page under docs/diagnostics, where its help link leads.</summary>
internal static class Descriptors
{
    private const string Category = "LstmDsl";
    private const string Pages = "https://github.com/lstmdsl/lstmdsl/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor NotPartial = new(
        "LSTM001", "A model must be partial",
        "'{0}' must be partial: the generator adds the model's members to it",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM001.md");

    public static readonly DiagnosticDescriptor InputMissing = new(
        "LSTM002", "A model needs an input",
        "'{0}' has [{1}] but no [Input(timesteps, features)], which declares a model and the shape of its input",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM002.md");

    public static readonly DiagnosticDescriptor SizeNotPositive = new(
        "LSTM003", "Sizes are at least 1",
        "'{1}' of [{0}] is {2}; it must be at least 1",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM003.md");

    public static readonly DiagnosticDescriptor NoLayer = new(
        "LSTM004", "A model needs a layer",
        "'{0}' has no layer: put [Lstm(units)], [SimpleRnn(units)] or [Dense(units)] after [{1}]",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM004.md");

    public static readonly DiagnosticDescriptor InputNotFirst = new(
        "LSTM005", "The input stands before the layers",
        "[{1}] must stand before the layers of '{0}': attributes are read in the order of the source",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM005.md");

    public static readonly DiagnosticDescriptor SequenceMissing = new(
        "LSTM006", "A recurrent layer needs a sequence",
        "'{0}' gives only its last timestep, but '{1}' after it needs a sequence: set ReturnSequences = true",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM006.md");

    public static readonly DiagnosticDescriptor Spread = new(
        "LSTM007", "A model's attributes stand together",
        "[{0}] stands on another partial declaration of '{1}' than [{2}], which leaves the order of the layers open",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM007.md");

    public static readonly DiagnosticDescriptor RefinementWithoutLayer = new(
        "LSTM008", "A refinement follows its layer",
        "[{0}] has no layer before it whose weight it could refine",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM008.md");

    public static readonly DiagnosticDescriptor WeightMissing = new(
        "LSTM009", "A refinement needs its weight",
        "[{0}] refines a weight that '{1}' does not have: {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM009.md");

    public static readonly DiagnosticDescriptor NameClash = new(
        "LSTM010", "Names must not clash",
        "The name '{0}' clashes with {1}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM010.md");

    public static readonly DiagnosticDescriptor NameInvalid = new(
        "LSTM011", "A name is an identifier",
        "'{0}' cannot name {1}: it is no C# identifier",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM011.md");

    public static readonly DiagnosticDescriptor Contradiction = new(
        "LSTM012", "Options must not contradict each other",
        "{0} contradicts {1}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM012.md");

    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = new(
        "LSTM013", "The types around a model must be partial",
        "'{0}' must be partial: it contains the model '{1}', to which the generator adds members",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM013.md");

    public static readonly DiagnosticDescriptor UnsuitableType = new(
        "LSTM014", "A model is a plain class",
        "'{0}' is {1}; a model must be a class that can be made with new, without type parameters",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM014.md");

    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        "LSTM015", "Models need C# 13 or later",
        "'{0}' needs C# 13 or later, in which its generated code is written",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM015.md");

    public static readonly DiagnosticDescriptor TooLarge = new(
        "LSTM016", "A model must fit into memory",
        "With '{0}' the {1} of '{2}' exceed 2,147,483,647 values, the most that one block can hold",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM016.md");

    public static readonly DiagnosticDescriptor UnsuitableValue = new(
        "LSTM017", "An option has a value that suits it",
        "'{1}' of [{0}] cannot be {2}: {3}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM017.md");

    public static readonly DiagnosticDescriptor InputNameless = new(
        "LSTM018", "Each of several inputs has a name",
        "'{0}' has several inputs, so each needs a name: [Input(…, Name = \"…\")]",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM018.md");

    public static readonly DiagnosticDescriptor ConstructorApart = new(
        "LSTM019", "A model's constructors call the generated one",
        "{1}, but only the generated constructor '{0}(int seed = 0)' makes the weights",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM019.md");

    public static readonly DiagnosticDescriptor WrapperApart = new(
        "LSTM020", "A wrapper stands before its layer",
        "[{0}] must stand right before [Lstm], [Gru], [MinGru] or [SimpleRnn], which it lets run in both directions",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM020.md");

    public static readonly DiagnosticDescriptor InputUnsuitable = new(
        "LSTM021", "A layer needs an input that suits it",
        "'{0}' takes {1}, but its input is {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM021.md");

    public static readonly DiagnosticDescriptor BatchSizeMissing = new(
        "LSTM022", "A stateful layer needs a batch size",
        "'{0}' is stateful, so that every batch must have the same size: say it in [Input({1}, {2}, BatchSize = …)]",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM022.md");

    public static readonly DiagnosticDescriptor MaskLost = new(
        "LSTM023", "A mask ends at a layer that ignores it",
        "'{0}' knows nothing of padding: the mask that '{1}' makes ends there, and from there on padded timesteps count as others do",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM023.md");

    public static readonly DiagnosticDescriptor WeightsUnfit = new(
        "LSTM024", "Weights that are compiled in fit the model",
        "'{0}' does not fit '{1}': {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM024.md");

    public static readonly DiagnosticDescriptor SoftmaxOfOne = new(
        "LSTM025", "Softmax needs more than one unit",
        "{2} over the one unit of '{0}' gives {1} whatever it gets: use {3} for one probability, or as many units as there are classes",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM025.md");

    public static readonly DiagnosticDescriptor RequiredMember = new(
        "LSTM026", "A model has no required members",
        "'{1}' is required, but '{0}' is also made by Create and Load, which do not know it: leave out 'required' and give it a default",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM026.md");

    public static readonly DiagnosticDescriptor LayerUnknown = new(
        "LSTM027", "Names point to layers that stand before",
        "[{0}] names '{1}', but no layer before it has this name: {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM027.md");

    public static readonly DiagnosticDescriptor ShapesApart = new(
        "LSTM028", "Outputs that are put together have shapes that fit",
        "'{0}' takes {1}, but '{2}' is {3} and '{4}' is {5}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM028.md");

    public static readonly DiagnosticDescriptor OutputUnread = new(
        "LSTM029", "Every branch is read",
        "Nobody reads the output of '{0}': name it in a layer that puts outputs together, such as [Concatenate(\"{0}\")], or leave it out",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM029.md");

    public static readonly DiagnosticDescriptor BranchEmpty = new(
        "LSTM030", "A branch has a layer",
        "[{0}] begins a branch, but no layer follows it",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM030.md");

    public static readonly DiagnosticDescriptor MergeOfOne = new(
        "LSTM031", "A layer that puts outputs together reads several",
        "[{0}] takes {1}, what stands before it among them, but found {2}: {3}, as in [{0}(\"Encoder\")]",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM031.md");

    public static readonly DiagnosticDescriptor NothingToTrain = new(
        "LSTM032", "Something is left to train",
        "Every layer of '{0}' that has weights says Trainable = false: it can predict, but training changes nothing",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM032.md");

    public static readonly DiagnosticDescriptor TargetMissing = new(
        "LSTM033", "A forecast has a target",
        "'{0}' forecasts no column: name one, as in [Target(\"Demand\")]",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM033.md");

    public static readonly DiagnosticDescriptor ForecastMissing = new(
        "LSTM034", "What is forecast belongs to [Forecast]",
        "[{0}] belongs to a model that is declared with [Forecast(window, horizon)], and '{1}' {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM034.md");

    public static readonly DiagnosticDescriptor StepsApart = new(
        "LSTM035", "A sequence has the horizon's length",
        "{0} gives a sequence of {1}, but the horizon has {2}: give one row of values without ReturnSequences, or repeat it with [RepeatVector({3})]",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM035.md");

    public static readonly DiagnosticDescriptor LevelsUnfit = new(
        "LSTM036", "Levels rise between 0 and 1, the median among them",
        "[Quantiles] {0}: write [Quantiles({1})]",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM036.md");

    public static readonly DiagnosticDescriptor FutureEmpty = new(
        "LSTM037", "[Future] joins what is known",
        "[Future] joins what is known of the horizon, but '{0}' has no [Known]: name it, as in [Known(\"Temperature\")] or [Known(DatePart.HourOfDay)]",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM037.md");

    public static readonly DiagnosticDescriptor FutureMissing = new(
        "LSTM038", "What is known joins somewhere",
        "{0} is known over the horizon, but no layer reads it there: put [Future] behind the layers that read the window, or declare what is known "
        + "until now with [Past]",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM038.md");

    public static readonly DiagnosticDescriptor InitialStateUnfit = new(
        "LSTM039", "A layer begins with states like its own",
        "'{0}' cannot begin with the states of '{1}': {2}",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM039.md");

    public static readonly DiagnosticDescriptor NotOfTimesteps = new(
        "LSTM040", "TimeDistributed stands before a layer that it changes nothing for",
        "[TimeDistributed] stands before {0}; it can stand right before [Dense], [Activation], [Dropout], [LayerNormalization], [Normalization] and "
            + "[Rescaling], which work on each timestep by themselves",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM040.md");

    public static readonly DiagnosticDescriptor TimeOfMachine = new(
        "LSTM041", "A row's time has an offset",
        "'{0}' is a DateTime, of which C# makes a time by the clocks of the machine that runs this, unless its Kind is Utc: write "
        + "new DateTimeOffset(…, offset), or make the series by TimeSeries.From(…, zone: …), which takes what the zone's clocks showed",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Pages + "LSTM041.md");

    /// <summary>All of them, by id.</summary>
    public static readonly IReadOnlyDictionary<string, DiagnosticDescriptor> ById = new[]
    {
        NotPartial, InputMissing, SizeNotPositive, NoLayer, InputNotFirst, SequenceMissing, Spread, RefinementWithoutLayer, WeightMissing,
        NameClash, NameInvalid, Contradiction, ContainingTypeNotPartial, UnsuitableType, LanguageTooOld, TooLarge, UnsuitableValue,
        InputNameless, ConstructorApart, WrapperApart, InputUnsuitable, BatchSizeMissing,
        MaskLost, WeightsUnfit, SoftmaxOfOne, RequiredMember, LayerUnknown, ShapesApart, OutputUnread, BranchEmpty, MergeOfOne, NothingToTrain,
        TargetMissing, ForecastMissing, StepsApart, LevelsUnfit, FutureEmpty, FutureMissing,
        InitialStateUnfit, NotOfTimesteps, TimeOfMachine,
    }.ToDictionary(descriptor => descriptor.Id);
}
