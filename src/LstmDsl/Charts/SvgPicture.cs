using System.Text;

namespace LstmDsl;

/// <summary>Writes a chart as SVG: one text without scripts, outside styles or anything that differs from one run to the next.</summary>
internal static class SvgPicture
{
    /// <summary>The colour of titles and of marks without one.</summary>
    public const string Ink = "#1F2937";

    /// <summary>The colour of ticks' labels.</summary>
    public const string Quiet = "#4B5563";

    /// <summary>The colour of lines behind the data.</summary>
    public const string Grid = "#E5E7EB";

    /// <summary>The colour of axes.</summary>
    public const string AxisLine = "#9CA3AF";

    /// <summary>The colour of the ground, and of the seams that set things apart from what they stand on.</summary>
    public const string Ground = "#FFFFFF";

    private const string Fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";
    private const double Edge = 20;
    private const double BandOpacity = 0.2;

    // From a text's middle down to its baseline.
    private const double ToBaseline = 0.36 * ChartLayout.FontSize;

    /// <summary>Draws a chart.</summary>
    public static string Draw(LineChart chart)
    {
        var layout = new ChartLayout(chart);
        var svg = new SvgText();
        Begin(svg, chart.Width, layout.PictureHeight, chart.Title ?? string.Join(", ", chart.Series.Select(series => series.Name)));
        DrawChart(svg, chart, layout);
        svg.Line($"</svg>");
        return svg.ToString();
    }

    /// <summary>Draws charts of one width below each other.</summary>
    /// <param name="charts">The charts.</param>
    /// <param name="title">What the picture is called.</param>
    public static string DrawStack(IReadOnlyList<LineChart> charts, string title)
    {
        ChartLayout[] layouts = [.. charts.Select(chart => new ChartLayout(chart))];
        var svg = new SvgText();
        Begin(svg, charts[0].Width, layouts.Sum(layout => layout.PictureHeight), title);
        var top = 0.0;
        foreach (var (chart, layout) in charts.Zip(layouts))
        {
            svg.Line($"""<g transform="translate(0 {top})">""");
            DrawChart(svg, chart, layout);
            svg.Line($"</g>");
            top += layout.PictureHeight;
        }

        svg.Line($"</svg>");
        return svg.ToString();
    }

    private static void Begin(SvgText svg, double width, double height, string title)
    {
        var size = SvgText.Format($"""width="{width}" height="{height}" """);
        svg.Line($"""<svg xmlns="http://www.w3.org/2000/svg" {size}viewBox="0 0 {width} {height}" role="img" """);
        svg.Line($"""     font-family="{Fonts}" font-size="{ChartLayout.FontSize}">""");
        svg.Line($"<title>{title}</title>");
        svg.Line($"""<rect {size}fill="{Ground}"/>""");
    }

    private static void DrawChart(SvgText svg, LineChart chart, ChartLayout layout)
    {
        var plot = layout.Plot;
        if (chart.Title is { } title) Text(svg, Edge, Edge + ChartLayout.TitleSize - 3, "start", Ink, title, Heading);
        DrawLegend(svg, chart, layout);
        DrawAxes(svg, layout);
        DrawAxisLabels(svg, chart, layout);
        foreach (var band in chart.Bands) DrawBand(svg, band, layout);
        var strokes = chart.Series.Select(series => ChartPath.Strokes(series, layout)).ToArray();
        for (var i = 0; i < strokes.Length; i++) DrawSeries(svg, chart.Series[i].Style, strokes[i]);
        DrawMarks(svg, chart, layout, [.. strokes.SelectMany(found => found)]);
        if (!layout.HasPoints)
            Text(svg, Middle(plot.Left, plot.Right), Middle(plot.Top, plot.Bottom), "middle", Quiet, "no finite values to draw");
    }

    private static SvgText.Raw Heading => SvgText.Format($""" font-size="{ChartLayout.TitleSize}" font-weight="600" """);

    // A white seam keeps the letters apart from whatever they stand on.
    private static SvgText.Raw Seam =>
        SvgText.Format($""" font-weight="600" stroke="{Ground}" stroke-width="4" stroke-linejoin="round" paint-order="stroke" """);

    private static void DrawLegend(SvgText svg, LineChart chart, ChartLayout layout)
    {
        foreach (var (line, band, at) in layout.LegendItems)
        {
            if (band is not null) svg.Line($"""<path d="M{at.X} {at.Y - 6}h26v12h-26z" {Fill(band, chart.Bands)}/>""");
            else svg.Line($"""<path d="M{at.X} {at.Y}h26" {Stroke(line!.Style)}/>""");
            if (line?.Style.Markers == true) DrawDot(svg, new(at.X + 13, at.Y), line.Style);
            Text(svg, at.X + ChartLayout.LegendSample, at.Y + ToBaseline, "start", Ink, line?.Name ?? band!.Name);
        }
    }

    // Along the upper line and back along the lower one, between gaps; a single pair of points is a line.
    private static void DrawBand(SvgText svg, ChartBand band, ChartLayout layout)
    {
        foreach (var (above, below) in ChartPath.Bands(band, layout))
        {
            var edge = above.Count == 1 ? SvgText.Format($""" stroke="{band.Color}" stroke-opacity="{BandOpacity}" stroke-width="3" """) : default;
            svg.Line($"""<path d="{Path([.. above, .. Enumerable.Reverse(below)])}Z" {Fill(band, [band])}{edge}/>""");
        }
    }

    // As it looks where it lies on the wider bands of its colour.
    private static SvgText.Raw Fill(ChartBand band, IReadOnlyList<ChartBand> all)
    {
        var layers = all.Count(other => other.Color == band.Color && other.MeanWidth >= band.MeanWidth);
        return SvgText.Format($"""fill="{band.Color}" fill-opacity="{1 - Math.Pow(1 - BandOpacity, Math.Max(layers, 1))}" """);
    }

    private static void DrawAxes(SvgText svg, ChartLayout layout)
    {
        var plot = layout.Plot;
        foreach (var tick in layout.Y.Ticks)
        {
            var y = layout.AtY(tick.Value);
            svg.Line($"""<path d="M{plot.Left} {y}H{plot.Right}" stroke="{Grid}"/>""");
            Text(svg, plot.Left - 9, y + ToBaseline, "end", Quiet, tick.Label);
        }

        var firstRow = plot.Bottom + 19;
        var secondRow = firstRow + (1.25 * ChartLayout.FontSize);
        foreach (var tick in layout.X.Ticks)
        {
            var x = layout.AtX(tick.Value);
            svg.Line($"""<path d="M{x} {plot.Bottom}v5" stroke="{AxisLine}"/>""");
            Text(svg, x, firstRow, "middle", Quiet, tick.Label);
            if (tick.Context is { Length: > 0 } context) Text(svg, x, secondRow, "middle", Quiet, context);
        }

        svg.Line($"""<path d="M{plot.Left} {plot.Bottom}H{plot.Right}" stroke="{AxisLine}"/>""");
    }

    private static void DrawAxisLabels(SvgText svg, LineChart chart, ChartLayout layout)
    {
        var plot = layout.Plot;
        if (chart.XLabel is { } xLabel) Text(svg, Middle(plot.Left, plot.Right), layout.PictureHeight - 12, "middle", Ink, xLabel);
        if (chart.YLabel is not { } yLabel) return;
        var (x, y) = (Edge + 4, Middle(plot.Top, plot.Bottom));
        Text(svg, x, y, "middle", Ink, yLabel, SvgText.Format($""" transform="rotate(-90 {x} {y})" """));
    }

    private static void DrawSeries(SvgText svg, LineStyle style, List<List<PicturePoint>> strokes)
    {
        foreach (var stroke in strokes.Where(stroke => stroke.Count > 1)) svg.Line($"""<path d="{Path(stroke)}" {Stroke(style)}/>""");

        // A point between two gaps would be invisible without its dot.
        foreach (var stroke in strokes.Where(stroke => style.Markers || stroke.Count == 1))
        {
            foreach (var point in stroke) DrawDot(svg, point, style);
        }
    }

    private static void DrawMarks(SvgText svg, LineChart chart, ChartLayout layout, IReadOnlyList<IReadOnlyList<PicturePoint>> strokes)
    {
        var taken = new List<PictureBox>();
        foreach (var mark in chart.Marks.Where(mark => layout.CanDraw(mark.X, mark.Y)))
        {
            var at = layout.At(mark.X, mark.Y);
            var box = LabelPlacement.Find(at, mark.Label, layout.Plot, strokes, taken);
            taken.Add(box);
            svg.Line($"""<path d="M{at.X} {at.Y}V{layout.Plot.Bottom}" stroke="{mark.Color}" stroke-dasharray="2 3"/>""");
            svg.Line($"""<circle cx="{at.X}" cy="{at.Y}" r="5.5" fill="{Ground}" stroke="{mark.Color}" stroke-width="2.5"/>""");
            Text(svg, Middle(box.Left, box.Right), Middle(box.Top, box.Bottom) + ToBaseline, "middle", Ink, mark.Label, Seam);
        }
    }

    private static void DrawDot(SvgText svg, PicturePoint at, LineStyle style) =>
        svg.Line($"""<circle cx="{at.X}" cy="{at.Y}" r="{style.Width + 1.2}" fill="{style.Color}" stroke="{Ground}"/>""");

    private static void Text(SvgText svg, double x, double y, string anchor, string color, string content, SvgText.Raw attributes = default) =>
        svg.Line($"""<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{color}"{attributes}>{content}</text>""");

    private static string Path(List<PicturePoint> stroke)
    {
        var path = new StringBuilder();
        foreach (var point in stroke)
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(ChartText.Number(point.X));
            path.Append(' ').Append(ChartText.Number(point.Y));
        }

        return path.ToString();
    }

    private static SvgText.Raw Stroke(LineStyle style)
    {
        var ends = style.Dashed ? "stroke-linecap=\"butt\" stroke-dasharray=\"7 5\"" : "stroke-linecap=\"round\"";
        return SvgText.Format(
            $"""fill="none" stroke="{style.Color}" stroke-width="{style.Width}" stroke-linejoin="round" {new SvgText.Raw(ends)}""");
    }

    private static double Middle(double from, double to) => (from + to) / 2;
}
