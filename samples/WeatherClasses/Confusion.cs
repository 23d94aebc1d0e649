namespace WeatherClasses;

/// <summary>How often a kind of weather was told where another came.</summary>
internal sealed class Confusion
{
    private readonly int[,] counts = new int[WeatherDays.Kinds.Count, WeatherDays.Kinds.Count];

    /// <summary>Counts pairs of what came and what was told.</summary>
    public Confusion(IEnumerable<(int Came, int Told)> pairs)
    {
        foreach (var (came, told) in pairs)
            counts[came, told]++;
    }

    private static IEnumerable<int> Classes => Enumerable.Range(0, WeatherDays.Kinds.Count);

    /// <summary>How often.</summary>
    public int this[int came, int told] => counts[came, told];

    /// <summary>Days.</summary>
    public int Days => Classes.Sum(CountOf);

    /// <summary>The part of the days of which the right thing was told.</summary>
    public double Accuracy => Classes.Sum(label => counts[label, label]) / (double)Days;

    /// <summary>
    /// The mean over the classes that came of the part of their days that was told right: luck with the frequent ones is no help.
    /// </summary>
    public double BalancedAccuracy => Classes.Where(label => CountOf(label) > 0).Average(RecallOf);

    /// <summary>Days on which a class came.</summary>
    public int CountOf(int came) => Classes.Sum(told => counts[came, told]);

    /// <summary>The part of a class's days that was told right; NaN where it never came.</summary>
    public double RecallOf(int came) => counts[came, came] / (double)CountOf(came);

    /// <summary>The table: a row a class that came, a column a class that was told.</summary>
    public override string ToString()
    {
        const int Width = 9;
        var lines = new List<string> { "what came │ was told as" };
        lines.Add($"{"",Width} │" + string.Concat(WeatherDays.Kinds.Select(kind => kind.PadLeft(Width))) + $"{"right",Width}");
        foreach (var came in Classes)
        {
            var cells = string.Concat(Classes.Select(told => FormattableString.Invariant($"{counts[came, told],Width}")));
            var recall = CountOf(came) == 0 ? "never" : FormattableString.Invariant($"{100 * RecallOf(came):0} %");
            lines.Add($"{WeatherDays.Kinds[came],Width} │{cells}{recall.PadLeft(Width)}");
        }

        return string.Join('\n', lines);
    }
}
