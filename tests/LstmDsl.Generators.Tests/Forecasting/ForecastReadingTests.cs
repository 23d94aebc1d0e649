using System.Text;

namespace LstmDsl.Generators.Tests;

/// <summary>What is read of the attributes that say what is forecast, and what is made of it.</summary>
public sealed class ForecastReadingTests
{
    [Fact]
    public void Columns_and_parts_of_the_date_are_told_apart_and_lists_of_whole_numbers_are_read()
    {
        var attributes = Read(
            """
            [Forecast(168, 24, Seasons = [24, 168], Lead = 3)] [Known(DatePart.DayOfWeek)] [Known(part: DatePart.HourOfDay)]
            [Known("Holiday", Scaling.None)] [Past("Weather", Categories = ["clear", "rain"])] [Quantiles(0.1, 0.5)] [Lstm(4)]
            """);
        Assert.Equal([24, 168], attributes[0].Numbers("Seasons"));
        Assert.Equal(3, attributes[0].Integer("Lead"));
        Assert.Equal(((int)DatePart.DayOfWeek, (string?)null), (attributes[1].Integer("part"), attributes[1].Text("column")));
        Assert.Equal((int)DatePart.HourOfDay, attributes[2].Integer("part"));
        Assert.Equal(("Holiday", (int)Scaling.None), (attributes[3].Text("column"), attributes[3].Integer("scaling")));
        Assert.Null(attributes[3].Find("part"));
        Assert.Equal(["clear", "rain"], attributes[4].Texts("Categories"));
        Assert.Equal([0.1, 0.5], attributes[5].Numbers("levels"));
        Assert.Equal(
            [false, false, false, false, false, false, true], attributes.Select(attribute => attribute.IsLayer));
    }

    [Theory]
    [InlineData("Seasons = []", "Seasons")]
    [InlineData("Seasons = new int[] { }", "Seasons")]
    public void An_empty_list_is_there(string argument, string name)
    {
        var forecast = Read($"[Forecast(168, 24, {argument})] [Target(\"Demand\")] [Lstm(4)]")[0];
        Assert.NotNull(forecast.Find(name));
        Assert.Empty(forecast.Numbers(name));
    }

    [Fact]
    public void A_part_of_the_class_with_the_forecast_comes_first_whatever_the_order_of_files()
    {
        var declaration = Declaration(
            "[LstmDsl.Dense(1)] partial class Model;", "[LstmDsl.Forecast(8, 2), LstmDsl.Target(\"x\")] partial class Model;");
        Assert.Equal([AttributeKind.Forecast, AttributeKind.Target, AttributeKind.Dense], declaration.Attributes.Select(attribute => attribute.Kind));
    }

    [Fact]
    public void Defaults_are_filled_in()
    {
        var forecast = Forecast("[Forecast(168, 24)] [Target(\"Demand\")] [Lstm(4)]");
        Assert.Equal(
            (168, 24, 0, 1, false, false),
            (forecast.Window, forecast.Horizon, forecast.Lead, forecast.MaseLag, forecast.HasMean, forecast.JoinsFuture));
        Assert.Empty(forecast.Seasons);
        Assert.Empty(forecast.Levels);
        var demand = Assert.Single(forecast.Columns);
        Assert.Equal(new ForecastColumnSpec("Demand", ForecastRole.Target, Scaling.Standard, "Demand"), demand);
    }

    [Theory]
    [InlineData("Seasons = [24, 168]", 24)]
    [InlineData("Seasons = [24, 168], MaseLag = 168", 168)]
    [InlineData("MaseLag = 7", 7)]
    public void The_lag_of_MASE_is_the_first_season_unless_said_otherwise(string arguments, int lag) =>
        Assert.Equal(lag, Forecast($"[Forecast(168, 24, {arguments})] [Target(\"Demand\")] [Lstm(4)]").MaseLag);

    [Fact]
    public void What_a_column_was_takes_scaling_unit_and_words_of_the_column_itself()
    {
        var forecast = Forecast(
            """
            [Forecast(168, 24)] [Known("Demand", Lag = 168)] [Target("Demand", Unit = "MW", Scaling = Scaling.Log)]
            [Known("Price", Scaling.MinMax, Lag = 24)]
            [Past("Weather", Categories = ["clear", "rain"])] [Known("Weather", Lag = 48)] [Lstm(4)]
            """);
        Assert.Equal(
            (Scaling.Log, "MW", 168, "Demand"),
            (forecast.Columns[0].Scaling, forecast.Columns[0].Unit, forecast.Columns[0].Lag, forecast.Columns[0].Property));
        Assert.Equal((Scaling.MinMax, 24), (forecast.Columns[2].Scaling, forecast.Columns[2].Lag));
        Assert.Equal((Scaling.None, 2), (forecast.Columns[4].Scaling, forecast.Columns[4].Width));
        Assert.Equal(["Demand", "Price", "Weather"], forecast.DataColumns.Select(column => column.Name));
        Assert.Equal((3, 4), (forecast.WindowWidth, forecast.FutureWidth));
    }

    [Theory]
    [InlineData("Demand", "Demand")]
    [InlineData("T (degC)", "TDegC")]
    [InlineData("temp_max", "TempMax")]
    [InlineData("cnt", "Cnt")]
    [InlineData("wv (m/s)", "WvMS")]
    [InlineData("2m temperature", "_2mTemperature")]
    [InlineData("Außen-Temperatur", "AußenTemperatur")]
    [InlineData("気温", "気温")]
    [InlineData("a\u200Db", "Ab")]
    [InlineData("class", "Class")]
    [InlineData("%", "")]
    [InlineData("🙂 mood", "Mood")]
    public void Names_of_properties_are_made_of_columns(string column, string property) => Assert.Equal(property, PropertyNames.OfColumn(column));

    /// <summary>As far as the machine can: without its tables of letters, a mark that stands by itself is a letter of the name.</summary>
    [Fact]
    public void Letters_and_their_marks_are_one() =>
        Assert.Equal("A\u0308ußeres".Normalize(NormalizationForm.FormC), PropertyNames.OfColumn("A\u0308ußeres"));

    [Theory]
    [InlineData(0.5, "P50")]
    [InlineData(0.1, "P10")]
    [InlineData(0.025, "P2_5")]
    [InlineData(0.975, "P97_5")]
    [InlineData(0.001, "P0_1")]
    public void Names_of_properties_are_made_of_levels(double level, string property) => Assert.Equal(property, PropertyNames.OfLevel(level));

    private static EquatableArray<DeclaredAttribute> Read(string attributes) =>
        Declaration($"using LstmDsl; {attributes} partial class Model;").Attributes;

    private static ForecastSpec Forecast(string attributes) => Compiler.Spec($"using LstmDsl; {attributes} partial class Model;").Forecast!;

    private static ModelDeclaration Declaration(params string[] sources) =>
        DeclarationReader.Read(Compiler.Compile(sources).GetTypeByMetadataName("Model")!, CancellationToken.None);
}
