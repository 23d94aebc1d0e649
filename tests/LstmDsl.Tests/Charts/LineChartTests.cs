using System.Globalization;
using System.Xml.Linq;

namespace LstmDsl.Tests;

public sealed class LineChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Texts_are_escaped_and_numbers_culture_free()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            var svg = Parsed(new LineChart { Title = "a < b & \"c\" \u0001", YLabel = "°C" }.Add("x & y", [-0.25, 0.5]).Add("second", [1, 2]));
            Assert.Equal("a < b & \"c\" \uFFFD", svg.Element(Svg + "title")!.Value);
            Assert.Contains("x & y", Texts(svg));
            Assert.Contains("−0.5", Texts(svg));
            Assert.All(svg.Descendants(Svg + "path"), path => Assert.DoesNotContain(',', path.Attribute("d")!.Value));
            Assert.All(svg.Descendants(Svg + "path"), path => Assert.DoesNotContain('~', path.Attribute("d")!.Value));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Everything_stands_within_the_picture()
    {
        var svg = Parsed(new LineChart { Width = 500, Height = 300, XLabel = "row", Title = "t" }
            .Add("one", [3, 1e4, -2e4, 7], LineStyle.Dots).Add("another", [1, 2, 3, 4]).Mark(2, -2e4, "the lowest of all, with a long label"));
        foreach (var circle in svg.Descendants(Svg + "circle"))
        {
            Assert.InRange(Number(circle, "cx"), 0, 500);
            Assert.InRange(Number(circle, "cy"), 0, 300);
        }

        foreach (var text in svg.Descendants(Svg + "text"))
        {
            Assert.InRange(Number(text, "x"), 0, 500);
            Assert.InRange(Number(text, "y"), 0, 300);
        }
    }

    [Fact]
    public void Values_that_are_no_numbers_leave_gaps()
    {
        var lines = Lines(new LineChart().Add("a", [1, 2, double.NaN, 3, 4, double.PositiveInfinity, 5]));
        Assert.Equal([2, 2], lines.Select(Points));
        Assert.Single(Parsed(new LineChart().Add("a", [1, 2, double.NaN, 3, 4, double.PositiveInfinity, 5])).Descendants(Svg + "circle"));
    }

    [Fact]
    public void On_a_logarithmic_axis_so_do_values_that_are_not_positive()
    {
        var lines = Lines(new LineChart { LogarithmicY = true }.Add("a", [1, 10, 0, 100, 1000, -1, 1, 2]));
        Assert.Equal([2, 2, 2], lines.Select(Points));
    }

    [Fact]
    public void A_chart_of_nothing_says_so()
    {
        Assert.Contains("no finite values to draw", Texts(Parsed(new LineChart().Add("a", [double.NaN]))));
        Assert.Contains("no finite values to draw", Texts(Parsed(new LineChart())));
    }

    [Fact]
    public void A_long_series_keeps_its_extremes_but_not_its_points()
    {
        var values = Enumerable.Range(0, 200_000).Select(i => Math.Sin(i * 0.37)).ToArray();
        values[123_456] = 50;
        var chart = new LineChart().Add("a", values);
        var line = Assert.Single(Lines(chart));
        Assert.InRange(Points(line), 1000, 5 * chart.Width);
        var layout = new ChartLayout(chart);
        Assert.Contains($" {ChartText.Number(layout.AtY(50))}L", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_and_numbers_do_not_share_an_axis()
    {
        DateTime[] times = [new(2015, 1, 1), new(2015, 1, 2)];
        var chart = new LineChart().Add("a", times, [1, 2]);
        Assert.Throws<InvalidOperationException>(() => chart.Add("b", [1, 2]));
        Assert.Throws<InvalidOperationException>(() => chart.Mark(1, 1, "m"));
        Assert.Throws<InvalidOperationException>(() => chart.Add("c", [new ForecastPoint(null, 1)]));
        chart.Add("d", [new ForecastPoint(new DateTimeOffset(2015, 1, 3, 0, 0, 0, TimeSpan.Zero), 1)]);
        Assert.Equal(2, chart.Series.Count);
    }

    [Fact]
    public void Many_legend_rows_leave_the_plot_its_room()
    {
        var chart = new LineChart { Width = 320, Height = 240, XLabel = "step" };
        for (var i = 0; i < 12; i++) chart.Add($"a name that fills a row {i}", [1, 2]);
        var layout = new ChartLayout(chart);
        Assert.True(layout.Plot.Height > 60);
        Assert.Equal(12, layout.LegendItems.Count);
        Assert.All(layout.LegendItems, item => Assert.True(item.At.Y < layout.Plot.Top));
        Assert.Equal(layout.PictureHeight, Number(Parsed(chart), "height"));
    }

    [Fact]
    public void Sizes_and_lengths_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LineChart { Width = 100 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LineChart { Height = 0 });
        Assert.Throws<ArgumentException>(() => new LineChart().Add("a", (double[])[1, 2], (double[])[1]));
        Assert.Throws<ArgumentException>(() => new LineChart().Add("a", [1]).Save("chart.png"));
    }

    [Fact]
    public void The_same_chart_is_the_same_text() =>
        Assert.Equal(new LineChart().Add("a", [1, 2]).ToSvg(), new LineChart().Add("a", [1, 2]).ToSvg());

    [Fact]
    public void A_label_avoids_the_line()
    {
        var chart = new LineChart().Add("a", [0, 10, 0, 90, 0, 100, 100, 100]);
        var layout = new ChartLayout(chart);
        var at = layout.At(3, 90);
        var strokes = ChartPath.Strokes(chart.Series[0], layout);
        var box = LabelPlacement.Find(at, "the best of all", layout.Plot, strokes, []);
        foreach (var (from, to) in strokes[0].Zip(strokes[0].Skip(1)))
        {
            for (var part = 0.0; part <= 1; part += 0.001)
            {
                var (x, y) = (from.X + (part * (to.X - from.X)), from.Y + (part * (to.Y - from.Y)));
                Assert.False(x > box.Left && x < box.Right && y > box.Top && y < box.Bottom);
            }
        }

        var other = LabelPlacement.Find(at, "the best of all", layout.Plot, strokes, [box]);
        Assert.True(other.Left > box.Right || other.Right < box.Left || other.Top > box.Bottom || other.Bottom < box.Top);
    }

    private static XElement Parsed(LineChart chart) => XDocument.Parse(chart.ToSvg()).Root!;

    private static IEnumerable<string> Texts(XElement svg) => svg.Descendants(Svg + "text").Select(text => text.Value);

    private static string[] Lines(LineChart chart) =>
    [
        .. Parsed(chart).Descendants(Svg + "path")
            .Where(path => path.Attribute("stroke-linejoin") is not null).Select(path => path.Attribute("d")!.Value),
    ];

    private static int Points(string line) => line.Count(letter => letter is 'M' or 'L');

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
