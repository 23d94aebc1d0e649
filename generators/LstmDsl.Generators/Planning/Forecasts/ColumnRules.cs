using System.Globalization;

namespace LstmDsl.Generators;

/// <summary>What is asked of the columns of a forecast: that each is there once, by names that suit, scaled as its values allow.</summary>
internal static class ColumnRules
{
    /// <summary>Adds what is wrong with columns.</summary>
    public static void Check(ModelDeclaration declaration, ForecastSpec forecast, List<Fault> faults)
    {
        var seen = new Dictionary<string, DeclaredAttribute>(StringComparer.Ordinal);
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < declaration.Attributes.Count; i++)
        {
            var column = declaration.Attributes[i];
            if (!column.IsColumn)
                continue;

            var (lag, name, key) = (column.Integer("Lag"), ForecastReader.NameOf(column), ForecastReader.KeyOf(column));
            if (seen.TryGetValue(key, out var other))
            {
                Contradict(faults, i, null, Label(column), $"{Label(other)} before it: a column is declared once");
                continue;
            }

            seen.Add(key, column);

            if (ForecastReader.PartOf(column) is { } part)
            {
                AttributeRules.Choice(column, i, "part", DatePart.HourOfDay, faults);
                CheckUnused(column, i, $"DatePart.{part}, which is computed: leave it out", faults);
                continue;
            }

            AttributeRules.Choice(column, i, ForecastReader.ScalingArgument(column), Scaling.Standard, faults);
            var own = lag > 0 ? ForecastReader.Own(declaration, column) : null;
            if (own is not null)
                CheckRepeated(column, own, i, faults);
            CheckLag(column, i, forecast, faults);
            CheckScaling(column, i, forecast, faults);
            CheckCategories(column, i, faults);
            if (own is null && (lag == 0 || Columns(seen.Values, name) == 1))
                CheckProperty(column, i, properties, faults);
        }
    }

    /// <summary>How many of some attributes speak of the column of a name.</summary>
    private static int Columns(IEnumerable<DeclaredAttribute> attributes, string name) =>
        attributes.Count(attribute => ForecastReader.NameOf(attribute) == name);

    /// <summary>A column's attribute, for messages.</summary>
    public static string Label(DeclaredAttribute column)
    {
        var lag = column.Integer("Lag");
        return ForecastReader.PartOf(column) is { } part ? $"[Known(DatePart.{part})]"
            : $"[{column.Kind}(\"{ForecastReader.NameOf(column)}\"{(lag != 0 ? $", Lag = {lag.ToString(CultureInfo.InvariantCulture)}" : "")})]";
    }

    /// <summary>Finds what is said of a column that is not its own to say.</summary>
    private static void CheckUnused(DeclaredAttribute column, int index, string because, List<Fault> faults)
    {
        var isPart = ForecastReader.PartOf(column) is not null;
        foreach (var argument in column.Arguments)
        {
            if (argument.Name is "Unit" or "Categories" or "Property" or "scaling" || (argument.Name == "Lag" && isPart))
                Contradict(faults, index, argument.Name, argument.Name, because);
        }
    }

    /// <summary>Finds what a lag says otherwise than the column itself; what it says alike is no contradiction.</summary>
    private static void CheckRepeated(DeclaredAttribute lagged, DeclaredAttribute own, int index, List<Fault> faults)
    {
        foreach (var argument in lagged.Arguments)
        {
            var name = argument.Name == "scaling" ? ForecastReader.ScalingArgument(own) : argument.Name;
            if (name is not ("Unit" or "Categories" or "Property" or "Scaling" or "scaling") || Equals(argument with { Name = name }, own.Find(name)))
                continue;
            if (argument.Name == "scaling")
            {
                var (said, taken) = ((Scaling)(int)argument.Number, (Scaling)own.Integer(name));
                if (said != taken)
                    Contradict(faults, index, argument.Name, $"Scaling.{said}", $"Scaling.{taken} of {Because()}");
            }
            else
            {
                Contradict(faults, index, argument.Name, argument.Name, Because());
            }
        }

        string Because() => $"{Label(own)}, from which the lag takes it: leave it out";
    }

    private static void CheckLag(DeclaredAttribute column, int index, ForecastSpec forecast, List<Fault> faults)
    {
        if (column.Find("Lag") is not { Number: var lag })
            return;

        var least = (long)forecast.Horizon + forecast.Lead;
        if (lag < 0 || (lag > 0 && lag < least))
        {
            Unsuitable(
                faults, column, index, "Lag", lag.ToString(CultureInfo.InvariantCulture),
                $"so few rows before the last one of the horizon is not known yet; it is at least {least.ToString(CultureInfo.InvariantCulture)}, "
                    + (forecast.Lead > 0 ? "the horizon with its lead" : "the horizon"));
        }
    }

    private static void CheckScaling(DeclaredAttribute column, int index, ForecastSpec forecast, List<Fault> faults)
    {
        var argument = ForecastReader.ScalingArgument(column);
        if (column.Find(argument) is not { Number: var number })
            return;

        var scaling = (Scaling)(int)number;
        if (column.Texts("Categories").Count > 0 && scaling != Scaling.None)
            Contradict(faults, index, argument, $"Scaling.{scaling}", "Categories, which are words: leave it out");
        else if (scaling == Scaling.Seasonal && forecast.Seasons.Count == 0)
            Unsuitable(faults, column, index, argument, "Seasonal", "[Forecast] declares no season; write Seasons = [24] for days of hours");
    }

    private static void CheckCategories(DeclaredAttribute column, int index, List<Fault> faults)
    {
        if (column.Find("Categories") is null)
            return;

        var words = column.Texts("Categories");
        if (words.Count == 0)
        {
            Unsuitable(faults, column, index, "Categories", "an empty list", "name the words, or leave it out where the column has numbers");
        }
        else if (words.Any(word => word.Length == 0))
        {
            Unsuitable(faults, column, index, "Categories", "a list with an empty word", "that is a missing value");
        }
        else if (words.GroupBy(word => word, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
        {
            Unsuitable(faults, column, index, "Categories", $"a list with '{twice}' twice", "each word is a number of its own");
        }
    }

    private static void CheckProperty(DeclaredAttribute column, int index, Dictionary<string, string> properties, List<Fault> faults)
    {
        var name = ForecastReader.NameOf(column);
        if (name.Length == 0)
        {
            // One that does not compile is not there, which the compiler says.
            if (column.Find("column") is not null)
                Unsuitable(faults, column, index, "column", "empty", "it is the name of a column of the data");
            return;
        }

        var given = column.Text("Property");
        if (given is not null && !LayerNames.IsIdentifier(given))
        {
            faults.Add(Fault.OfAttribute(Descriptors.NameInvalid.Id, index, "Property", given, "a property"));
            return;
        }

        var property = given ?? PropertyNames.OfColumn(name);
        var (argument, advice) = (given is null ? null : "Property", "give it another name with Property");
        if (property.Length == 0)
            Unsuitable(faults, column, index, "column", $"'{name}' alone", "no name of a property can be made of it; write Property = \"…\"");
        else if (PropertyNames.IsReserved(property))
            faults.Add(Fault.OfAttribute(Descriptors.NameClash.Id, index, argument, property, $"a member that every point or row has: {advice}"));
        else if (properties.TryGetValue(property, out var other) && other != name)
            faults.Add(Fault.OfAttribute(Descriptors.NameClash.Id, index, argument, property, $"the property of the column '{other}': {advice}"));
        else
            properties[property] = name;
    }

    private static void Contradict(List<Fault> faults, int index, string? argument, string one, string other) =>
        faults.Add(Fault.OfAttribute(Descriptors.Contradiction.Id, index, argument, one, other));

    private static void Unsuitable(List<Fault> faults, DeclaredAttribute column, int index, string argument, string found, string reason) =>
        faults.Add(Fault.OfAttribute(Descriptors.UnsuitableValue.Id, index, argument, column.DisplayName, argument, found, reason));
}
