using System.Globalization;

namespace LstmDsl.Generators;

/// <summary>Writes the types that a declared forecast speaks in: a target's value, a step of a forecast, a row of data.</summary>
internal static class ForecastTypesEmitter
{
    private const string Value = EmissionContext.Library + "ForecastValue";
    private const string Table = EmissionContext.Library + "ForecastTable";

    public static void Emit(EmissionContext context, ForecastSpec forecast)
    {
        if (!context.TakenNames.Contains("Value"))
            Values(context, forecast);
        if (!context.TakenNames.Contains("Value") && !context.TakenNames.Contains("Point"))
            Point(context, forecast);
        if (!context.TakenNames.Contains("Row"))
            Row(context, forecast);
    }

    private static void Values(EmissionContext context, ForecastSpec forecast)
    {
        var writer = context.Writer;
        context.Document(forecast.Levels.Count > 0
            ? "<summary>A target at one step, in its own unit: reads as its median, and has the levels.</summary>"
            : "<summary>A target at one step, in its own unit.</summary>");
        writer.Open("public readonly record struct Value : global::System.IComparable<Value>, global::System.ISpanFormattable");
        writer.Line($"private readonly {Value} forecast;");
        writer.Line();
        writer.Line($"internal Value({Value} forecast) => this.forecast = forecast;");
        writer.Line();
        foreach (var level in forecast.Levels)
            Member($"The quantile of level {Text.Code(level.Level)}.", $"public double {level.Property} => forecast.At({Text.Code(level.Level)});");
        if (forecast.HasMean)
            Member("The mean.", "public double Mean => forecast.Mean;");
        Member("The unit; null where it is not known.", "public string? Unit => forecast.Unit;");
        Member(
            forecast.Levels.Count > 0 ? "The median." : "The number that is forecast.",
            "public static implicit operator double(Value value) => value.forecast;");
        if (forecast.Levels.Count > 0)
            Member("The quantile of one of the levels.", "public double At(double level) => forecast.At(level);");
        Member(null, "public int CompareTo(Value other) => forecast.CompareTo(other.forecast);");
        Member(null, "public bool TryFormat(");
        writer.Continue(
            "global::System.Span<char> destination, out int charsWritten, global::System.ReadOnlySpan<char> format, "
            + "global::System.IFormatProvider? provider) =>");
        writer.Continue("forecast.TryFormat(destination, out charsWritten, format, provider);");
        Member(
            null,
            "public string ToString(string? format, global::System.IFormatProvider? formatProvider) => forecast.ToString(format, formatProvider);");
        Member(null, "public override string ToString() => forecast.ToString();");
        writer.Close();

        void Member(string? summary, string line)
        {
            context.Document(summary is null ? EmissionContext.Inherited : $"<summary>{summary}</summary>", joins: true);
            writer.Line(line);
        }
    }

    private static void Point(EmissionContext context, ForecastSpec forecast)
    {
        var writer = context.Writer;
        context.Document("<summary>One step of a forecast.</summary>");
        writer.Open("public readonly record struct Point");
        writer.Line($"private readonly {Table} table;");
        writer.Line("private readonly int step;");
        writer.Line();
        writer.Line($"internal Point({Table} table, int step) => (this.table, this.step) = (table, step);");
        writer.Line();
        writer.Line("/// <summary>When it is; null where the series has no times.</summary>");
        writer.Line("public global::System.DateTimeOffset? Time => table.Times[step];");
        var index = 0;
        foreach (var target in forecast.Targets)
        {
            writer.Line($"/// <summary>{Prose(target.Title)}.</summary>");
            writer.Line($"public Value {target.Property} => new(table[step, {index++.ToString(CultureInfo.InvariantCulture)}]);");
        }

        writer.Line("/// <inheritdoc/>");
        writer.Line("public override string ToString() => table.ToString(step);");
        writer.Close();
    }

    private static void Row(EmissionContext context, ForecastSpec forecast)
    {
        var writer = context.Writer;
        context.Document("<summary>A row of the columns, for data that come from elsewhere than a file.</summary>");
        writer.Open("public sealed record Row");
        writer.Line("/// <summary>When it is.</summary>");
        writer.Line("public required global::System.DateTimeOffset Time { get; init; }");
        foreach (var column in forecast.DataColumns)
        {
            var (type, more) = column.Categories.Count > 0 ? ("string", $": {string.Join(", ", column.Categories)}") : ("double", "");
            writer.Line($"/// <summary>{Prose(column.Title + more)}.</summary>");
            writer.Line($"public required {type} {column.Property} {{ get; init; }}");
        }

        From(context, forecast);
        writer.Close();
    }

    private static void From(EmissionContext context, ForecastSpec forecast)
    {
        var writer = context.Writer;
        context.Document(
            """
            <summary>Makes a series of rows.</summary>
            <param name="rows">The rows, by rising time.</param>
            <param name="zone">The time zone, by its IANA name, by whose clocks rows are; by default that of their offsets.</param>
            <param name="missing">What becomes of values that are missing, which are NaN.</param>
            <param name="gaps">What becomes of rows that are absent.</param>
            <param name="duplicates">What becomes of rows whose time an earlier one has.</param>
            """);
        const string Rows = "global::System.Collections.Generic.IEnumerable<Row> rows";
        var library = EmissionContext.Library;
        var head = $"public static {library}TimeSeries From(";
        var choices = $"{library}Missing missing = {library}Missing.Error, {library}Gaps gaps = {library}Gaps.Error, "
            + $"{library}Duplicates duplicates = {library}Duplicates.Error)";
        if (context.Model.IsFaulty)
        {
            context.Expression($"{head}{Rows}, string? zone = null, {choices}", "");
            return;
        }

        writer.Line(head);
        writer.Continue($"{Rows}, string? zone = null,");
        writer.Continue(choices);
        writer.Open();
        writer.Line($"return {EmissionContext.Library}TimeSeries.From(rows, static row => row.Time,");
        writer.OpenList();
        var words = ForecastEmitter.Categories(forecast);
        foreach (var column in forecast.DataColumns)
        {
            var place = Array.IndexOf(words, column);
            var value = $"row.{column.Property}";
            var number = place < 0
                ? value
                : $"{EmissionContext.Services}DeclaredRows.NumberOf({ForecastEmitter.Compiled}.Categories[{Text.Plain(place)}], {value})";
            writer.Line($"({ForecastEmitter.Column(column)}, static row => {number}),");
        }

        writer.Close("], missing, gaps, duplicates, zone: zone);");
        writer.Close();
    }

    /// <summary>A text as documentation writes it, on one line.</summary>
    private static string Prose(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter))
        .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
