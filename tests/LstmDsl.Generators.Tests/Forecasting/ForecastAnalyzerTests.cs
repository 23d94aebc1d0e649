namespace LstmDsl.Generators.Tests;

/// <summary>
/// What is wrong with declared forecasts, where it is reported and what it says; what is blamed stands between <c>«</c> and <c>»</c>.
/// </summary>
public sealed class ForecastAnalyzerTests
{
    [Theory]
    [InlineData("System.DateTime.UtcNow")]
    [InlineData("at.ToUniversalTime()")]
    [InlineData("new System.DateTimeOffset(at, System.TimeSpan.Zero)")]
    public async Task A_rows_time_in_UTC_is_left_alone(string time) => Assert.Empty(await Compiler.AnalyzeAsync(Compiler.Compile(
        "using LstmDsl; [Forecast(48, 24), Target(\"Demand\"), Lstm(4)] partial class M "
        + $"{{ static Row At(System.DateTime at) => new() {{ Time = {time}, Demand = 1 }}; }}")));

    [Theory]
    [InlineData(
        "[«Forecast(48, 24)», Known(\"Price\"), Lstm(4), Future] partial class M;", "LSTM033",
        "'M' forecasts no column: name one, as in [Target(\"Demand\")]")]
    [InlineData(
        "[«Target(\"Demand\")», Lstm(4), Dense(1)] partial class M;", "LSTM034",
        "[Target] belongs to a model that is declared with [Forecast(window, horizon)], and 'M' has none: put it before the layers")]
    [InlineData(
        "[Input(20, 1), Lstm(4), «Future», Dense(1)] partial class M;", "LSTM034",
        "[Future] belongs to a model that is declared with [Forecast(window, horizon)], and 'M' has [Input]: put [Forecast] in its place, or "
            + "leave [Future] out")]
    [InlineData(
        "[«Quantiles(0.1, 0.5)»] static class Other;", "LSTM034",
        "[Quantiles] belongs to a model that is declared with [Forecast(window, horizon)], and 'Other' has none: put it before the layers")]
    [InlineData("[Forecast(«0», 24), Target(\"Demand\"), Lstm(4)] partial class M;", "LSTM003", "'window' of [Forecast] is 0; it must be at least 1")]
    [InlineData(
        "[Forecast(48, «horizon: -1»), Target(\"Demand\"), Lstm(4)] partial class M;", "LSTM003",
        "'horizon' of [Forecast] is -1; it must be at least 1")]
    [InlineData(
        "[Forecast(«20_000_000», 24), Target(\"Demand\"), Lstm(4)] partial class M;", "LSTM016",
        "With 'Forecast' the activations of 'M' exceed 2,147,483,647 values, the most that one block can hold")]
    [InlineData(
        "[Forecast(48, 24, «Lead = -1»), Target(\"Demand\"), Lstm(4)] partial class M;", "LSTM017",
        "'Lead' of [Forecast] cannot be -1: it counts rows between the last known one and the first that is forecast, from 0")]
    [InlineData(
        "[Forecast(48, 24, «MaseLag = -7»), Target(\"Demand\"), Lstm(4)] partial class M;", "LSTM017",
        "'MaseLag' of [Forecast] cannot be -7: it counts rows, from 1; leave it out for the first season")]
    [InlineData(
        "[Forecast(48, 24, «Seasons = [24, 0]»), Target(\"Demand\"), Lstm(4)] partial class M;", "LSTM017",
        "'Seasons' of [Forecast] cannot be 0: a season is at least 1 row long")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Known(\"Demand\", «Lag = 12»), Lstm(4), Future] partial class M;", "LSTM017",
        "'Lag' of [Known] cannot be 12: so few rows before the last one of the horizon is not known yet; it is at least 24, the horizon")]
    [InlineData(
        "[Forecast(48, 24, Lead = 14), Target(\"Demand\"), Known(\"Demand\", «Lag = 24»), Lstm(4), Future] partial class M;", "LSTM017",
        "'Lag' of [Known] cannot be 24: so few rows before the last one of the horizon is not known yet; it is at least 38, the horizon with "
            + "its lead")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Known(\"Demand\", «Lag = -24»), Lstm(4), Future] partial class M;", "LSTM017",
        "'Lag' of [Known] cannot be -24: so few rows before the last one of the horizon is not known yet; it is at least 24, the horizon")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\", «Scaling = Scaling.Seasonal»), Lstm(4)] partial class M;", "LSTM017",
        "'Scaling' of [Target] cannot be Seasonal: [Forecast] declares no season; write Seasons = [24] for days of hours")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Past(\"Wind\", «Scaling.Seasonal»), Lstm(4)] partial class M;", "LSTM017",
        "'scaling' of [Past] cannot be Seasonal: [Forecast] declares no season; write Seasons = [24] for days of hours")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\", «Scaling = (Scaling)99»), Lstm(4)] partial class M;", "LSTM017",
        "'Scaling' of [Target] cannot be 99: no Scaling has this value")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Known(«(DatePart)9»), Lstm(4), Future] partial class M;", "LSTM017",
        "'part' of [Known] cannot be 9: no DatePart has this value")]
    [InlineData(
        "[Forecast(48, 24), Target(«\"\"»), Lstm(4)] partial class M;", "LSTM017",
        "'column' of [Target] cannot be empty: it is the name of a column of the data")]
    [InlineData(
        "[Forecast(48, 24), Target(«\"%\"»), Lstm(4)] partial class M;", "LSTM017",
        "'column' of [Target] cannot be '%' alone: no name of a property can be made of it; write Property = \"…\"")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Past(\"Sky\", «Categories = [\"blue\", \"grey\", \"blue\"]»), Lstm(4)] partial class M;", "LSTM017",
        "'Categories' of [Past] cannot be a list with 'blue' twice: each word is a number of its own")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Past(\"Sky\", «Categories = []»), Lstm(4)] partial class M;", "LSTM017",
        "'Categories' of [Past] cannot be an empty list: name the words, or leave it out where the column has numbers")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Past(\"Sky\", «Categories = [\"blue\", \"\"]»), Lstm(4)] partial class M;", "LSTM017",
        "'Categories' of [Past] cannot be a list with an empty word: that is a missing value")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Past(\"Sky\", «Scaling.Standard», Categories = [\"blue\", \"grey\"]), Lstm(4)] partial class M;",
        "LSTM012", "Scaling.Standard contradicts Categories, which are words: leave it out")]
    [InlineData(
        "[Forecast(48, 24), «Input(48, 1)», Target(\"Demand\"), Lstm(4)] partial class M;", "LSTM012",
        "[Input] contradicts [Forecast], which makes the inputs from the columns")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Forecast(96, 24)», Lstm(4)] partial class M;", "LSTM012",
        "[Forecast] contradicts the [Forecast] before it")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Quantiles(0.1, 0.5), «Quantiles(0.5, 0.9)», Lstm(4)] partial class M;", "LSTM012",
        "[Quantiles] contradicts the [Quantiles] before it")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Known(\"Price\"), Lstm(4), Future, Dense(4), «Future»] partial class M;", "LSTM012",
        "[Future] contradicts the [Future] before it")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Mean», Lstm(4)] partial class M;", "LSTM012",
        "[Mean] contradicts a forecast of one number: it stands beside [Quantiles]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Lstm(4, «Stateful = true»)] partial class M;", "LSTM012",
        "Stateful = true contradicts [Forecast], whose windows come in any order")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Past(\"Demand\", Scaling.Log)», Lstm(4)] partial class M;", "LSTM012",
        "[Past(\"Demand\")] contradicts [Target(\"Demand\")] before it: a column is declared once")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Known(\"Demand\", Lag = 24), «Known(\"Demand\", Lag = 24)», Lstm(4), Future] partial class M;",
        "LSTM012", "[Known(\"Demand\", Lag = 24)] contradicts [Known(\"Demand\", Lag = 24)] before it: a column is declared once")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Known(DatePart.DayOfWeek), «Known(DatePart.DayOfWeek)», Lstm(4), Future] partial class M;", "LSTM012",
        "[Known(DatePart.DayOfWeek)] contradicts [Known(DatePart.DayOfWeek)] before it: a column is declared once")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Known(DatePart.DayOfWeek, «Lag = 24»), Lstm(4), Future] partial class M;", "LSTM012",
        "Lag contradicts DatePart.DayOfWeek, which is computed: leave it out")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Known(DatePart.DayOfWeek, «Unit = \"d\"»), Lstm(4), Future] partial class M;", "LSTM012",
        "Unit contradicts DatePart.DayOfWeek, which is computed: leave it out")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\", Unit = \"MW\"), Known(\"Demand\", Lag = 24, «Unit = \"GW\"»), Lstm(4), Future] partial class M;",
        "LSTM012",
        "Unit contradicts [Target(\"Demand\")], from which the lag takes it: leave it out")]
    [InlineData(
        "[Forecast(48, 24), Known(\"Demand\", «Scaling.Log», Lag = 24), Target(\"Demand\"), Lstm(4), Future] partial class M;", "LSTM012",
        "Scaling.Log contradicts Scaling.Standard of [Target(\"Demand\")], from which the lag takes it: leave it out")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Quantiles(0.1, 0.9)», Lstm(4)] partial class M;", "LSTM036",
        "[Quantiles] lacks 0.5, the median: write [Quantiles(0.1, 0.5, 0.9)]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Quantiles(0.5, 0.1, 0.9)», Lstm(4)] partial class M;", "LSTM036",
        "[Quantiles] has 0.1 behind 0.5, but levels rise: write [Quantiles(0.1, 0.5, 0.9)]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Quantiles(0.5, 0.5, 0.9)», Lstm(4)] partial class M;", "LSTM036",
        "[Quantiles] has two levels that are called P50: write [Quantiles(0.5, 0.9)]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Quantiles(0.5, 0.9, 1)», Lstm(4)] partial class M;", "LSTM036",
        "[Quantiles] has the level 1, but levels lie between 0 and 1: write [Quantiles(0.5, 0.9)]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Quantiles(double.NaN, 0.5)», Lstm(4)] partial class M;", "LSTM036",
        "[Quantiles] has the level NaN, but levels lie between 0 and 1: write [Quantiles(0.5)]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Quantiles», Lstm(4)] partial class M;", "LSTM036",
        "[Quantiles] has no levels: write [Quantiles(0.1, 0.5, 0.9)]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Lstm(4), «Future»] partial class M;", "LSTM037",
        "[Future] joins what is known of the horizon, but 'M' has no [Known]: name it, as in [Known(\"Temperature\")] or "
            + "[Known(DatePart.HourOfDay)]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Known(\"Price\")», Known(DatePart.HourOfDay), Lstm(4)] partial class M;", "LSTM038",
        "[Known(\"Price\")] is known over the horizon, but no layer reads it there: put [Future] behind the layers that read the window, or "
            + "declare what is known until now with [Past]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Lstm(4, ReturnSequences = true)»] partial class M;", "LSTM035",
        "'Lstm' gives a sequence of 48 timesteps, but the horizon has 24: give one row of values without ReturnSequences, or repeat it with "
            + "[RepeatVector(24)]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Known(\"Price\"), Lstm(4, ReturnSequences = true), «Future», Lstm(4)] partial class M;", "LSTM035",
        "'Lstm' gives a sequence of 48 timesteps, but the horizon has 24: give one row of values without ReturnSequences, or repeat it with "
            + "[RepeatVector(24)]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Known(\"Price\"), «Future», Lstm(4)] partial class M;", "LSTM035",
        "The window, between which and [Future] no layer stands, gives a sequence of 48 timesteps, but the horizon has 24: give one row of "
            + "values without ReturnSequences, or repeat it with [RepeatVector(24)]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Lstm(4), RepeatVector(12), «Dense(8)»] partial class M;", "LSTM035",
        "'Dense' gives a sequence of 12 timesteps, but the horizon has 24: give one row of values without ReturnSequences, or repeat it with "
            + "[RepeatVector(24)]")]
    [InlineData(
        "[«Forecast(48, 24)», Target(\"Demand\")] partial class M;", "LSTM004",
        "'M' has no layer: put [Lstm(units)], [SimpleRnn(units)] or [Dense(units)] after [Forecast]")]
    [InlineData(
        "[Lstm(4), «Forecast(48, 24)», Target(\"Demand\")] partial class M;", "LSTM005",
        "[Forecast] must stand before the layers of 'M': attributes are read in the order of the source")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\")] partial class M; [«Lstm(4)»] partial class M;", "LSTM007",
        "[Lstm] stands on another partial declaration of 'M' than [Forecast], which leaves the order of the layers open")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Kernel(Init.Zeros)», Lstm(4)] partial class M;", "LSTM008",
        "[Kernel] has no layer before it whose weight it could refine")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Lstm(4)] partial class M { static Row At(System.DateTime at) => new() { Time = «at», Demand = 1 }; }",
        "LSTM041",
        "'at' is a DateTime, of which C# makes a time by the clocks of the machine that runs this, unless its Kind is Utc: write new "
            + "DateTimeOffset(…, offset), or make the series by TimeSeries.From(…, zone: …), which takes what the zone's clocks showed")]
    [InlineData("[Forecast(48, 24), Target(\"Demand\"), Lstm(«0»)] partial class M;", "LSTM003", "'units' of [Lstm] is 0; it must be at least 1")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Lstm(4, «Name = \"History\"»)] partial class M;", "LSTM010",
        "The name 'History' clashes with the input 'History', which [Forecast] makes")]
    [InlineData(
        "[«Forecast(48, 24)», Target(\"Demand\"), Lstm(4, Name = \"ForecastHead\")] partial class M;", "LSTM010",
        "The name 'ForecastHead' clashes with the layer 'ForecastHead': [Forecast] makes a layer of this name")]
    [InlineData(
        "[«Forecast(48, 24)», Target(\"Demand\"), Lstm(4)] partial class M { internal const int HistoryShape = 1; }", "LSTM010",
        "The name 'History' clashes with the class's own member 'HistoryShape': [Forecast] makes a layer of this name")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Lstm(4)] partial class M { public int «Columns» => 1; }", "LSTM010",
        "The name 'Columns' clashes with a member that every model has")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Lstm(4)] partial class M { public struct «Value»; }", "LSTM010",
        "The name 'Value' clashes with a member that every model has")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Lstm(4)] partial class M { public int «Point» => 1; }", "LSTM010",
        "The name 'Point' clashes with a member that every model has")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Lstm(4)] partial class M { public static ForecastPlan «Forecasting» => null!; }", "LSTM010",
        "The name 'Forecasting' clashes with a member that every model has")]
    [InlineData(
        "[Forecast(48, 24), Target(\"T (degC)\"), «Past(\"T/degC\")», Lstm(4)] partial class M;", "LSTM010",
        "The name 'TDegC' clashes with the property of the column 'T (degC)': give it another name with Property")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Past(\"Wind\", «Property = \"Demand\"»), Lstm(4)] partial class M;", "LSTM010",
        "The name 'Demand' clashes with the property of the column 'Demand': give it another name with Property")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), «Past(\"time\")», Lstm(4)] partial class M;", "LSTM010",
        "The name 'Time' clashes with a member that every point or row has: give it another name with Property")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\", «Property = \"the demand\"»), Lstm(4)] partial class M;", "LSTM011",
        "'the demand' cannot name a property: it is no C# identifier")]
    public Task A_mistake_is_reported_where_it_was_made(string declaration, string id, string message) =>
        AnalyzerTests.AssertReported(declaration, id, message, null);

    /// <summary>The surface is there however wrong the declaration is, so that nothing but the mistake is reported.</summary>
    [Theory]
    [InlineData(
        "[Forecast(0, 24), Target(\"Demand\"), Quantiles(0.9, 0.1), Known(\"Price\"), Past(\"Sky\", Categories = [\"blue\", \"blue\"]), "
            + "Lstm(4), Future]", "LSTM003", "LSTM036", "LSTM017")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Target(\"Demand\"), Quantiles(0.1, 0.5, 0.9), Known(\"Price\"), Past(\"Sky\"), Past(\"sky\"), "
            + "Lstm(4), Future]", "LSTM012", "LSTM010")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Quantiles(0.1, 0.9), Mean, Known(\"Price\"), Past(\"Sky\", Property = \"1\"), Lstm(0), "
            + "Future, Lstm(4)]", "LSTM036", "LSTM011", "LSTM003")]
    public async Task Every_mistake_is_reported_and_code_that_uses_the_model_compiles(string attributes, params string[] ids)
    {
        var compilation = Compiler.Compile(
            $$"""
            using LstmDsl;

            {{attributes}} partial class M;

            internal static class Use
            {
                internal static object All(TimeSeries series, TimeSeries known, SplitSeries parts)
                {
                    var model = new M(seed: 42);
                    var dated = model.Forecast(series, known);
                    double first = dated[0].Demand + dated[0].Demand.P10 + dated[0].Demand.P50 + dated[0].Demand.At(0.1);
                    return (M.Windows(parts, batchSize: 8), M.Columns, M.KnownColumns, M.Forecasting,
                        new M.Trainer(model), model.Required(default), first);
                }
            }
            """);
        var found = await Compiler.AnalyzeAsync(compilation);
        Assert.Equal(ids.Order(), found.Select(diagnostic => diagnostic.Id).Order());
        Assert.Empty(Compiler.Complaints(compilation));
    }

    [Theory]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Known(\"Price\", Scaling.WindowLast), Lstm(4), Future, Dense(4, Activation = Activation.Relu)]")]
    [InlineData("[Forecast(24, 24), Target(\"Demand\"), Lstm(4, ReturnSequences = true)]")]
    [InlineData("[Target(\"Demand\"), Quantiles(0.5), Forecast(168, 24, Seasons = [168], Lead = 3), Known(\"Demand\", Lag = 171), Lstm(4), Future]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"Demand\"), Past(\"Sky\", Scaling.None, Categories = [\"blue\", \"grey\"]), Past(\"sky\", Property = "
            + "\"Sky2\"), Lstm(4)]")]
    [InlineData("[Forecast(48, 24), Target(\"Demand\"), Known(\"Price\", Lag = 24), Known(\"Price\", Lag = 48), Lstm(4), Future]")]
    [InlineData(
        "[Forecast(48, 24), Target(\"y\", Scaling = Scaling.Log1p, Unit = \"MW\"), Known(\"y\", Scaling.Log1p, Lag = 48, Unit = \"MW\"), Lstm(4), "
            + "Future]")]
    [InlineData("[Forecast(48, 24), Target(\"y\"), Known(\"y\", Scaling.Standard, Lag = 48), Lstm(4), Future]")]
    public async Task A_right_declaration_is_left_alone(string attributes)
    {
        var compilation = Compiler.Compile($"using LstmDsl; {attributes} partial class M;");
        Assert.Empty(await Compiler.AnalyzeAsync(compilation));
        Assert.Empty(Compiler.Complaints(compilation));
    }

    [Fact]
    public async Task Of_a_column_that_does_not_compile_only_the_compiler_speaks() => Assert.Empty(await Compiler.AnalyzeAsync(Compiler.Compile(
        "using LstmDsl; [Forecast(48, 24), Target(\"Demand\"), Known(DatePart.HourOfDay, Scaling.Standard), Lstm(4), Future] partial class M;")));
}
