namespace LstmDsl;

/// <summary>Where everything on a chart stands: the margins, the axes and the plot that they leave.</summary>
internal sealed class ChartLayout
{
    /// <summary>Size of ticks, legend and labels, in pixels.</summary>
    public const double FontSize = 12.5;

    /// <summary>Size of the title.</summary>
    public const double TitleSize = 17;

    /// <summary>Height of a line of the legend.</summary>
    public const double LegendRow = 20;

    /// <summary>Length of the legend's sample of a line, with the space after it.</summary>
    public const double LegendSample = 34;

    private const double LegendGap = 22;
    private const double Edge = 20;
    private const double RoomForDate = 70;
    private const int RowsWithinHeight = 2;

    // Beyond this the differences between values overflow.
    private const double LargestMagnitude = 1e300;

    private readonly bool logarithmic;

    public ChartLayout(LineChart chart)
    {
        logarithmic = chart.LogarithmicY;
        var points = chart.Series.SelectMany(series => series.X.Zip(series.Y)).Concat(chart.Marks.Select(mark => (mark.X, mark.Y)))
            .Concat(chart.Bands.SelectMany(band => band.X.Zip(band.Low).Concat(band.X.Zip(band.High))))
            .Where(point => CanDraw(point.Item1, point.Item2)).ToArray();
        HasPoints = points.Length > 0;
        if (!HasPoints) points = [(1, 1), (2, 2)];
        var (lowX, highX) = (points.Min(point => point.Item1), points.Max(point => point.Item1));
        var (lowY, highY) = (points.Min(point => point.Item2), points.Max(point => point.Item2));
        LegendItems = Legend(chart, out var legendRows);

        var top = Edge + (chart.Title is null ? 0 : TitleSize + 10) + (legendRows * LegendRow) + 8;
        PictureHeight = chart.Height + (Math.Max(legendRows - RowsWithinHeight, 0) * LegendRow);
        var tickRows = chart.HasDates ? 2.9 : 1.6;
        var bottom = PictureHeight - 14 - ((tickRows + (chart.XLabel is null ? 0 : 1.7)) * FontSize);
        var maxTicksY = Math.Max((int)((bottom - top) / 44), 3);
        Y = logarithmic ? LogarithmicTicks.Rounded(lowY, highY, maxTicksY + 3) : NumberTicks.Rounded(lowY, highY, maxTicksY + 1);

        var left = Edge + (chart.YLabel is null ? 0 : 1.7 * FontSize) + Y.Ticks.Max(tick => ChartText.Width(tick.Label, FontSize)) + 6;
        left = Math.Max(left, chart.LeastLeft);
        var right = chart.Width - Edge - 6;
        Plot = new(left, top, right, bottom);
        var maxTicksX = Math.Max((int)(Plot.Width / (chart.HasDates ? RoomForDate : RoomForNumber(lowX, highX))), 3);
        var wholeNumbers = chart.Series.All(series => Array.TrueForAll(series.X, double.IsInteger));
        X = chart.HasDates ? DateTicks.Padded(lowX, highX, maxTicksX) : NumberTicks.Padded(lowX, highX, maxTicksX, wholeNumbers);
    }

    /// <summary>Height of the whole picture.</summary>
    public double PictureHeight { get; }

    /// <summary>The part that the axes enclose.</summary>
    public PictureBox Plot { get; }

    /// <summary>The horizontal axis.</summary>
    public ChartAxis X { get; }

    /// <summary>The vertical axis.</summary>
    public ChartAxis Y { get; }

    /// <summary>Whether there is anything to draw.</summary>
    public bool HasPoints { get; }

    /// <summary>The legend's entries with the place of each one's left end.</summary>
    public IReadOnlyList<LegendItem> LegendItems { get; }

    /// <summary>Whether a point has a place on the axes.</summary>
    public bool CanDraw(double x, double y) => Math.Abs(x) < LargestMagnitude && Math.Abs(y) < LargestMagnitude && !(logarithmic && y <= 0);

    /// <summary>Where a point stands.</summary>
    public PicturePoint At(double x, double y) => new(AtX(x), AtY(y));

    /// <summary>Where a value of the horizontal axis stands.</summary>
    public double AtX(double x) => Plot.Left + (X.Fraction(x) * Plot.Width);

    /// <summary>Where a value of the vertical axis stands.</summary>
    public double AtY(double y) => Plot.Bottom - (Y.Fraction(y) * Plot.Height);

    private static double RoomForNumber(double low, double high) =>
        30 + new[] { low, high }.Max(value => ChartText.Width(ChartText.Value(Math.Round(value)), FontSize));

    /// <summary>Lays the legend out in rows above the plot, where it covers no data; one line alone needs none.</summary>
    private static List<LegendItem> Legend(LineChart chart, out int rows)
    {
        var items = new List<LegendItem>();
        rows = 0;
        if (chart.Series.Count + chart.Bands.Count < 2) return items;
        rows = 1;
        var x = Edge;
        var top = Edge + (chart.Title is null ? 0 : TitleSize + 10);
        IEnumerable<LegendItem> all =
        [
            .. chart.Series.Select(line => new LegendItem(line, null, default)),
            .. chart.Bands.Select(band => new LegendItem(null, band, default)),
        ];
        foreach (var item in all)
        {
            var width = LegendSample + ChartText.Width(item.Line?.Name ?? item.Band!.Name, FontSize);
            if (x > Edge && x + width > chart.Width - Edge)
            {
                x = Edge;
                rows++;
            }

            items.Add(item with { At = new(x, top + ((rows - 0.5) * LegendRow)) });
            x += width + LegendGap;
        }

        return items;
    }
}
