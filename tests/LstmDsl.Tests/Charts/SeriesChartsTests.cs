using System.Xml.Linq;

namespace LstmDsl.Tests;

/// <summary>Pictures of series, and bands behind lines.</summary>
public sealed class SeriesChartsTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Each_column_has_an_axis_of_its_own_and_all_begin_at_one_place()
    {
        using var folder = new TemporaryFolder();
        var values = new double[50, 2];
        for (int row = 0; row < 50; row++) (values[row, 0], values[row, 1]) = (row % 7, 1e6 + (1e5 * row));
        var series = TimeSeries.FromArrays(values, ["small", "large"], new DateTime(2024, 1, 1), TimeSpan.FromHours(1));
        series.SaveChart(folder.File("both.svg"));
        var svg = XElement.Load(folder.File("both.svg"));
        XElement[] panels = [.. svg.Elements(Svg + "g")];
        Assert.Equal(2, panels.Length);
        Assert.Equal(["small", "large"], panels.Select(panel => panel.Elements(Svg + "text").First().Value));
        Assert.Single(panels.Select(Line).Select(path => path.Attribute("d")!.Value.Split(' ')[0]).Distinct());
        Assert.Equal("480", svg.Attribute("height")!.Value);

        series.SaveChart(folder.File("one.svg"), ["large"]);
        Assert.Empty(XElement.Load(folder.File("one.svg")).Elements(Svg + "g"));
        Assert.Contains("'lrge' is no column", Assert.Throws<ArgumentException>(() => series.SaveChart(folder.File("x.svg"), ["lrge"])).Message, StringComparison.Ordinal);
        Assert.Contains("makes a PNG of it", Assert.Throws<ArgumentException>(() => series.SaveChart(folder.File("x.png"))).Message, StringComparison.Ordinal);
        Assert.Equal(["both.svg", "one.svg"], folder.Names.Order());
    }

    [Fact]
    public void Categories_are_not_drawn_unless_they_are_named_and_holes_are_gaps()
    {
        using var folder = new TemporaryFolder();
        using var file = new TemporaryFile("day,rain,kind\n2020-01-01,1,a\n2020-01-02,2,b\n2020-01-03,,a\n2020-01-04,2,b\n2020-01-05,1,a\n");
        var series = TimeSeries.ReadCsv(file.Path, time: "day", values: ["rain", "kind"], categories: ["kind"], missing: Missing.Hole);
        series.SaveChart(folder.File("rain.svg"));
        var svg = XElement.Load(folder.File("rain.svg"));
        Assert.DoesNotContain(svg.Descendants(Svg + "text"), text => text.Value == "kind");
        Assert.Equal(2, svg.Elements(Svg + "path").Count(path => path.Attribute("stroke")?.Value == "#0072B2"));
        series.SaveChart(folder.File("both.svg"), ["rain", "kind"]);
        Assert.Equal(2, XElement.Load(folder.File("both.svg")).Elements(Svg + "g").Count());
    }

    [Fact]
    public void A_band_is_filled_behind_the_lines_in_the_colour_of_the_last()
    {
        double[] middle = [1, 2, 3, 4], low = [0, 1, double.NaN, 2], high = [2, 3, double.NaN, 9];
        var svg = XElement.Parse(new LineChart().Add("measured", middle).Add("forecast", middle).AddBand("80 %", low, high).ToSvg());
        XElement[] paths = [.. svg.Elements(Svg + "path")];
        XElement[] fills = [.. paths.Where(path => path.Attribute("fill")?.Value == "#D55E00")];
        Assert.Equal(3, fills.Length);
        Assert.EndsWith("Z", fills[1].Attribute("d")!.Value, StringComparison.Ordinal);
        int lastFill = Array.IndexOf(paths, fills[^1]), firstLine = Array.FindLastIndex(paths, path => path.Attribute("stroke-width")?.Value == "2") - 1;
        Assert.True(lastFill < firstLine);
        Assert.Contains(svg.Elements(Svg + "text"), text => text.Value == "80 %");

        // The axis reaches as far as the band does.
        Assert.Contains(svg.Elements(Svg + "text"), text => text.Value is "9" or "10");
    }

    [Fact]
    public void The_legend_shows_a_narrow_band_as_it_looks_on_the_wide_one()
    {
        double[] middle = [1, 2, 3, 4];
        foreach (bool narrowFirst in new[] { true, false })
        {
            var chart = new LineChart().Add("forecast", middle);
            double[] widths = narrowFirst ? [1, 2] : [2, 1];
            foreach (double width in widths) chart.AddBand($"{width}", [.. middle.Select(value => value - width)], [.. middle.Select(value => value + width)]);
            string[] opacities = [.. XElement.Parse(chart.ToSvg()).Elements(Svg + "path").Select(path => path.Attribute("fill-opacity")?.Value).OfType<string>().Take(2)];
            Assert.Equal(narrowFirst ? ["0.36", "0.2"] : ["0.2", "0.36"], opacities);
        }
    }

    [Fact]
    public void Quantiles_of_a_forecast_make_a_band_over_its_dates()
    {
        ForecastPoint[] forecast = [.. Enumerable.Range(0, 5).Select(hour => new ForecastPoint(new DateTime(2024, 1, 1).AddHours(hour), 5) { Values = [4 - hour, 5, 6 + hour] })];
        var chart = new LineChart().Add("forecast", forecast).AddBand("80 %", forecast, low: 0, high: 2);
        Assert.Equal([6, 7, 8, 9, 10], chart.Bands[0].High);
        Assert.Throws<ArgumentOutOfRangeException>(() => chart.AddBand("90 %", forecast, 0, 3));
        Assert.Throws<InvalidOperationException>(() => chart.AddBand("90 %", [1.0], [2]));
        Assert.Contains("4 places along the axis for 3 low and 4 high", Assert.Throws<ArgumentException>(() => new LineChart().AddBand("a", [1, 2, 3, 4], [1, 2, 3], [1.0, 2, 3, 4])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_of_seasons_marks_them()
    {
        using var folder = new TemporaryFolder();
        double[] load = [.. Enumerable.Range(0, 1_000).Select(hour => Math.Sin(hour * Math.Tau / 24))];
        TimeSeries.FromArrays(load, new DateTime(2020, 1, 6), TimeSpan.FromHours(1)).Autocorrelation().SaveChart(folder.File("seasons.svg"));
        var svg = XElement.Load(folder.File("seasons.svg"));
        Assert.Contains(svg.Elements(Svg + "text"), text => text.Value == "24 rows (1 day)");
        Assert.Single(svg.Elements(Svg + "circle"));
    }

    private static XElement Line(XElement panel) => panel.Elements(Svg + "path").Last(path => path.Attribute("stroke")?.Value == "#0072B2");
}
