using System.Xml.Linq;

namespace LstmDsl.Tests;

/// <summary>Reports as pages.</summary>
public sealed class ReportTests
{
    private const string Hostile = "<script>alert('x')</script> & \"y\" <img src=\"http://example.com/x.png\">";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_report_has_everything_a_forecaster_shows_in_units_and_dates()
    {
        using var folder = new TemporaryFolder();
        var result = Demand();
        result.SaveReport(folder.File("demand.html"), Trained());
        var page = Page(folder.File("demand.html"));
        Assert.Equal(
            ["Summary", "Warnings and notes", "Forecasts against what came", "Errors", "Intervals", "Data", "Model"],
            page.Descendants("h2").Select(heading => heading.Value));
        Assert.Equal(
            page.Descendants("h2").Select(heading => "#" + heading.Attribute("id")!.Value),
            page.Descendants("a").Select(link => link.Attribute("href")!.Value));
        Assert.Contains(page.Descendants("p"), text => text.Value.StartsWith("Known columns as observed: Temperature", StringComparison.Ordinal));

        var errors = result.Errors();
        Assert.Contains(page.Descendants("b"), number => number.Value == NumberText.InUnit(errors.MeanAbsoluteError, "MW"));
        Assert.Contains(page.Descendants("td"), cell => cell.Value == "seasonal naive, 48 steps before");
        string[] figures = [.. page.Descendants("figure").Select(figure => figure.Element("h3")!.Value)];
        Assert.Equal(
            [
                "Largest error", "Second largest error", "The middle one", "Smallest error", "The last one", "By step ahead",
                "By hour of the day, as the clocks show it", "From origin to origin", "Share within the intervals, by step ahead", "Demand (MW)",
                "Training and validation loss",
            ], figures);
        var worst = result.ByOrigin().MaxBy(row => row.Errors.MeanAbsoluteError)!;
        Assert.Equal(
            $"From {worst.Name}; MAE {NumberText.InUnit(worst.Errors.MeanAbsoluteError, "MW")}.", page.Descendants("figcaption").First().Value);
        // Of each figure what it draws: lines, bands, labels.
        Assert.All(page.Descendants("figure"), figure => Assert.NotEmpty(figure.Descendants(Svg + "path")));
        Assert.Contains(page.Descendants(Svg + "text"), text => text.Value == "80 %");
        var heat = page.Descendants("table").Single(table => table.Attribute("class")!.Value == "heat");
        Assert.Equal(7 * 25, heat.Descendants("td").Count(cell => cell.Attribute("style") is not null));
        Assert.Contains("a blend\nof two", page.Descendants("pre").Select(lines => lines.Value.Trim()));
        Assert.Equal(["demand.html"], folder.Names);
    }

    [Fact]
    public void Nothing_in_the_data_can_become_markup_and_nothing_is_fetched()
    {
        using var folder = new TemporaryFolder();
        var plan = new ForecastPlan { Window = 2, Horizon = 2, Columns = [new(Hostile, ForecastRole.Target) { Unit = Hostile }] };
        var series = TimeSeries.FromArrays(new double[,] { { 1 }, { 2 }, { 4 }, { 3 }, { 5 }, { 9 } }, [Hostile]);
        var model = new FakeForecaster(plan, (_, _, _) => [3]) { Name = Hostile, Description = Hostile };
        Backtest.Run(model, series, origins: 2).SaveReport(folder.File("x.html"), title: Hostile);
        var page = Page(folder.File("x.html"));
        Assert.Equal(Hostile, page.Descendants("h1").Single().Value);
        Assert.Contains(page.Descendants("pre"), lines => lines.Value == Hostile);
        var text = File.ReadAllText(folder.File("x.html"));
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", text, StringComparison.OrdinalIgnoreCase);
        string[] fetching = ["src", "srcset", "action", "data", "poster", "background", "onload", "onclick", "onerror"];
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => fetching.Contains(attribute.Name.LocalName));
        Assert.All(page.Descendants().Attributes("href"), link => Assert.StartsWith("#", link.Value, StringComparison.Ordinal));
        var style = page.Descendants("style").Single().Value;
        Assert.DoesNotContain("url(", style, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", style, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Several_targets_one_step_no_times_and_one_origin_have_a_page_too()
    {
        using var folder = new TemporaryFolder();
        var plan = new ForecastPlan
        {
            Window = 2,
            Horizon = 1,
            Columns = [new("Demand", ForecastRole.Target) { Unit = "MW" }, new("Price", ForecastRole.Target) { Unit = "EUR" }],
        };
        double[,] values = { { 1, 10 }, { 2, 20 }, { 3, 30 }, { 5, 90 } };
        Backtest.Run(new FakeForecaster(plan, (_, _, target) => [target == 0 ? 4 : 40.0]), TimeSeries.FromArrays(values, ["Demand", "Price"]), origins: 1)
            .SaveReport(folder.File("two.html"));
        var page = Page(folder.File("two.html"));
        Assert.Equal(
            [
                "Summary of Demand", "Summary of Price", "Warnings and notes", "Forecasts against what came of Demand", "Errors of Demand",
                "Forecasts against what came of Price", "Errors of Price", "Data",
            ], page.Descendants("h2").Select(heading => heading.Value));
        Assert.Contains(page.Descendants("b"), number => number.Value == "50.00 EUR");
        Assert.Contains(page.Descendants("b"), number => number.Value == "1.000 MW");
    }

    [Fact]
    public void A_training_run_without_a_backtest_has_a_report_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var history = Trained();
        history.Warn("A column is constant.");
        history.SaveReport(folder.File("run.html"), "Model: \"sequential\"", FakeForecaster.Hourly([1, 2, double.NaN, 4]));
        var page = Page(folder.File("run.html"));
        Assert.Equal(["Model", "Warnings", "Data"], page.Descendants("h2").Select(heading => heading.Value));
        Assert.Contains(page.Descendants("p"), text => text.Value == "A column is constant.");
        Assert.Equal(["Training and validation loss", "y"], page.Descendants("figure").Select(figure => figure.Element("h3")!.Value));
        Assert.Contains("named .html", Assert.Throws<ArgumentException>(() => history.SaveReport(folder.File("run.pdf"))).Message, StringComparison.Ordinal);
        Assert.Contains("named .html", Assert.Throws<ArgumentException>(() => Demand().SaveReport(folder.File("run"))).Message, StringComparison.Ordinal);
    }

    /// <summary>As a reader opens it: light and dark, wide and narrow, without a word on the console and without a request.</summary>
    [ChromiumTheory]
    [InlineData(1300, false)]
    [InlineData(500, true)]
    public void A_browser_opens_it_without_errors_and_without_requests(int width, bool isDark)
    {
        using var folder = new TemporaryFolder();
        Demand().SaveReport(folder.File("demand.html"), Trained());
        var opened = OpenedPage.In(folder, folder.File("demand.html"), width, isDark);
        foreach (var section in (string[])["Summary", "Forecasts against what came", "Errors", "Intervals", "Data", "Model"])
            Assert.Contains($">{section}</h2>", opened.Dom, StringComparison.Ordinal);
        Assert.Empty(opened.Console);
        Assert.Empty(opened.Requests);
        Assert.True(opened.PictureBytes > 20_000, "The picture is empty.");
    }

    /// <summary>That the other test would see what it looks for.</summary>
    [ChromiumTheory]
    [InlineData(800)]
    public void A_browser_tells_of_errors_and_of_requests(int width)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("page.html"), "<!DOCTYPE html><img src='http://example.invalid/x.png'><script>console.error('seen')</script>");
        var opened = OpenedPage.In(folder, folder.File("page.html"), width, isDark: false);
        Assert.Contains("seen", Assert.Single(opened.Console), StringComparison.Ordinal);
        Assert.NotEmpty(opened.Requests);
    }

    private static XElement Page(string path)
    {
        var page = XDocument.Load(path).Root!;
        Assert.Equal("html", page.Name.LocalName);
        return page;
    }

    private static History Trained()
    {
        var history = new History();
        history.Begin(["loss", "val_loss"]);
        for (var epoch = 0; epoch < 6; epoch++)
            history.Add(epoch, new Dictionary<string, double> { ["loss"] = 1.0 / (epoch + 1), ["val_loss"] = 1.2 / (epoch + 1) }, TimeSpan.FromSeconds(1));
        return history;
    }

    // Half-hourly demand in Melbourne over a change of clocks, forecast from the day and the week before.
    private static BacktestResult Demand()
    {
        var series = TimeSeries.ReadCsv(Path.Combine(AppContext.BaseDirectory, "data", "vic_electricity-2012-autumn.csv"), time: "Time",
            values: [new("Demand", "MW"), new("Temperature", "°C")], zone: "Australia/Melbourne");
        var plan = new ForecastPlan
        {
            Window = 96,
            Horizon = 48,
            Seasons = [48, 336],
            MaseLag = 48,
            Levels = [0.1, 0.5, 0.9],
            JoinsFuture = true,
            Columns = [new("Demand", ForecastRole.Target), new("Temperature", ForecastRole.Known)],
        };
        var model = new FakeForecaster(plan, (row, step, _) =>
        {
            var middle = 0.5 * (series[row + 1 + step - 48, 0] + series[row + 1 + step - 336, 0]);
            return [middle - 200 - (3 * step), middle, middle + 200 + (3 * step)];
        }, series.TimeAt(400))
        { Description = "a blend\nof two" };
        return Backtest.Run(model, series, origins: 10, stride: TimeStep.Days(1));
    }
}
