namespace LstmDsl;

/// <summary>What a declared forecast's model carries from the data it was trained on to its files and its forecasts.</summary>
internal static class ForecastPipeline
{
    /// <summary>The pipeline of windows over a series.</summary>
    /// <param name="plan">What is forecast from what.</param>
    /// <param name="series">The series.</param>
    /// <param name="scalings">The columns' scalings.</param>
    /// <param name="learntUntil">The last training row's time; null where rows have none.</param>
    public static Pipeline Of(
        ForecastPlan plan, TimeSeries series, Dictionary<string, ColumnScaling> scalings, DateTimeOffset? learntUntil)
    {
        var names = plan.DataColumns;
        var units = names.ToDictionary(column => column.Name, column => column.Unit ?? series.UnitOf(column.Name), StringComparer.Ordinal);
        return new(names.Names, [.. plan.Targets.Select(target => target.Name)], plan.Window, samplingRate: 1, plan.Lead + 1, series.Step,
            unit: null, scalings, sequenceTargets: false, plan.Horizon, units, series.Zone)
        { Forecast = plan, LearntUntil = learntUntil };
    }

    /// <summary>A model's pipeline.</summary>
    /// <exception cref="InvalidOperationException">It has none, or one of another declaration.</exception>
    public static Pipeline Required<TModel>(TModel model) where TModel : class, IDeclaredForecast<TModel>
    {
        var name = typeof(TModel).Name;
        if (model.State.Pipeline is not { } pipeline)
        {
            throw new InvalidOperationException(
                $"{name} was not trained on a series yet: train it on {name}.Windows(series.Split(…)), or load one that was.");
        }

        if (pipeline.Forecast is not { } plan)
        {
            throw new InvalidOperationException(
                $"{name} was trained on windows that are not its own; train it on {name}.Windows(series.Split(…)).");
        }

        return plan.FirstDifference(TModel.Forecasting) is { } difference
            ? throw new InvalidOperationException(
                $"The weights of this {name} were trained for another declaration: {difference}. Train it anew, or load it as what it was declared.")
            : pipeline;
    }

    /// <summary>The columns' scalings, by their names.</summary>
    public static Dictionary<string, ColumnScaling> Scalings(Pipeline pipeline) =>
        pipeline.Columns.ToDictionary(column => column.Name, column => column.Scaling, StringComparer.Ordinal);

    /// <summary>Throws where a series has other columns, steps, units or clocks than those that the model was trained on.</summary>
    /// <exception cref="ArgumentException">It does; the message says which differ.</exception>
    public static void RequireFit(Pipeline pipeline, TimeSeries series)
    {
        if (PipelineDifference.First(pipeline, series, pipeline.Columns.Select(column => column.Name)) is { } difference)
            throw new ArgumentException($"The series does not fit the model's pipeline: {difference}.", nameof(series));
        if (pipeline.Zone == series.Zone)
            return;
        throw new ArgumentException(
            (pipeline.Zone, series.Zone) switch
            {
                ({ } zone, { } other) =>
                    $"The series goes by the clocks of {other}, the model was trained by those of {zone}; bring it there: series.InZone(\"{zone}\").",
                ({ } zone, null) => $"The series has no time zone, the model was trained by the clocks of {zone}: which hour of theirs a row is "
                    + $"is not known. {Name(zone)}",
                (_, var other) => $"The series goes by the clocks of {other}, the model was trained on times of no zone: whether these were the same "
                    + $"clocks is not known. Make the series without a zone where they were, or train on one with zone: \"{other}\".",
            },
            nameof(series));
    }

    /// <summary>Throws where rows that are known ahead cannot be told to be the series' next ones: other steps, clocks or units.</summary>
    /// <param name="pipeline">The model's pipeline.</param>
    /// <param name="series">The series, which fits it.</param>
    /// <param name="known">What is known of the steps ahead.</param>
    /// <exception cref="ArgumentException">They cannot; the message says what differs, and what to write.</exception>
    public static void RequireKnownFit(Pipeline pipeline, TimeSeries series, TimeSeries known)
    {
        ForecastColumn[] columns =
        [
            .. pipeline.Forecast!.Columns
                .Where(column => column is { Role: ForecastRole.Known, Part: null, Lag: 0 } && known.Columns.Contains(column.Name)),
        ];
        if (columns.Length == 0)
            return;
        const string Known = "What is known of the steps ahead";
        var difference = (series.Start, known.Start, series.Zone, known.Zone) switch
        {
            (null, null, _, _) => null,
            ({ }, null, _, _) =>
                $"{Known} has no times, the series has: which row belongs to which step is not known. Give it its start and step (start: …, step: …).",
            (null, { }, _, _) =>
                $"{Known} has times, the series has none: which row belongs to which step is not known. Give the series its start and step, or "
                + "leave the times out of both.",
            (_, _, { } zone, null) => $"{Known} has no time zone, the series goes by the clocks of {zone}: which hour of theirs a row is is not known. "
                + Name(zone),
            (_, _, null, { } other) => $"{Known} goes by the clocks of {other}, the series has no time zone: whether these are the same clocks is not "
                + "known. Read both with a zone, or both without.",
            _ => null,
        };
        difference ??= IsSameStep(series.Axis.Step, known.Axis.Step)
            ? null
            : $"{Known} has rows {known.Step} apart, the series {series.Step}: a value of the one is none of the other. Bring it to the series' step "
                + "(Resample), or read rows of that step.";
        // A declared unit is compared where values are read.
        difference ??= PipelineDifference.OfUnits(
            pipeline, known, [.. columns.Where(column => column.Unit is null).Select(column => column.Name)]) is { } units
            ? $"{Known} does not fit the model's pipeline: {units}. Convert the values."
            : null;
        if (difference is not null)
            throw new ArgumentException(difference, nameof(known));
    }

    private static string Name(string zone) =>
        $"Name the zone whose clocks showed its times where it is made: zone: \"{zone}\", or another and then InZone(\"{zone}\").";

    // Days have the values of business days, and more. Of rows at no rule's step times alone can be compared.
    private static bool IsSameStep(TimeStep? own, TimeStep? other) =>
        own is null || other is null || own.ToString() == other.ToString()
        || (own is BusinessDayStep { Length: 1 } && other is DayStep { Length: 1 });
}
