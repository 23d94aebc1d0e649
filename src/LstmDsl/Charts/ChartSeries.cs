namespace LstmDsl;

/// <summary>The points of one line. Dates are seconds since <see cref="DateTime.MinValue"/>.</summary>
internal sealed record ChartSeries(string Name, double[] X, double[] Y, LineStyle Style);

/// <summary>What lies between two lines.</summary>
internal sealed record ChartBand(string Name, double[] X, double[] Low, double[] High, string Color)
{
    /// <summary>How wide it is, where it is.</summary>
    public double MeanWidth { get; } =
        Low.Zip(High, (low, high) => high - low).Where(double.IsFinite).DefaultIfEmpty(0).Average();
}

/// <summary>An entry of the legend: a line or a band.</summary>
internal readonly record struct LegendItem(ChartSeries? Line, ChartBand? Band, PicturePoint At);

/// <summary>A point that gets a ring and a label.</summary>
internal sealed record ChartMark(double X, double Y, string Label, string Color);

/// <summary>A place on the picture, in pixels from its top left corner.</summary>
internal readonly record struct PicturePoint(double X, double Y);

/// <summary>A piece of the picture, in pixels.</summary>
internal readonly record struct PictureBox(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;
}
