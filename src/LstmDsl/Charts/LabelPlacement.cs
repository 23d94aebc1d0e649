namespace LstmDsl;

/// <summary>Finds a place for a mark's label.</summary>
internal static class LabelPlacement
{
    // How much wider bold letters are.
    private const double BoldFactor = 1.1;

    private const double Height = ChartLayout.FontSize * 1.3;
    private const double Beside = 12;
    private static readonly double[] Distances = [12, 26, 44];

    /// <summary>The box beside a point, within the plot, that hides the least; near before far, above before below.</summary>
    public static PictureBox Find(
        PicturePoint point,
        string label,
        PictureBox plot,
        IReadOnlyList<IReadOnlyList<PicturePoint>> strokes,
        IReadOnlyList<PictureBox> taken)
    {
        var width = (BoldFactor * ChartText.Width(label, ChartLayout.FontSize)) + 4;
        return Candidates(point, width).Select(box => Within(box, plot)).MinBy(Hidden);

        // Two labels on each other cannot be read at all; a label on its own point is worse than one on any line.
        (int Labels, bool Point, int Lines) Hidden(PictureBox box) =>
            (taken.Count(other => Overlap(box, other)), Covers(box, point), strokes.Sum(stroke => Crossings(stroke, box)));
    }

    private static IEnumerable<PictureBox> Candidates(PicturePoint point, double width)
    {
        foreach (var distance in Distances)
        {
            foreach (var below in (bool[])[false, true])
            {
                var top = below ? point.Y + distance : point.Y - distance - Height;
                foreach (var left in (double[])[point.X + Beside, point.X - Beside - width, point.X - (width / 2)])
                    yield return new(left, top, left + width, top + Height);
            }
        }
    }

    private static PictureBox Within(PictureBox box, PictureBox plot)
    {
        var x = Math.Max(Math.Min(0, plot.Right - 4 - box.Right), plot.Left + 4 - box.Left);
        var y = Math.Max(Math.Min(0, plot.Bottom - 4 - box.Bottom), plot.Top + 2 - box.Top);
        return new(box.Left + x, box.Top + y, box.Right + x, box.Bottom + y);
    }

    private static bool Covers(PictureBox box, PicturePoint point) =>
        point.X > box.Left - 6 && point.X < box.Right + 6 && point.Y > box.Top - 6 && point.Y < box.Bottom + 6;

    private static bool Overlap(PictureBox a, PictureBox b) => a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;

    private static int Crossings(IReadOnlyList<PicturePoint> stroke, PictureBox box)
    {
        var crossings = 0;
        for (var i = 1; i < stroke.Count; i++)
        {
            if (Crosses(stroke[i - 1], stroke[i], box)) crossings++;
        }

        return crossings;
    }

    /// <summary>Whether a line meets a box: Liang and Barsky's clipping.</summary>
    private static bool Crosses(PicturePoint from, PicturePoint to, PictureBox box)
    {
        var (enters, leaves) = (0.0, 1.0);
        return Clip(from.X - to.X, from.X - box.Left) && Clip(to.X - from.X, box.Right - from.X)
            && Clip(from.Y - to.Y, from.Y - box.Top) && Clip(to.Y - from.Y, box.Bottom - from.Y);

        bool Clip(double direction, double distance)
        {
            if (direction == 0) return distance >= 0;
            var at = distance / direction;
            if (direction < 0) enters = Math.Max(enters, at);
            else leaves = Math.Min(leaves, at);
            return enters <= leaves;
        }
    }
}
