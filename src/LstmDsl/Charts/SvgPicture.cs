using System.Text;

namespace LstmDsl;

/// <summary>Writes a chart as SVG: one text without scripts, styles from elsewhere or anything that differs from one run to the next.</summary>
internal static class SvgPicture
{
    /// <summary>The colour of titles and of marks without one.</summary>
    public const string Ink = "#1F2937";

    private const string Quiet = "#4B5563";
    private const string Grid = "#E5E7EB";
    private const string AxisLine = "#9CA3AF";
    private const string Fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";
    private const double Edge = 20;

    /// <summary>Draws a chart.</summary>
    public static string Draw(LineChart chart)
    {
        var layout = new ChartLayout(chart);
        var svg = new SvgText();
        svg.Line($"""<svg xmlns="http://www.w3.org/2000/svg" width="{chart.Width}" height="{chart.Height}" viewBox="0 0 {chart.Width} {chart.Height}" role="img" font-family="{Fonts}" font-size="{ChartLayout.FontSize}">""");
        svg.Line($"<title>{chart.Title ?? string.Join(", ", chart.Series.Select(series => series.Name))}</title>");
        svg.Line($"""<rect width="{chart.Width}" height="{chart.Height}" fill="#FFFFFF"/>""");
        if (chart.Title is { } title)
            svg.Line($"""<text x="{Edge}" y="{Edge + ChartLayout.TitleSize - 3}" font-size="{ChartLayout.TitleSize}" font-weight="600" fill="{Ink}">{title}</text>""");
        DrawLegend(svg, layout);
        DrawAxes(svg, layout, chart);
        var strokes = chart.Series.Select(series => ChartPath.Strokes(series, layout)).ToArray();
        for (var i = 0; i < strokes.Length; i++) DrawSeries(svg, chart.Series[i], strokes[i], layout);
        DrawMarks(svg, chart, layout, [.. strokes.SelectMany(found => found)]);
        if (!layout.HasPoints)
        {
            svg.Line($"""<text x="{Middle(layout.Plot.Left, layout.Plot.Right)}" y="{Middle(layout.Plot.Top, layout.Plot.Bottom)}" text-anchor="middle" fill="{Quiet}">no finite values to draw</text>""");
        }

        svg.Line($"</svg>");
        return svg.ToString();
    }

    private static void DrawLegend(SvgText svg, ChartLayout layout)
    {
        foreach (var (series, at) in layout.LegendItems)
        {
            svg.Line($"""<path d="M{at.X} {at.Y}h26" {Stroke(series.Style)}/>""");
            if (series.Style.Markers) DrawDot(svg, new(at.X + 13, at.Y), series.Style);
            svg.Line($"""<text x="{at.X + ChartLayout.LegendSample}" y="{at.Y + 4.5}" fill="{Ink}">{series.Name}</text>""");
        }
    }

    private static void DrawAxes(SvgText svg, ChartLayout layout, LineChart chart)
    {
        var plot = layout.Plot;
        foreach (var tick in layout.Y.Ticks)
        {
            var y = layout.AtY(tick.Value);
            svg.Line($"""<path d="M{plot.Left} {y}H{plot.Right}" stroke="{Grid}"/>""");
            svg.Line($"""<text x="{plot.Left - 9}" y="{y + 4.5}" text-anchor="end" fill="{Quiet}">{tick.Label}</text>""");
        }

        foreach (var tick in layout.X.Ticks)
        {
            var x = layout.AtX(tick.Value);
            svg.Line($"""<path d="M{x} {plot.Bottom}v5" stroke="{AxisLine}"/>""");
            svg.Line($"""<text x="{x}" y="{plot.Bottom + 19}" text-anchor="middle" fill="{Quiet}">{tick.Label}</text>""");
            if (tick.Context is { } context)
                svg.Line($"""<text x="{x}" y="{plot.Bottom + 19 + (1.25 * ChartLayout.FontSize)}" text-anchor="middle" fill="{Quiet}">{context}</text>""");
        }

        svg.Line($"""<path d="M{plot.Left} {plot.Bottom}H{plot.Right}" stroke="{AxisLine}"/>""");
        if (chart.XLabel is { } xLabel)
            svg.Line($"""<text x="{Middle(plot.Left, plot.Right)}" y="{chart.Height - 12}" text-anchor="middle" fill="{Ink}">{xLabel}</text>""");
        if (chart.YLabel is { } yLabel)
        {
            var middle = Middle(plot.Top, plot.Bottom);
            svg.Line($"""<text x="{Edge + 4}" y="{middle}" transform="rotate(-90 {Edge + 4} {middle})" text-anchor="middle" fill="{Ink}">{yLabel}</text>""");
        }
    }

    private static void DrawSeries(SvgText svg, ChartSeries series, List<List<PicturePoint>> strokes, ChartLayout layout)
    {
        foreach (var stroke in strokes.Where(stroke => stroke.Count > 1))
        {
            var path = new StringBuilder();
            foreach (var point in stroke) path.Append(path.Length == 0 ? 'M' : 'L').Append(ChartText.Number(point.X)).Append(' ').Append(ChartText.Number(point.Y));
            svg.Line($"""<path d="{path}" {Stroke(series.Style)}/>""");
        }

        // A point between two gaps would be invisible without its dot.
        foreach (var stroke in strokes.Where(stroke => series.Style.Markers || stroke.Count == 1))
        {
            foreach (var point in stroke) DrawDot(svg, point, series.Style);
        }
    }

    private static void DrawDot(SvgText svg, PicturePoint at, LineStyle style) =>
        svg.Line($"""<circle cx="{at.X}" cy="{at.Y}" r="{style.Width + 1.2}" fill="{style.Color}" stroke="#FFFFFF"/>""");

    private static void DrawMarks(SvgText svg, LineChart chart, ChartLayout layout, IReadOnlyList<IReadOnlyList<PicturePoint>> strokes)
    {
        var taken = new List<PictureBox>();
        foreach (var mark in chart.Marks.Where(mark => layout.CanDraw(mark.X, mark.Y)))
        {
            var at = layout.At(mark.X, mark.Y);
            var box = LabelPlacement.Find(at, mark.Label, layout.Plot, strokes, taken);
            taken.Add(box);
            svg.Line($"""<path d="M{at.X} {at.Y}V{layout.Plot.Bottom}" stroke="{mark.Color}" stroke-dasharray="2 3"/>""");
            svg.Line($"""<circle cx="{at.X}" cy="{at.Y}" r="5.5" fill="#FFFFFF" stroke="{mark.Color}" stroke-width="2.5"/>""");
            svg.Line($"""<text x="{Middle(box.Left, box.Right)}" y="{box.Bottom - (0.35 * ChartLayout.FontSize)}" text-anchor="middle" font-weight="600" fill="{Ink}" stroke="#FFFFFF" stroke-width="4" stroke-linejoin="round" paint-order="stroke">{mark.Label}</text>""");
        }
    }

    private static SvgText.Raw Stroke(LineStyle style) => SvgText.Format(
        $"""fill="none" stroke="{style.Color}" stroke-width="{style.Width}" stroke-linejoin="round" stroke-linecap="{(style.Dashed ? "butt" : "round")}"{(style.Dashed ? new SvgText.Raw(" stroke-dasharray=\"7 5\"") : new SvgText.Raw(""))}""");

    private static double Middle(double from, double to) => (from + to) / 2;
}
