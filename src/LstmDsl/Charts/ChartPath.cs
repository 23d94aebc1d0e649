namespace LstmDsl;

/// <summary>A series as the strokes that a picture needs: gaps cut, and no more points than its width can show.</summary>
internal static class ChartPath
{
    // A column of pixels needs its first, lowest, highest and last point; fewer points than that are kept as they are.
    private const int PointsPerColumn = 4;

    /// <summary>The strokes between the gaps, in pixels; a point alone is a stroke of one.</summary>
    public static List<List<PicturePoint>> Strokes(ChartSeries series, ChartLayout layout)
    {
        var strokes = new List<List<PicturePoint>>();
        List<PicturePoint>? stroke = null;
        for (var i = 0; i < series.X.Length; i++)
        {
            if (!layout.CanDraw(series.X[i], series.Y[i]))
            {
                stroke = null;
                continue;
            }

            if (stroke is null) strokes.Add(stroke = []);
            stroke.Add(layout.At(series.X[i], series.Y[i]));
        }

        return series.X.Length <= PointsPerColumn * layout.Plot.Width ? strokes : [.. strokes.Select(Thinned)];
    }

    /// <summary>A band's pieces between its gaps, its upper and its lower line, in pixels.</summary>
    public static IEnumerable<(List<PicturePoint> Above, List<PicturePoint> Below)> Bands(ChartBand band, ChartLayout layout)
    {
        var above = new List<PicturePoint>();
        var below = new List<PicturePoint>();
        for (var i = 0; i <= band.X.Length; i++)
        {
            if (i < band.X.Length && layout.CanDraw(band.X[i], band.Low[i]) && layout.CanDraw(band.X[i], band.High[i]))
            {
                above.Add(layout.At(band.X[i], band.High[i]));
                below.Add(layout.At(band.X[i], band.Low[i]));
                continue;
            }

            if (above.Count > 0)
            {
                var isLong = band.X.Length > PointsPerColumn * layout.Plot.Width;
                yield return isLong ? (Thinned(above), Thinned(below)) : (above, below);
            }

            (above, below) = ([], []);
        }
    }

    private static List<PicturePoint> Thinned(List<PicturePoint> stroke)
    {
        var thinned = new List<PicturePoint>();
        for (var begin = 0; begin < stroke.Count;)
        {
            var (lowest, highest) = (begin, begin);
            var end = begin;
            for (; end < stroke.Count && Math.Floor(stroke[end].X) == Math.Floor(stroke[begin].X); end++)
            {
                if (stroke[end].Y < stroke[lowest].Y) lowest = end;
                if (stroke[end].Y > stroke[highest].Y) highest = end;
            }

            foreach (var index in new SortedSet<int> { begin, lowest, highest, end - 1 }) thinned.Add(stroke[index]);
            begin = end;
        }

        return thinned;
    }
}
