using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LstmDsl.Generators.Tests;

/// <summary>The code of declared forecasts compiles without a word from the compiler, and so does code that uses it.</summary>
public sealed class ForecastCompilationTests
{
    private static readonly Dictionary<string, string> Sources = new()
    {
        ["a day of demand"] = ForecastSamples.Demand,
        ["one number"] = "[LstmDsl.Forecast(8, 1), LstmDsl.Target(\"x\"), LstmDsl.Lstm(4)] internal sealed partial class Model;",
        ["nested, in a namespace"] = """
            namespace A.LstmDsl.B;
            internal static partial class Outer
            {
                [global::LstmDsl.Forecast(8, 4), global::LstmDsl.Target("x"), global::LstmDsl.Lstm(4)] private sealed partial class Model;
            }
            """,
        ["names that shadow"] = """
            namespace Weather;
            internal sealed class System; internal sealed class LstmDsl; internal sealed class Point;
            internal sealed class Value; internal sealed class Row;
            [global::LstmDsl.Forecast(8, 4), global::LstmDsl.Target("x"), global::LstmDsl.Known("y"), global::LstmDsl.Lstm(4), global::LstmDsl.Future]
            internal sealed partial class Model;
            """,
        ["columns called as the code's own names"] = """
            using LstmDsl;
            [Forecast(8, 4), Target("value"), Target("table"), Target("step"), Target("columns"), Target("System"), Target("LstmDsl"),
                Target("forecasting")]
            [Past("row"), Past("time"), Past("from"), Past("point"), Past("categories", Categories = ["a", "b"]), Past("clone"),
                Past("gettype", Property = "Type")]
            [Quantiles(0.1, 0.5, 0.9), Lstm(4)]
            internal sealed partial class Model;
            """,
        ["texts that code must escape"] = """"
            using LstmDsl;
            [Forecast(8, 4), Target("a \"b\" <c> & \\ \n {d}", Unit = "<&>\"")]
            [Past("sky", Categories = ["\"", "\\", "a, b", "<>"]), Lstm(4)]
            internal sealed partial class Model;
            """",
        ["every scaling and part of the date"] = """
            using LstmDsl;
            [Forecast(48, 24, Seasons = [24], Lead = 1, MaseLag = 48)]
            [Target("a", Scaling = Scaling.Standard), Target("b", Scaling = Scaling.MinMax), Target("c", Scaling = Scaling.Log),
                Target("d", Scaling = Scaling.Log1p)]
            [Target("e", Scaling = Scaling.None), Target("f", Scaling = Scaling.WindowMean), Target("g", Scaling = Scaling.WindowLast)]
            [Target("h", Scaling = Scaling.Difference), Target("i", Scaling = Scaling.Seasonal)]
            [Known(DatePart.MinuteOfHour), Known(DatePart.HourOfDay), Known(DatePart.DayOfWeek), Known(DatePart.DayOfMonth),
                Known(DatePart.DayOfYear)]
            [Known(DatePart.MonthOfYear), Known("a", Lag = 48)]
            [Quantiles(0.0001, 0.025, 0.5, 0.999), Mean, Lstm(4), Future]
            internal sealed partial class Model;
            """,
    };

    public static TheoryData<string> Names => [.. Sources.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Compiles_without_warnings(string name)
    {
        foreach (var version in (LanguageVersion[])[LanguageVersion.CSharp13, LanguageVersion.Preview])
            Assert.Empty(Compiler.Complaints(Compiler.Compile([Sources[name]], version)));
    }

    [Fact]
    public void The_flow_from_a_file_to_a_forecast_binds_without_a_cast() => Assert.Empty(Compiler.Complaints(Compiler.Compile(
        ForecastSamples.Demand,
        """
        using System;
        using LstmDsl;

        internal static class Use
        {
            internal static void All(TimeSeries tomorrow)
            {
                var demand = TimeSeries.ReadCsv("vic_electricity.csv", time: "Time", values: DemandModel.Columns, zone: "Australia/Melbourne");
                var (train, validation, test) = DemandModel.Windows(demand.Split(0.65, 0.15), batchSize: 64);
                var model = new DemandModel(seed: 42);
                var trainer = new DemandModel.Trainer(model);
                trainer.Fit(train, validation, epochs: 40);
                Console.WriteLine(trainer.Evaluate(test));
                tomorrow = TimeSeries.ReadCsv("tomorrow.csv", time: "Time", values: DemandModel.KnownColumns);
                foreach (var hour in model.Forecast(demand, tomorrow))
                    Console.WriteLine($"{hour.Time:HH:mm}  {hour.Demand:0} {hour.Demand.Unit}  ({hour.Demand.P10:0} … {hour.Demand.P90:0})");
                DatedForecast<DemandModel.Point> dated = model.Forecast(demand);
                foreach (var day in model.Predict(test))
                    Console.WriteLine($"{day.Table.Origin}: {day[0].Demand.P90 - day[0].Demand.P10}");
                double first = dated[0].Demand;
                first += dated[0].Demand.At(0.9) + dated[0].Demand.P50;
                var isLess = dated[0].Demand < dated[1].Demand && dated[0].Demand <= 3 && dated[0].Demand.CompareTo(dated[1].Demand) > 0;
                ForecastNeed need = model.Required(DateTimeOffset.UnixEpoch);
                TimeSeries rows = DemandModel.Row.From(
                    [new DemandModel.Row { Time = DateTimeOffset.UnixEpoch, Demand = 1, Temperature = 2, Holiday = 0 }]);
                Console.WriteLine($"{need} {rows} {first} {isLess} {Window<DemandModel>()}");
            }

            private static int Window<TModel>() where TModel : class, IDeclaredForecast<TModel> =>
                TModel.Forecasting.Window + TModel.Create(1).GetHashCode();
        }
        """)));

    [Fact]
    public void Windows_of_another_model_do_not_compile_and_its_own_do()
    {
        var complaints = Compiler.Complaints(Compiler.Compile("""
            using LstmDsl;

            [Forecast(8, 4), Target("x"), Lstm(4)]
            internal sealed partial class One;

            [Forecast(6, 4), Target("x"), Lstm(4)]
            internal sealed partial class Other;

            internal static class Program
            {
                private static void Run(SplitSeries split)
                {
                    var (train, validation, test) = One.Windows(split);
                    var trainer = new One.Trainer(new One());
                    trainer.Fit(train, validation, epochs: 2, verbose: 0);
                    System.Console.WriteLine($"{trainer.Evaluate(test)}{Generic(trainer, train)}");
                    var others = Other.Windows(split);
                    trainer.Fit(others.Training);
                    trainer.Fit(train, others.Validation);
                    trainer.Evaluate(others.Test);
                    trainer.Fit(WindowedDataset.FromArrays(new float[4, 8, 1], new float[4, 4, 1], 1));
                    new One().Calibrate(others.Validation);
                }

                private static History Generic<TModel>(ForecastTrainer<TModel> trainer, WindowedDataset<TModel> windows)
                    where TModel : class, IDeclaredForecast<TModel> => trainer.Fit(windows);
            }
            """)).ToArray();
        Assert.Equal(
            [("CS0411", 21), ("CS0619", 17), ("CS0619", 18), ("CS0619", 19), ("CS0619", 20)],
            complaints.Select(complaint => (complaint.Id, complaint.Location.GetLineSpan().StartLinePosition.Line)).Order());
        Assert.Contains(
            "cut them with the model's own Windows", complaints.First(complaint => complaint.Id == "CS0619").GetMessage(null),
            StringComparison.Ordinal);
    }

    /// <summary>Pages, and which of their blocks of C# is a program.</summary>
    public static TheoryData<string, int> Programs => new() { { "README.md", 1 }, { "forecasting.md", 0 } };

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_programs_of_the_guides_compile_as_they_stand_there(string page, int block)
    {
        var program = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "guides", page)).Split("```csharp\n")[block + 1].Split("\n```")[0];
        var compilation = Compiler.Compile("global using System; global using System.Linq;", program);
        compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));

        // Programs have no documentation of their own.
        Assert.DoesNotContain(Compiler.Complaints(compilation), complaint => complaint.Id != "CS1591");
    }

    [Fact]
    public void Outputs_are_not_fed_back_where_a_horizon_is_declared()
    {
        var text = Compiler.GenerateText("[LstmDsl.Forecast(8, 1), LstmDsl.Target(\"x\"), LstmDsl.Lstm(4)] partial class Model;");
        Assert.DoesNotContain("IForecastingModel", text, StringComparison.Ordinal);
        Assert.DoesNotContain("int steps", text, StringComparison.Ordinal);
        Assert.Contains("DatedForecast<Point> Forecast(", text, StringComparison.Ordinal);
    }
}
