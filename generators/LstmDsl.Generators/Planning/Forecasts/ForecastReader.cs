namespace LstmDsl.Generators;

/// <summary>
/// Reads what is forecast from what, all defaults filled in. What is wrong, which <see cref="ForecastRules"/> says, becomes the nearest thing
/// that can be planned.
/// </summary>
internal sealed class ForecastReader(ModelDeclaration declaration)
{
    /// <summary>Reads what the attribute and those that belong to it say.</summary>
    /// <param name="forecast">[Forecast].</param>
    public ForecastSpec Read(DeclaredAttribute forecast)
    {
        var seasons = forecast.Numbers("Seasons").Select(season => (int)season).Where(season => season > 0).ToEquatableArray();
        var maseLag = forecast.Integer("MaseLag");
        var columns = Columns().ToEquatableArray();
        var levels = Levels().ToEquatableArray();
        return new ForecastSpec
        {
            Window = Size(forecast, "window"),
            Horizon = Size(forecast, "horizon"),
            Lead = Math.Max(forecast.Integer("Lead"), 0),
            Seasons = seasons,
            MaseLag = maseLag > 0 ? maseLag : seasons.Count > 0 ? seasons[0] : 1,
            Columns = columns,
            Levels = levels,
            HasMean = levels.Count > 0 && declaration.Attributes.Any(attribute => attribute.Kind == AttributeKind.Mean),
            JoinsFuture = declaration.Attributes.Any(attribute => attribute.Kind == AttributeKind.Future)
                && columns.Any(column => column.Role == ForecastRole.Known),
        };
    }

    /// <summary>The name that a column attribute gives: a column's, or that of a part of the date.</summary>
    public static string NameOf(DeclaredAttribute column) => PartOf(column) is { } part ? part : column.Text("column") ?? "";

    /// <summary>The name of the part of the date that an attribute names; null where it names a column.</summary>
    public static string? PartOf(DeclaredAttribute column) =>
        column.Find("part") is { } part ? ((DatePart)(int)part.Number).ToString() : null;

    /// <summary>What tells a column from the others: it may be there once as itself, and once as what it was so many rows before.</summary>
    public static string KeyOf(DeclaredAttribute column) => PartOf(column) ?? $"{Text.Plain(column.Integer("Lag"))} {NameOf(column)}";

    /// <summary>Levels as they should be: rising, each once, the median among them.</summary>
    public static IEnumerable<double> Mended(EquatableArray<double> levels)
    {
        double[] inside = [.. levels.Where(level => level is > 0 and < 1)];
        return (inside.Length > 0 ? inside.Append(0.5) : [0.1, 0.5, 0.9])
            .OrderBy(level => level).GroupBy(PropertyNames.OfLevel).Select(same => same.Last());
    }

    /// <summary>The argument that says how a column is scaled.</summary>
    public static string ScalingArgument(DeclaredAttribute column) => column.Kind == AttributeKind.Target ? "Scaling" : "scaling";

    /// <summary>The attribute that declares a column itself where another one declares what it was some rows before.</summary>
    public static DeclaredAttribute? Own(ModelDeclaration declaration, DeclaredAttribute lagged)
    {
        var name = NameOf(lagged);
        foreach (var other in declaration.Attributes)
        {
            if (other.IsColumn && PartOf(other) is null && other.Integer("Lag") == 0 && NameOf(other) == name)
                return other;
        }

        return null;
    }

    private IEnumerable<ForecastColumnSpec> Columns()
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in declaration.Attributes)
        {
            if (!attribute.IsColumn || !seen.Add(KeyOf(attribute)))
                continue;

            var (name, part) = (NameOf(attribute), PartOf(attribute));
            var lag = part is null ? Math.Max(attribute.Integer("Lag"), 0) : 0;
            var own = lag > 0 ? Own(declaration, attribute) ?? attribute : attribute;
            var categories = own.Texts("Categories") is { Count: > 0 } words ? words.Distinct().ToEquatableArray() : default;
            var scaling = (Scaling)own.Integer(ScalingArgument(own));
            if (part is not null || categories.Count > 0)
                scaling = Scaling.None;
            else if (!Enum.IsDefined(typeof(Scaling), scaling))
                scaling = Scaling.Standard;
            var property = part is not null ? "" : properties.TryGetValue(name, out var known) ? known : Property(own, name, properties.Values);
            if (part is null)
                properties[name] = property;
            yield return new ForecastColumnSpec(name, RoleOf(attribute.Kind), scaling, property)
            {
                Unit = own.Text("Unit"),
                NonNegative = attribute.Flag("NonNegative", false),
                Part = part,
                Lag = lag,
                Categories = categories,
            };
        }
    }

    private static string Property(DeclaredAttribute own, string column, ICollection<string> taken)
    {
        var name = own.Text("Property") is { } given && LayerNames.IsIdentifier(given) ? given : PropertyNames.OfColumn(column);
        if (name.Length == 0)
            name = "Column";
        while (PropertyNames.IsReserved(name) || taken.Contains(name))
            name += "_";
        return name;
    }

    private IEnumerable<QuantileLevel> Levels() =>
        declaration.Attributes.FirstOrDefault(attribute => attribute.Kind == AttributeKind.Quantiles) is { } quantiles
            ? Mended(quantiles.Numbers("levels")).Select(level => new QuantileLevel(level, PropertyNames.OfLevel(level)))
            : [];

    private static ForecastRole RoleOf(AttributeKind kind) => kind switch
    {
        AttributeKind.Target => ForecastRole.Target,
        AttributeKind.Known => ForecastRole.Known,
        _ => ForecastRole.Past,
    };

    private static int Size(DeclaredAttribute forecast, string argument) =>
        Math.Min(Math.Max(forecast.Integer(argument, otherwise: 1), 1), AttributeRules.LargestSize);
}
