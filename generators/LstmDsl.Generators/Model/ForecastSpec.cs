namespace LstmDsl.Generators;

/// <summary>What a model that is declared with [Forecast] forecasts from what; see the library's <c>ForecastPlan</c>.</summary>
internal sealed record ForecastSpec
{
    /// <summary>Rows of the window.</summary>
    public required int Window { get; init; }

    /// <summary>Rows that are forecast.</summary>
    public required int Horizon { get; init; }

    /// <summary>Rows between the last known one and the first that is forecast.</summary>
    public required int Lead { get; init; }

    /// <summary>After how many rows things repeat.</summary>
    public required EquatableArray<int> Seasons { get; init; }

    /// <summary>The lag of MASE's naive errors.</summary>
    public required int MaseLag { get; init; }

    /// <summary>The columns, in the order of the declaration.</summary>
    public required EquatableArray<ForecastColumnSpec> Columns { get; init; }

    /// <summary>The quantiles' levels; none where one number a target is forecast.</summary>
    public required EquatableArray<QuantileLevel> Levels { get; init; }

    /// <summary>Whether the mean is forecast beside the quantiles.</summary>
    public required bool HasMean { get; init; }

    /// <summary>Whether what is known of the horizon joins.</summary>
    public required bool JoinsFuture { get; init; }

    /// <summary>The targets.</summary>
    public IEnumerable<ForecastColumnSpec> Targets => Columns.Where(column => column.Role == ForecastRole.Target);

    /// <summary>The columns that data have to have, each once: itself rather than what it was some rows before.</summary>
    public IReadOnlyList<ForecastColumnSpec> DataColumns
    {
        get
        {
            var columns = new List<ForecastColumnSpec>();
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var column in Columns)
            {
                if (column.Part is not null)
                    continue;

                if (!places.TryGetValue(column.Name, out var place))
                {
                    places.Add(column.Name, columns.Count);
                    columns.Add(column);
                }
                else if (columns[place].Lag > 0 && column.Lag == 0)
                {
                    columns[place] = column;
                }
            }

            return columns;
        }
    }

    /// <summary>Numbers a row of the window.</summary>
    public int WindowWidth => Columns.Where(column => column.Lag == 0).Sum(column => column.Width);

    /// <summary>Numbers a row of the horizon.</summary>
    public int FutureWidth => Columns.Where(column => column.Role == ForecastRole.Known).Sum(column => column.Width);

    /// <summary>Numbers that the network gives at a row: for each target its levels, or one number, and its mean.</summary>
    public int Outputs => Math.Max(Targets.Count(), 1) * (Math.Max(Levels.Count, 1) + (HasMean ? 1 : 0));
}

/// <summary>One column of a forecast.</summary>
/// <param name="Name">The column's name in the data; of a part of the date that part's name.</param>
/// <param name="Role">What it is to the forecast.</param>
/// <param name="Scaling">How its raw values become the network's.</param>
/// <param name="Property">The name of the property that holds it in code.</param>
internal sealed record ForecastColumnSpec(string Name, ForecastRole Role, Scaling Scaling, string Property)
{
    /// <summary>The unit of its values; null for the data's own.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether forecasts of it are never below 0.</summary>
    public bool NonNegative { get; init; }

    /// <summary>The part of the date that it is, by its name; null for a column of the data.</summary>
    public string? Part { get; init; }

    /// <summary>How many rows before it is taken.</summary>
    public int Lag { get; init; }

    /// <summary>The words of a column of categories; none for numbers.</summary>
    public EquatableArray<string> Categories { get; init; }

    /// <summary>How many numbers it is to the network.</summary>
    public int Width => Part is not null ? 2 : Math.Max(Categories.Count, 1);

    /// <summary>Its name in prose, with its unit.</summary>
    public string Title => Unit is null ? Name : $"{Name} in {Unit}";
}

/// <summary>A quantile's level.</summary>
/// <param name="Level">The level, between 0 and 1.</param>
/// <param name="Property">The name of the property that holds it in code: <c>P10</c>, <c>P2_5</c>.</param>
internal sealed record QuantileLevel(double Level, string Property);
