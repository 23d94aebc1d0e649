namespace LstmDsl;

/// <summary>
/// Declares a model that forecasts columns of a series: it stands where <c>[Input]</c> stands, and the columns that
/// <see cref="TargetAttribute"/>, <see cref="KnownAttribute"/> and <see cref="PastAttribute"/> name say what goes in and comes out. The last
/// layer's outputs are computed: a dense layer of horizon × targets × levels is appended, <c>forecast</c> in files; behind a sequence of the
/// horizon's length it works on each timestep. The window is the input <c>History</c>, what is known of the horizon <c>Future</c>, which
/// <c>[From]</c> and merging layers can name.
/// </summary>
/// <param name="window">Steps back: rows of the window that the network reads.</param>
/// <param name="horizon">Steps ahead: rows that are forecast at once.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class ForecastAttribute(int window, int horizon) : Attribute
{
    /// <summary>Rows of the window.</summary>
    public int Window { get; } = window;

    /// <summary>Rows that are forecast.</summary>
    public int Horizon { get; } = horizon;

    /// <summary>
    /// After how many steps things repeat, such as 24 and 168 for hours, each at least 1; one may be longer than the window. A seasonal naive
    /// forecast of each stands beside the model in evaluations and backtests; the first is also the season of
    /// <see cref="Scaling.Seasonal"/>, and of MASE unless <see cref="MaseLag"/> says otherwise. Default: none.
    /// </summary>
    public int[] Seasons { get; set; } = [];

    /// <summary>The lag of MASE's naive errors. Default: the first season, else 1.</summary>
    public int MaseLag { get; set; }

    /// <summary>
    /// Steps between the last known row and the first one forecast: 14 where tomorrow's hours are asked for at ten in the morning. Default: 0.
    /// </summary>
    public int Lead { get; set; }
}
