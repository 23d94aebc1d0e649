using System.Globalization;

namespace LstmDsl.Generators;

/// <summary>What is asked of the attributes that say what is forecast; of columns see <see cref="ColumnRules"/>.</summary>
internal static class ForecastRules
{
    /// <summary>Finds that such attributes stand where nothing says that the model forecasts.</summary>
    public static void CheckApart(ModelDeclaration declaration, List<Fault> faults)
    {
        var first = Indices(declaration).First(i => declaration.Attributes[i].IsForecasting);
        var name = declaration.Attributes[first].DisplayName;
        faults.Add(Fault.OfAttribute(
            Descriptors.ForecastMissing.Id, first, null, name, declaration.Type.Name,
            declaration.Attributes.Any(attribute => attribute.Kind == AttributeKind.Input)
                ? $"has [Input]: put [Forecast] in its place, or leave [{name}] out"
                : "has none: put it before the layers"));
    }

    /// <summary>Adds what is wrong with what a declaration says of its forecast.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="forecast">What was read of it.</param>
    /// <param name="place">Its first [Forecast].</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static void Check(ModelDeclaration declaration, ForecastSpec forecast, int place, List<Fault> faults)
    {
        CheckSizes(declaration, forecast, place, faults);
        ColumnRules.Check(declaration, forecast, faults);
        if (!forecast.Targets.Any())
            faults.Add(Fault.OfAttribute(Descriptors.TargetMissing.Id, place, null, declaration.Type.Name));
        CheckCounts(declaration, faults);
        CheckLevels(declaration, faults);
        CheckFuture(declaration, forecast, faults);
        CheckStates(declaration, faults);
    }

    private static void CheckSizes(ModelDeclaration declaration, ForecastSpec forecast, int place, List<Fault> faults)
    {
        var attribute = declaration.Attributes[place];
        AttributeRules.Size(declaration, place, "window", faults);
        AttributeRules.Size(declaration, place, "horizon", faults);
        if (attribute.Integer("Lead") < 0)
            Unsuitable("Lead", attribute.Integer("Lead"), "it counts rows between the last known one and the first that is forecast, from 0");
        if (attribute.Integer("MaseLag") < 0)
            Unsuitable("MaseLag", attribute.Integer("MaseLag"), "it counts rows, from 1; leave it out for the first season");
        foreach (var season in attribute.Numbers("Seasons"))
        {
            if (season < 1)
                Unsuitable("Seasons", (int)season, "a season is at least 1 row long");
        }

        void Unsuitable(string argument, int found, string reason) => faults.Add(Fault.OfAttribute(
            Descriptors.UnsuitableValue.Id, place, argument, "Forecast", argument, found.ToString(CultureInfo.InvariantCulture), reason));
    }

    /// <summary>Finds what says again, or otherwise, what is said already.</summary>
    private static void CheckCounts(ModelDeclaration declaration, List<Fault> faults)
    {
        var seen = new HashSet<AttributeKind>();
        foreach (var i in Indices(declaration))
        {
            var kind = declaration.Attributes[i].Kind;
            if (kind == AttributeKind.Input)
                Contradict(i, "[Input]", "[Forecast], which makes the inputs from the columns");
            else if (kind is AttributeKind.Forecast or AttributeKind.Quantiles or AttributeKind.Mean or AttributeKind.Future && !seen.Add(kind))
                Contradict(i, $"[{kind}]", $"the [{kind}] before it");
            else if (kind == AttributeKind.Mean && !declaration.Attributes.Any(attribute => attribute.Kind == AttributeKind.Quantiles))
                Contradict(i, "[Mean]", "a forecast of one number: it stands beside [Quantiles]");
        }

        void Contradict(int index, string one, string other) =>
            faults.Add(Fault.OfAttribute(Descriptors.Contradiction.Id, index, null, one, other));
    }

    private static void CheckLevels(ModelDeclaration declaration, List<Fault> faults)
    {
        var index = Indices(declaration).FirstOrDefault(i => declaration.Attributes[i].Kind == AttributeKind.Quantiles, -1);
        if (index < 0)
            return;

        var levels = declaration.Attributes[index].Numbers("levels");
        var outside = levels.Where(level => level is not (> 0 and < 1)).Select(Text.Code).FirstOrDefault();
        var reason = levels.Count == 0 ? "has no levels"
            : outside is not null ? $"has the level {outside}, but levels lie between 0 and 1"
            : Order(levels) ?? (levels.Contains(0.5) ? null : "lacks 0.5, the median");
        if (reason is null)
            return;

        faults.Add(Fault.OfAttribute(
            Descriptors.LevelsUnfit.Id, index, null, reason, string.Join(", ", ForecastReader.Mended(levels).Select(Text.Code))));
    }

    private static string? Order(EquatableArray<double> levels)
    {
        for (var i = 1; i < levels.Count; i++)
        {
            var (before, level) = (levels[i - 1], levels[i]);
            if (PropertyNames.OfLevel(level) == PropertyNames.OfLevel(before))
                return $"has two levels that are called {PropertyNames.OfLevel(level)}";
            if (level < before)
                return $"has {Text.Code(level)} behind {Text.Code(before)}, but levels rise";
        }

        return null;
    }

    private static void CheckFuture(ModelDeclaration declaration, ForecastSpec forecast, List<Fault> faults)
    {
        var isThere = declaration.Attributes.Any(attribute => attribute.Kind == AttributeKind.Future);
        if (forecast.JoinsFuture || isThere == forecast.Columns.Any(column => column.Role == ForecastRole.Known))
            return;

        var index = Indices(declaration).First(i => declaration.Attributes[i].Kind == (isThere ? AttributeKind.Future : AttributeKind.Known));
        faults.Add(isThere
            ? Fault.OfAttribute(Descriptors.FutureEmpty.Id, index, null, declaration.Type.Name)
            : Fault.OfAttribute(Descriptors.FutureMissing.Id, index, null, ColumnRules.Label(declaration.Attributes[index])));
    }

    /// <summary>Finds states that would go from batch to batch, though windows come in any order.</summary>
    private static void CheckStates(ModelDeclaration declaration, List<Fault> faults)
    {
        foreach (var i in Indices(declaration))
        {
            if (declaration.Attributes[i].Flag("Stateful", false))
            {
                faults.Add(Fault.OfAttribute(
                    Descriptors.Contradiction.Id, i, "Stateful", "Stateful = true", "[Forecast], whose windows come in any order"));
            }
        }
    }

    private static IEnumerable<int> Indices(ModelDeclaration declaration) => Enumerable.Range(0, declaration.Attributes.Count);

    private static int FirstOrDefault(this IEnumerable<int> indices, Func<int, bool> suits, int otherwise) =>
        indices.Where(suits).DefaultIfEmpty(otherwise).First();
}
