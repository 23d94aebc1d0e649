using System.Reflection;

namespace LstmDsl.Generators.Tests;

/// <summary>Declared forecasts, compiled, loaded and used.</summary>
public sealed class ForecastExecutionTests
{
    /// <summary>What the generator computes of columns at compile time and what the library computes of the plan at run time.</summary>
    [Theory]
    [InlineData("[Forecast(168, 24), Target(\"a\"), Known(DatePart.HourOfDay), Known(\"b\"), Quantiles(0.1, 0.5, 0.9), Lstm(4), Future]")]
    [InlineData(
        "[Forecast(96, 12, Lead = 2), Target(\"a\"), Target(\"b\"), Known(\"a\", Lag = 24), Past(\"c\", Categories = [\"x\", \"y\", \"z\"]), "
            + "Quantiles(0.025, 0.5), Mean, Lstm(4), Future]")]
    [InlineData(
        "[Forecast(48, 6), Target(\"a\"), Known(\"c\", Categories = [\"x\", \"y\"]), Known(DatePart.DayOfYear), Lstm(4), RepeatVector(6), "
            + "Future, Lstm(4, ReturnSequences = true)]")]
    [InlineData("[Forecast(12, 1), Target(\"a\"), Past(\"b\"), Gru(3)]")]
    public void The_network_is_as_wide_as_the_plan_says(string attributes) => Assert.Equal(
        Run(
            $"{attributes} public sealed partial class M;",
            "TModel.Shape.Timesteps * TModel.Shape.Features, TModel.Shape.OutputTimesteps, TModel.Shape.Outputs"),
        Run(
            $"{attributes} public sealed partial class M;",
            "(plan.Window * plan.WindowWidth) + (plan.Horizon * plan.FutureWidth), plan.Horizon, plan.Targets.Count() * plan.OutputsPerTarget"));

    [Fact]
    public void The_plan_is_there_before_the_static_fields_of_the_users_part() => Assert.Equal(
        "(8, 2)",
        Run(
            "[Forecast(8, 2), Target(\"a\"), Gru(3)] public sealed partial class M { public static readonly int Window = Forecasting.Window; }",
            "M.Window, plan.Horizon"));

    [Fact]
    public void Rows_make_a_series_of_the_declared_columns_with_units_and_numbers_of_words()
    {
        const string Model = "[Forecast(2, 1), Target(\"T (degC)\", Unit = \"°C\"), Past(\"sky\", Categories = [\"blue\", \"grey\"]), Gru(3)] "
            + "public sealed partial class M;";
        const string Rows =
            """
            M.Row.From(((string[])["grey", "blue", "grey"]).Select((sky, i) => new M.Row
                { Time = System.DateTimeOffset.UnixEpoch.AddHours(i), TDegC = i + 0.5, Sky = sky }))
            """;
        Assert.Equal(
            "(T (degC) °C, sky , 3)",
            Run(Model, $"string.Join(\", \", M.Columns.Select(column => $\"{{column.Name}} {{column.Unit}}\")), {Rows}.Count"));
        Assert.Equal("(0.5 1.5 2.5, 1 0 1)", Run(Model, $"Text({Rows}.Column(\"T (degC)\").ToArray()), Text({Rows}.Column(\"sky\").ToArray())"));

        var exception = Assert.Throws<TargetInvocationException>(
            () => Run(Model, $"1, {Rows.Replace("\"blue\"", "\"green\"", StringComparison.Ordinal)}"));
        Assert.Equal(
            "The column 'sky' has the word 'green'; declared are 'blue', 'grey'. Declare it too, in Categories, or leave the row out.",
            exception.InnerException!.Message);
    }

    [Fact]
    public void Rows_choose_what_becomes_of_gaps_missing_values_and_duplicates_as_messages_say() => Assert.Equal(
        "(5, 0 1 NaN NaN 5)",
        Run(
            "[Forecast(2, 1), Target(\"a\"), Gru(3)] public sealed partial class M;",
            """
            M.Row.From(((int[])[0, 1, 2, 4, 4]).Select((hour, i) => new M.Row
                { Time = System.DateTimeOffset.UnixEpoch.AddHours(hour), A = hour == 2 ? double.NaN : hour + (i / 4) }),
                missing: Missing.Hole, gaps: Gaps.Hole, duplicates: Duplicates.Last) is var rows ? rows.Count : 0, Text(rows.Column("a").ToArray())
            """));

    private static string Run(string model, string values)
    {
        using var stream = new MemoryStream();
        var result = Compiler.Generate(Compiler.Compile(
            $$"""
            using System.Linq;
            using LstmDsl;

            {{model}}

            public static class Run
            {
                public static string All() => Of<M>();

                private static string Of<TModel>() where TModel : class, IDeclaredForecast<TModel>
                {
                    var plan = TModel.Forecasting;
                    return ({{values}}).ToString();
                }

                internal static string Text(double[] numbers) =>
                    string.Join(" ", numbers.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }
            """)).Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return (string)Assembly.Load(stream.ToArray()).GetType("Run", throwOnError: true)!.GetMethod("All")!.Invoke(null, [])!;
    }
}
