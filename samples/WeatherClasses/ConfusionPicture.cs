using System.Text;

namespace WeatherClasses;

/// <summary>
/// The confusion table as an SVG picture: the darker a cell, the larger its part of the days on which the row's weather came.
/// </summary>
internal static class ConfusionPicture
{
    private const int Cell = 76;
    private const int Left = 110;
    private const int Top = 90;

    /// <summary>Writes the picture; returns its path.</summary>
    public static string Save(Confusion confusion, string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, "confusion.svg"));
        File.WriteAllText(path, Draw(confusion));
        return path;
    }

    private static string Draw(Confusion confusion)
    {
        var kinds = WeatherDays.Kinds;
        var (width, height) = (Left + (kinds.Count * Cell) + 30, Top + (kinds.Count * Cell) + 30);
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" ");
        svg.Append("font-family=\"sans-serif\" font-size=\"14\" fill=\"#222\">\n");
        svg.Append($"<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>\n");
        svg.Append(Text(20, 34, "start", "Tomorrow's weather: what came (rows), as what it was told"));
        for (var came = 0; came < kinds.Count; came++)
        {
            var middle = Top + (came * Cell) + (Cell / 2);
            svg.Append(Text(Left + (came * Cell) + (Cell / 2), Top - 14, "middle", kinds[came]));
            svg.Append(Text(Left - 14, middle + 5, "end", kinds[came]));
            for (var told = 0; told < kinds.Count; told++)
            {
                var part = confusion.CountOf(came) == 0 ? 0 : confusion[came, told] / (double)confusion.CountOf(came);
                var (x, y) = (Left + (told * Cell), Top + (came * Cell));
                svg.Append($"<rect x=\"{x}\" y=\"{y}\" width=\"{Cell - 2}\" height=\"{Cell - 2}\" fill=\"#0072B2\" ");
                svg.Append(FormattableString.Invariant($"fill-opacity=\"{0.04 + (0.96 * part):0.###}\"/>\n"));
                var count = Text(x + (Cell / 2) - 1, middle + 5, "middle", FormattableString.Invariant($"{confusion[came, told]}"));
                svg.Append(part > 0.5 ? $"<g fill=\"white\">{count}</g>\n" : count);
            }
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Text(int x, int y, string anchor, string text) =>
        $"<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>\n";
}
