using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators;

/// <summary>Writes, of a model that is declared by what it forecasts, the plan of it and the members that data go through.</summary>
internal static class ForecastEmitter
{
    /// <summary>Name of the type that holds the plan.</summary>
    public const string Compiled = "CompiledForecast";

    /// <summary>The columns of a plan that hold words.</summary>
    public static ForecastColumnSpec[] Categories(ForecastSpec forecast) =>
        [.. forecast.DataColumns.Where(column => column.Categories.Count > 0)];

    /// <summary>A text as code writes it.</summary>
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A column as code writes it, with its unit where it has one.</summary>
    public static string Column(ForecastColumnSpec column) =>
        column.Unit is { } unit ? $"new({Literal(column.Name)}, {Literal(unit)})" : Literal(column.Name);

    public static void Emit(EmissionContext context)
    {
        if (context.Model.Forecast is not { } forecast)
            return;

        Data(context, forecast);
        Windows(context);
        Forecast(context, forecast);
        ForecastTypesEmitter.Emit(context, forecast);
        if (!context.Model.IsFaulty)
            Plan(context, forecast);
    }

    private static void Data(EmissionContext context, ForecastSpec forecast)
    {
        context.Member(EmissionContext.Inherited, $"public static {EmissionContext.Library}ForecastPlan Forecasting", $"{Compiled}.Plan");
        context.Member(
            "<summary>The columns that data have to have, with their units: what is read from a file.</summary>",
            $"public static {EmissionContext.Library}SeriesColumns Columns",
            $"[{string.Join(", ", forecast.DataColumns.Select(Column))}]", joins: true);
        if (Categories(forecast).Length > 0)
        {
            context.Member(
                "<summary>Which of the columns are words.</summary>",
                $"public static global::System.Collections.Generic.IReadOnlyList<{EmissionContext.Library}CategoryColumn> Categories",
                $"{Compiled}.Categories", joins: true);
        }

        context.Member(
            "<summary>Of the columns those that are known over the horizon: what a forecast is given beside the past.</summary>",
            $"public static {EmissionContext.Library}SeriesColumns KnownColumns",
            $"[{string.Join(", ", KnownColumns(forecast).Select(Column))}]", joins: true);
    }

    private static IEnumerable<ForecastColumnSpec> KnownColumns(ForecastSpec forecast) => forecast.JoinsFuture
        ? forecast.DataColumns.Where(column => column is { Role: ForecastRole.Known, Lag: 0 })
        : [];

    private static void Windows(EmissionContext context)
    {
        if (context.TakenNames.Contains("Windows"))
            return;

        context.Document(
            """
            <summary>Cuts windows as declared: scaled by what the training part alone holds.</summary>
            <param name="parts">A series, split into training, validation and test.</param>
            <param name="batchSize">Windows of a batch.</param>
            <param name="sequenceStride">Rows from one window to the next.</param>
            <param name="shuffle">Whether the training windows come in another order in each epoch.</param>
            <param name="seed">What the orders follow from; by default they differ from run to run.</param>
            """);
        context.Writer.Line($"public static {EmissionContext.Library}ForecastWindows<{context.Self}> Windows(");
        context.Writer.Continue(
            $"{EmissionContext.Library}SplitSeries parts, int batchSize = 64, int sequenceStride = 1, bool shuffle = true, int? seed = null) =>");
        context.Writer.Continue(
            $"{context.Body($"{Services}Windows<{context.Self}>(parts, batchSize, sequenceStride, shuffle, seed)")};");
    }

    private static void Forecast(EmissionContext context, ForecastSpec forecast)
    {
        if (!context.TakenNames.Contains("Point") && !context.TakenNames.Contains("Value"))
        {
            var come = forecast.Horizon == 1 ? "comes" : "come";
            var (points, others) = forecast.Levels.Count > 0 ? ("medians", ", and have no other levels") : ("forecasts", "");
            context.Member(
                $"""
                <summary>
                Forecasts the {Rows(forecast.Horizon)} that {come} {After(forecast)} a series, in the data's own units, or as many as are asked for.
                </summary>
                <param name="series">A series with the <see cref="Columns"/>; its last {Rows(forecast.Window)} count.</param>
                <param name="known">The <see cref="KnownColumns"/> of the rows that are forecast.</param>
                <param name="steps">
                How many; by default {Text.Prose(forecast.Horizon)}. Those beyond go on from the {points} of those before{others}.
                </param>
                """,
                $"public {EmissionContext.Library}DatedForecast<Point> Forecast({EmissionContext.Library}TimeSeries series, "
                    + $"{EmissionContext.Library}TimeSeries? known = null, int? steps = null)",
                $"new({Services}Forecast(this, series, known, steps), {NewPoint})");
            context.Member(
                """
                <summary>Forecasts from each of some windows as they were cut, in the data's own units; known columns as observed.</summary>
                <param name="data">Windows of this model, such as those of the test.</param>
                """,
                $"public global::System.Collections.Generic.IReadOnlyList<{EmissionContext.Library}DatedForecast<Point>> "
                    + $"Predict({EmissionContext.Library}WindowedDataset<{context.Self}> data)",
                $"{Services}Predict(this, data, {NewPoint})", joins: true);
        }

        context.Member(
            """
            <summary>Which rows of the past, and which times of the known columns, a forecast needs.</summary>
            <param name="last">The time of the last known row.</param>
            <param name="steps">How many steps ahead; by default the horizon's.</param>
            """,
            $"public {EmissionContext.Library}ForecastNeed Required({EmissionContext.Library}ItemTime last, int? steps = null)",
            $"{Services}Required(this, last, steps)");
    }

    private const string NewPoint = "static (table, step) => new Point(table, step)";

    private const string Services = EmissionContext.Services + "DeclaredForecasts.";

    private static string Rows(int count) => count == 1 ? "row" : $"{Text.Prose(count)} rows";

    private static string After(ForecastSpec forecast) => forecast.Lead == 0 ? "after" : $"{Rows(forecast.Lead)} after those of";

    /// <summary>In a type of its own, so that it is there whatever the order in which the static fields of the user's own part are set.</summary>
    private static void Plan(EmissionContext context, ForecastSpec forecast)
    {
        var writer = context.Writer;
        writer.Line();
        writer.Open($"private static class {Compiled}");
        writer.Open($"internal static readonly {EmissionContext.Library}ForecastPlan Plan = new()");
        writer.Line($"Window = {Text.Code(forecast.Window)},");
        writer.Line($"Horizon = {Text.Code(forecast.Horizon)},");
        if (forecast.Lead > 0)
            writer.Line($"Lead = {Text.Code(forecast.Lead)},");
        if (forecast.Seasons.Count > 0)
            writer.Line($"Seasons = [{string.Join(", ", forecast.Seasons.Select(Text.Code))}],");
        if (forecast.MaseLag != 1)
            writer.Line($"MaseLag = {Text.Code(forecast.MaseLag)},");
        writer.Line("Columns =");
        writer.OpenList();
        foreach (var column in forecast.Columns)
            writer.Line($"{Entry(column)},");
        writer.Close("],");
        if (forecast.Levels.Count > 0)
            writer.Line($"Levels = [{string.Join(", ", forecast.Levels.Select(level => Text.Code(level.Level)))}],");
        if (forecast.HasMean)
            writer.Line("HasMean = true,");
        if (forecast.JoinsFuture)
            writer.Line("JoinsFuture = true,");
        writer.Close("};");
        if (Categories(forecast) is { Length: > 0 } categories)
        {
            writer.Line();
            writer.Open($"internal static readonly {EmissionContext.Library}CategoryColumn[] Categories =");
            foreach (var column in categories)
                writer.Line($"new({Literal(column.Name)}, {Words(column)}),");
            writer.Close("};");
        }

        writer.Close();
    }

    private static string Entry(ForecastColumnSpec column)
    {
        var arguments = $"{Literal(column.Name)}, {EmissionContext.Library}ForecastRole.{column.Role}";
        if (column.Scaling != Scaling.Standard)
            arguments += $", {EmissionContext.Library}Scaling.{column.Scaling}";
        var properties = new List<string>();
        if (column.Unit is { } unit)
            properties.Add($"Unit = {Literal(unit)}");
        if (column.NonNegative)
            properties.Add("NonNegative = true");
        if (column.Part is { } part)
            properties.Add($"Part = {EmissionContext.Library}DatePart.{part}");
        if (column.Lag > 0)
            properties.Add($"Lag = {Text.Code(column.Lag)}");
        if (column.Categories.Count > 0)
            properties.Add($"Categories = {Words(column)}");
        return properties.Count == 0 ? $"new({arguments})" : $"new({arguments}) {{ {string.Join(", ", properties)} }}";
    }

    private static string Words(ForecastColumnSpec column) => $"[{string.Join(", ", column.Categories.Select(Literal))}]";
}
