using System.Text;

namespace LstmDsl;

/// <summary>
/// Lines over numbers or dates as an SVG picture: loss curves, a series, a forecast beside what came. Values that are not numbers leave
/// gaps. Texts are English, numbers and dates culture-free.
/// </summary>
/// <example>
/// <code>
/// new LineChart { Title = "Five days ahead", YLabel = "°C" }
///     .Add("measured", days, measured)
///     .Add("forecast", model.Forecast(series, steps: 5), LineStyle.Dots)
///     .Save("forecast.svg");
/// </code>
/// </example>
public sealed class LineChart
{
    /// <summary>Okabe and Ito's colours, those that stand out on white: they differ for every kind of colour vision.</summary>
    internal static readonly IReadOnlyList<string> Palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

    private readonly List<ChartSeries> series = [];
    private readonly List<ChartMark> marks = [];
    private readonly List<ChartBand> bands = [];
    private bool? hasDates;
    private int width = 860;
    private int height = 460;

    /// <summary>Stands above the chart; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>Stands under the horizontal axis; null for none.</summary>
    public string? XLabel { get; init; }

    /// <summary>Stands beside the vertical axis; null for none.</summary>
    public string? YLabel { get; init; }

    /// <summary>Whether the vertical axis is logarithmic; values that are not positive then leave gaps.</summary>
    public bool LogarithmicY { get; init; }

    /// <summary>Width in pixels, at least 320.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 320.</exception>
    public int Width
    {
        get => width;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 320);
            width = value;
        }
    }

    /// <summary>Height in pixels, at least 240; a legend of more than two rows adds to it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 240.</exception>
    public int Height
    {
        get => height;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 240);
            height = value;
        }
    }

    /// <summary>The lines, in the order in which they were added.</summary>
    internal IReadOnlyList<ChartSeries> Series => series;

    /// <summary>The bands behind the lines.</summary>
    internal IReadOnlyList<ChartBand> Bands => bands;

    /// <summary>Where the plot's left end stands at least, in pixels: charts above each other share it.</summary>
    internal double LeastLeft { get; init; }

    /// <summary>The marked points.</summary>
    internal IReadOnlyList<ChartMark> Marks => marks;

    /// <summary>Whether the horizontal axis is one of dates.</summary>
    internal bool HasDates => hasDates == true;

    /// <summary>Adds a line over the values' indices, from 0.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="values">Its values.</param>
    /// <param name="style">How it is drawn; a plain line where it is not given.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="InvalidOperationException">The chart's other lines have dates.</exception>
    public LineChart Add(string name, IReadOnlyList<double> values, LineStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Add(name, [.. Enumerable.Range(0, values.Count).Select(index => (double)index)], values, style, dates: false);
    }

    /// <summary>Adds a line over numbers.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="x">Where each value stands.</param>
    /// <param name="y">The values, as many.</param>
    /// <param name="style">How it is drawn; a plain line where it is not given.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    /// <exception cref="InvalidOperationException">The chart's other lines have dates.</exception>
    public LineChart Add(string name, IReadOnlyList<double> x, IReadOnlyList<double> y, LineStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Add(name, [.. x], y, style, dates: false);
    }

    /// <summary>Adds a line over dates.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="times">When each value was.</param>
    /// <param name="y">The values, as many.</param>
    /// <param name="style">How it is drawn; a plain line where it is not given.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    /// <exception cref="InvalidOperationException">The chart's other lines have numbers.</exception>
    public LineChart Add(string name, IReadOnlyList<DateTime> times, IReadOnlyList<double> y, LineStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(times);
        return Add(name, [.. times.Select(DateTicks.ToNumber)], y, style, dates: true);
    }

    /// <summary>Adds a forecast: over its dates, or over the steps ahead (from 1) where it has none.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="forecast">The forecast.</param>
    /// <param name="style">How it is drawn; a plain line where it is not given.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="InvalidOperationException">The chart's other lines have dates where this has none, or the reverse.</exception>
    public LineChart Add(string name, IReadOnlyList<ForecastPoint> forecast, LineStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        double[] values = [.. forecast.Select(point => point.Value)];
        return forecast.Count > 0 && forecast.All(point => point.Time is not null)
            ? Add(name, [.. forecast.Select(point => point.Time!.Value.DateTime)], values, style)
            : Add(name, [.. Enumerable.Range(1, values.Length).Select(step => (double)step)], values, style);
    }

    /// <summary>Fills what lies between two lines over the values' indices, from 0, behind all lines.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="low">The lower line.</param>
    /// <param name="high">The upper one, as many values.</param>
    /// <param name="color">The colour, in any of CSS's notations; that of the line added last where it is not given.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    /// <exception cref="InvalidOperationException">The chart's lines have dates.</exception>
    public LineChart AddBand(string name, IReadOnlyList<double> low, IReadOnlyList<double> high, string? color = null)
    {
        ArgumentNullException.ThrowIfNull(low);
        return AddBand(name, [.. Enumerable.Range(0, low.Count).Select(index => (double)index)], low, high, color, dates: false);
    }

    /// <summary>Fills what lies between two lines over numbers, behind all lines.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="x">Where each value stands.</param>
    /// <param name="low">The lower line, as many values.</param>
    /// <param name="high">The upper one, as many values.</param>
    /// <param name="color">The colour, in any of CSS's notations; that of the line added last where it is not given.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="ArgumentException">They differ in length.</exception>
    /// <exception cref="InvalidOperationException">The chart's lines have dates.</exception>
    public LineChart AddBand(string name, IReadOnlyList<double> x, IReadOnlyList<double> low, IReadOnlyList<double> high, string? color = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        return AddBand(name, [.. x], low, high, color, dates: false);
    }

    /// <summary>Fills what lies between two lines over dates, behind all lines.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="times">When each value was.</param>
    /// <param name="low">The lower line, as many values.</param>
    /// <param name="high">The upper one, as many values.</param>
    /// <param name="color">The colour, in any of CSS's notations; that of the line added last where it is not given.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="ArgumentException">They differ in length.</exception>
    /// <exception cref="InvalidOperationException">The chart's lines have numbers.</exception>
    public LineChart AddBand(
        string name, IReadOnlyList<DateTime> times, IReadOnlyList<double> low, IReadOnlyList<double> high, string? color = null)
    {
        ArgumentNullException.ThrowIfNull(times);
        return AddBand(name, [.. times.Select(DateTicks.ToNumber)], low, high, color, dates: true);
    }

    /// <summary>
    /// Fills what lies between two quantiles of a forecast, behind all lines: over its dates, or over the steps ahead (from 1).
    /// </summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="forecast">The forecast, each point with all its quantiles in <see cref="ForecastPoint.Values"/>.</param>
    /// <param name="low">The place of the lower quantile among the values.</param>
    /// <param name="high">The place of the upper one.</param>
    /// <param name="color">The colour, in any of CSS's notations; that of the line added last where it is not given.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A point has no such value.</exception>
    /// <exception cref="InvalidOperationException">The chart's lines have dates where this has none, or the reverse.</exception>
    public LineChart AddBand(string name, IReadOnlyList<ForecastPoint> forecast, int low, int high, string? color = null)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        var fewest = forecast.Count == 0 ? int.MaxValue : forecast.Min(point => point.Values.Count);
        foreach (var (place, parameter) in new[] { (low, nameof(low)), (high, nameof(high)) })
        {
            if (place < 0 || place >= fewest)
                throw new ArgumentOutOfRangeException(parameter, place, $"The forecast's points have {fewest} values; expected 0 to {fewest - 1}.");
        }
        double[] below = [.. forecast.Select(point => point.Values[low])], above = [.. forecast.Select(point => point.Values[high])];
        return forecast.Count > 0 && forecast.All(point => point.Time is not null)
            ? AddBand(name, [.. forecast.Select(point => point.Time!.Value.DateTime)], below, above, color)
            : AddBand(name, [.. Enumerable.Range(1, below.Length).Select(step => (double)step)], below, above, color);
    }

    /// <summary>Puts a ring around a point and a label beside it, where it hides as little as possible.</summary>
    /// <param name="x">Where the point stands.</param>
    /// <param name="y">Its value.</param>
    /// <param name="label">The label.</param>
    /// <param name="color">The ring's colour, in any of CSS's notations; dark grey where it is not given.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="InvalidOperationException">The chart's lines have dates.</exception>
    public LineChart Mark(double x, double y, string label, string? color = null) => Mark(x, y, label, color, dates: false);

    /// <summary>Puts a ring around a point and a label beside it, where it hides as little as possible.</summary>
    /// <param name="time">When the point was.</param>
    /// <param name="y">Its value.</param>
    /// <param name="label">The label.</param>
    /// <param name="color">The ring's colour, in any of CSS's notations; dark grey where it is not given.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="InvalidOperationException">The chart's lines have numbers.</exception>
    public LineChart Mark(DateTime time, double y, string label, string? color = null) =>
        Mark(DateTicks.ToNumber(time), y, label, color, dates: true);

    /// <summary>The picture as SVG text.</summary>
    public string ToSvg() => SvgPicture.Draw(this);

    /// <summary>Writes the picture; an existing file is replaced as a whole.</summary>
    /// <param name="path">The file, named <c>.svg</c>; its folder must exist.</param>
    /// <exception cref="ArgumentException">The path does not end in <c>.svg</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        RequireSvg(path);
        Save(path, ToSvg());
    }

    /// <summary>Writes a picture; an existing file is replaced as a whole.</summary>
    internal static void Save(string path, string svg)
    {
        RequireSvg(path);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(svg)));
    }

    private static void RequireSvg(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"A chart is an SVG picture, so that its file is named .svg; found \"{path}\". "
                + "A browser shows it, and rsvg-convert or Inkscape makes a PNG of it.", nameof(path));
        }
    }

    private LineChart Add(string name, double[] x, IReadOnlyList<double> y, LineStyle? style, bool dates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Length != y.Count)
            throw new ArgumentException($"The line \"{name}\" has {x.Length} places along the axis for {y.Count} values.", nameof(y));
        RequireAxis(dates, $"the line \"{name}\"");
        style ??= LineStyle.Solid;

        // A second round of the palette is told from the first by its dashes.
        var index = series.Count(other => Palette.Contains(other.Style.Color));
        if (style.Color is null)
            style = style with { Color = Palette[index % Palette.Count], Dashed = style.Dashed || index >= Palette.Count };
        series.Add(new(name, x, [.. y], style));
        return this;
    }

    private LineChart AddBand(string name, double[] x, IReadOnlyList<double> low, IReadOnlyList<double> high, string? color, bool dates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        if (x.Length != low.Count || x.Length != high.Count)
        {
            throw new ArgumentException(
                $"The band \"{name}\" has {x.Length} places along the axis for {low.Count} low and {high.Count} high values.", nameof(high));
        }
        RequireAxis(dates, $"the band \"{name}\"");
        bands.Add(new(name, x, [.. low], [.. high], color ?? (series.Count > 0 ? series[^1].Style.Color! : Palette[0])));
        return this;
    }

    private LineChart Mark(double x, double y, string label, string? color, bool dates)
    {
        ArgumentNullException.ThrowIfNull(label);
        RequireAxis(dates, $"the mark \"{label}\"");
        marks.Add(new(x, y, label, color ?? SvgPicture.Ink));
        return this;
    }

    private void RequireAxis(bool dates, string what)
    {
        if (hasDates is { } already && already != dates)
        {
            var (axis, place) = already ? ("dates", "numbers") : ("numbers", "dates");
            throw new InvalidOperationException($"The chart's horizontal axis is one of {axis}, but {what} stands at {place}.");
        }

        hasDates = dates;
    }
}
