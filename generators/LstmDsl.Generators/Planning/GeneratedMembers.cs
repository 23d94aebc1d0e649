namespace LstmDsl.Generators;

/// <summary>
/// The members that models have, by name, whatever their layers: what a layer, and what the user's own members, cannot be called. Those
/// that only some shapes bring count too, so that a change of a shape breaks no name.
/// </summary>
internal static class GeneratedMembers
{
    /// <summary>Members of which there can be one of a name.</summary>
    private static readonly HashSet<string> Named =
    [
        "Timesteps", "Features", "Outputs", "ParameterCount", "Shape", "Summary", "Pipeline", "Trainer", "CompiledPlan", "Mistake", "State", "state",
        "Inputs",
    ];

    /// <summary>Those that a model has which is declared by what it forecasts.</summary>
    private static readonly HashSet<string> OfForecasts =
        ["Forecasting", "Columns", "Categories", "KnownColumns", "Point", "Value", "Row", "CompiledForecast"];

    /// <summary>The first parameter of a step; the model's own type, whose qualified name differs from model to model.</summary>
    private const string StreamState = "ref State, ";

    /// <summary>The model's own windows, without its type.</summary>
    private const string OwnWindows = "LstmDsl.WindowedDataset<>";

    /// <summary>Methods, with the types that their overloads take.</summary>
    private static readonly Dictionary<string, HashSet<string>> Methods = new()
    {
        ["GetSummary"] = ["int"],
        ["Create"] = ["int"],
        ["Load"] = ["string"],
        ["Save"] = ["string"],
        ["Predict"] =
        [
            "System.ReadOnlySpan<float>", "System.ReadOnlySpan<float>, System.Span<float>", "LstmDsl.Samples", "LstmDsl.WindowedDataset",
            "Inputs", "Inputs, System.Span<float>",
        ],
        ["CreateState"] = [""],
        ["ResetStates"] = [""],
        ["Step"] =
        [
            StreamState + "float", StreamState + "System.ReadOnlySpan<float>",
            StreamState + "System.ReadOnlySpan<float>, System.Span<float>",
        ],
        ["Forecast"] = ["LstmDsl.TimeSeries, int", "System.ReadOnlySpan<float>, System.Span<float>"],
    };

    /// <summary>The methods of a model that is declared by what it forecasts.</summary>
    private static readonly Dictionary<string, HashSet<string>> MethodsOfForecasts = new()
    {
        ["Windows"] = ["LstmDsl.SplitSeries, int, int, bool, int?"],
        ["Forecast"] = ["LstmDsl.TimeSeries, LstmDsl.TimeSeries, int?"],
        ["Required"] = ["LstmDsl.ItemTime, int?"],
        ["Predict"] = [OwnWindows],
    };

    /// <summary>Members of every class.</summary>
    private static readonly HashSet<string> Inherited =
        ["Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    private static readonly string[] UsualNames = [.. Named, .. Methods.Keys, .. Inherited];

    private static readonly string[] NamesOfForecasts = [.. UsualNames, .. OfForecasts, .. MethodsOfForecasts.Keys];

    /// <summary>Whether a layer or a class of this name would clash.</summary>
    /// <param name="name">The name.</param>
    /// <param name="forecasts">Whether the model is declared by what it forecasts.</param>
    public static bool Contains(string name, bool forecasts = false) => Named.Contains(name) || Methods.ContainsKey(name) || Inherited.Contains(name)
        || (forecasts && (OfForecasts.Contains(name) || MethodsOfForecasts.ContainsKey(name)));

    /// <summary>All of these names.</summary>
    /// <param name="forecasts">Whether the model is declared by what it forecasts.</param>
    public static string[] Names(bool forecasts) => forecasts ? NamesOfForecasts : UsualNames;

    /// <summary>Whether the generated constructor, which takes an int, cannot stand beside a constructor of the user's.</summary>
    public static bool TakesConstructorsPlace(OwnMember member) => member.Kind == OwnMemberKind.PrimaryConstructor
        || (member.IsConstructor && member.Parameters == "int");

    /// <summary>Whether a member of the user's clashes; methods of one name may stand beside each other.</summary>
    /// <param name="member">The member.</param>
    /// <param name="forecasts">Whether the model is declared by what it forecasts.</param>
    public static bool ClashWith(OwnMember member, bool forecasts = false) => Named.Contains(member.Name) || ClashWith(member, Methods)
        || (forecasts && (OfForecasts.Contains(member.Name) || ClashWith(member, MethodsOfForecasts)));

    private static bool ClashWith(OwnMember member, Dictionary<string, HashSet<string>> methods) =>
        methods.TryGetValue(member.Name, out var overloads)
        && (member.Kind != OwnMemberKind.Method || overloads.Contains(WithoutModel(member.Parameters)));

    private static string WithoutModel(string parameters)
    {
        var first = parameters.Split(',')[0];
        if (first.StartsWith(OwnWindows.TrimEnd('>'), StringComparison.Ordinal))
            return OwnWindows + parameters.Substring(first.Length);
        var name = first.Substring(first.LastIndexOf('.') + 1);
        return name == "Inputs" || (name == "State" && first.StartsWith("ref ", StringComparison.Ordinal))
            ? (name == "State" ? "ref " : "") + name + parameters.Substring(first.Length)
            : parameters;
    }
}
