namespace LstmDsl;

/// <summary>
/// A forecast of what follows a series: of the steps of the horizon, or on from there, horizon by horizon, from rows whose targets were
/// forecast. It goes on from medians, or along paths, each of which goes on from its own values.
/// </summary>
internal sealed class ForecastAhead<TModel> where TModel : class, IDeclaredForecast<TModel>
{
    /// <summary>How many paths are followed at once: so many that batches are full, so few that their rows take little.</summary>
    private const int Together = 256;

    private readonly TModel model;
    private readonly ForecastPlan plan;
    private readonly Pipeline pipeline;
    private readonly ForecastReach reach;
    private readonly FrameRows rows;
    private readonly Dictionary<string, ColumnScaling> scalings;
    private readonly ForecastColumn[] targets;
    private readonly int last;
    private readonly int needed;
    private readonly long version;

    /// <summary>Looks at what there is.</summary>
    /// <param name="model">A model that was trained, or loaded.</param>
    /// <param name="series">The known rows; the last one is where the forecast begins.</param>
    /// <param name="known">The known columns ahead; null where the model knows none.</param>
    /// <param name="steps">Steps ahead; null for the horizon.</param>
    /// <exception cref="ArgumentException">Something that is needed is missing; the message says of which column from when to when.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is not positive.</exception>
    /// <exception cref="InvalidOperationException">The model was not trained on windows of its own.</exception>
    public ForecastAhead(TModel model, TimeSeries series, TimeSeries? known, int? steps)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(series);
        version = model.State.Version;
        (this.model, plan, pipeline) = (model, TModel.Forecasting, ForecastPipeline.Required(model));
        (reach, targets) = (new(plan, steps), [.. plan.Targets]);
        ForecastPipeline.RequireFit(pipeline, series);
        if (known is not null)
            ForecastPipeline.RequireKnownFit(pipeline, series, known);
        if (series.Count < reach.RowsBack)
        {
            var beyond = reach.RowsBack > plan.Window ? $", beyond the horizon with a lead of {plan.Lead}," : "";
            throw new ArgumentException(
                $"A forecast from a window of {Counted.Of(plan.Window, "row")}{beyond} "
                + $"needs {(reach.RowsBack > plan.Window ? reach.RowsBack : "as many")}; {series.Name} has {series.Count}.", nameof(series));
        }

        // What lies before is not looked at.
        var earliest = new WindowReads(plan, new(series.Axis)).Earliest(reach, series.Count);
        needed = series.Count - earliest;
        var recent = earliest > 0 ? series.Slice(earliest, needed) : series;
        rows = new(plan, recent, known, reach);
        scalings = ForecastPipeline.Scalings(pipeline);
        last = recent.Count - 1;
    }

    /// <summary>Whether it goes on from what was forecast.</summary>
    public bool IsBeyond => reach.IsBeyond;

    /// <summary>The forecast; beyond the horizon the medians alone.</summary>
    public ForecastTable Table()
    {
        var (forecast, horizons) = (rows.WithOwnTargets(), new List<ForecastTable>(reach.Horizons));
        Follow([forecast], static (_, _, _) => null, table => horizons.Add(table[0]));
        model.State.RequireVersion(version);
        var first = horizons[0];
        if (reach.Steps == plan.Horizon)
            return first;
        var values = new double[checked(reach.Steps * targets.Length * plan.OutputsPerTarget)];
        first.Values[..Math.Min(values.Length, first.Values.Length)].CopyTo(values);
        values.AsSpan(Math.Min(values.Length, first.Values.Length)).Fill(double.NaN);
        for (var step = plan.Horizon; step < reach.Steps; step++)
        {
            var (table, own) = (horizons[step / plan.Horizon], step % plan.Horizon);
            for (var target = 0; target < targets.Length; target++)
                values[(((step * targets.Length) + target) * plan.OutputsPerTarget) + plan.PointOutput] = table.Point(own, target);
        }

        var times = new DateTimeOffset?[reach.Steps];
        for (var step = 0; step < times.Length; step++)
            times[step] = rows.Series.TimeAt(FirstStep + step);
        return new(plan, first.Units, first.Origin, times, values);
    }

    /// <summary>Paths through horizon after horizon, each (steps, targets).</summary>
    /// <param name="errors">Errors of the past, one origin's whole horizon of which is put to each horizon of a path.</param>
    /// <param name="paths">How many.</param>
    /// <param name="seed">The seed.</param>
    public double[][] Paths(ErrorPaths errors, int paths, int seed)
    {
        var values = new double[paths][];
        for (var begin = 0; begin < paths; begin += Together)
        {
            var (first, own) = (begin, new FrameRows[Math.Min(Together, paths - begin)]);
            for (var path = 0; path < own.Length; path++)
                own[path] = rows.WithOwnTargets();
            Follow(own, (path, horizon, isBetween) => errors.Draw(seed, first + path, horizon, isBetween), static _ => { });
            for (var path = 0; path < own.Length; path++)
                values[begin + path] = [.. StepsOf(own[path])];
        }

        model.State.RequireVersion(version);
        return values;
    }

    private int FirstStep => last + plan.Lead + 1;

    private IEnumerable<double> StepsOf(FrameRows path) =>
        from step in Enumerable.Range(0, reach.Steps)
        from target in targets
        select path[target.Name][FirstStep + step];

    /// <summary>Puts forecasts to the targets of the rows ahead, horizon by horizon.</summary>
    /// <param name="paths">The rows, of each path its own.</param>
    /// <param name="errors">What is added: of a path, in a horizon, which lies between the last known row and the first step or not.</param>
    /// <param name="take">Gets the forecasts of each horizon, one where all paths still have the same rows.</param>
    private void Follow(FrameRows[] paths, Func<int, int, bool, double[]?> errors, Action<ForecastTable[]> take)
    {
        for (var horizon = 0; IsBeyond && horizon * plan.Horizon < plan.Lead; horizon++)
        {
            var begin = horizon * plan.Horizon;
            var tables = Tables(paths, last - plan.Lead + begin);
            Put(paths, tables, last + 1 + begin, Math.Min(plan.Horizon, plan.Lead - begin), path => errors(path, horizon, true));
        }

        for (var horizon = 0; horizon < reach.Horizons; horizon++)
        {
            var begin = horizon * plan.Horizon;
            var tables = Tables(paths, last + begin);
            take(tables);
            if (IsBeyond)
                Put(paths, tables, FirstStep + begin, plan.Horizon, path => errors(path, horizon, false));
        }
    }

    private ForecastTable[] Tables(FrameRows[] paths, int lastRow)
    {
        var start = lastRow - plan.Window + 1;
        var windows = new ForecastWindow[lastRow <= last ? 1 : paths.Length];
        for (var path = 0; path < windows.Length; path++)
        {
            var frame = new ForecastFrame(plan, paths[path], scalings, start);
            // Paths have values in the same rows.
            if (path == 0)
                RequireComplete(frame, start);
            windows[path] = new(new(frame, pipeline), start);
        }

        return Forecaster.Tables(model, windows);
    }

    private void RequireComplete(ForecastFrame frame, int start, string parameter = "series")
    {
        if (frame.FirstMissing(start) is not { } missing)
            return;
        throw new ArgumentException(
            needed > rows.Series.Count
                ? $"The forecast needs {Counted.Of(needed, "row")}, those that lags and seasons reach back to among them; "
                    + $"{rows.Series.Name} has {rows.Series.Count}. Give it more of the past."
                : $"The forecast needs {missing}, which is missing. Fill it where the series is read "
                    + "(missing: Missing.Forward, gaps: Gaps.Forward), or end the series before it.",
            parameter);
    }

    private void Put(FrameRows[] paths, ForecastTable[] tables, int firstRow, int count, Func<int, double[]?> errors)
    {
        for (var path = 0; path < paths.Length; path++)
        {
            var (table, added) = (tables[tables.Length == 1 ? 0 : path], errors(path));
            for (var step = 0; step < count; step++)
            {
                for (var target = 0; target < targets.Length; target++)
                {
                    var value = table.Point(step, target);
                    if (added is not null)
                    {
                        value += added[(step * targets.Length) + target];
                        value = targets[target].NonNegative ? Math.Max(0, value) : value;
                    }

                    paths[path][targets[target].Name][firstRow + step] = RequireGoesOn(targets[target], value, firstRow + step);
                }
            }
        }
    }

    private double RequireGoesOn(ForecastColumn target, double value, int row)
    {
        if (!double.IsFinite(value))
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"{typeof(TModel).Name} forecasts {value} of '{target.Name}' at {rows.When(row)}; its weights or its inputs are no numbers there."));
        }

        if (value <= scalings[target.Name].LeastExcluded)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"A path of '{target.Name}' reaches {value:G6} at {rows.When(row)}, of which {scalings[target.Name].Kind} has no logarithm to go on ")
                + $"from. Ask for at most {Counted.Of(plan.Horizon, "step")}, or declare another scaling: {nameof(Scaling.Log1p)} with NonNegative goes "
                + "on from 0.");
        }

        return value;
    }
}
