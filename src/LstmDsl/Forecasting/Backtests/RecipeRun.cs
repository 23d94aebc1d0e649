namespace LstmDsl;

/// <summary>Trains a model for each block of origins and forecasts from them.</summary>
internal sealed class RecipeRun(
    ForecastPlan plan, TimeSeries series, Func<BacktestPart, IForecaster> recipe, int[] rows, int refitEvery, int? trainingRows, int seed)
{
    /// <summary>What the models say of their inside, once there is one.</summary>
    public string? Description { get; private set; }

    /// <summary>Runs all blocks, or those that a file does not hold.</summary>
    /// <param name="file">The file; null for none.</param>
    public ForecasterRun Run(string? file)
    {
        var record = new BacktestRecord(plan, series, rows, refitEvery, trainingRows, seed);
        if (file is not null)
            record.ReadFrom(file);
        (Description, var outcomes) = (record.Description, new List<ForecastOutcome>(rows.Length));
        for (var refit = 0; outcomes.Count < rows.Length; refit++)
        {
            var block = rows.AsSpan(outcomes.Count, Math.Min(refitEvery, rows.Length - outcomes.Count));
            if (record.Values(refit) is { } values)
            {
                for (var i = 0; i < block.Length; i++)
                    outcomes.Add(ForecastOutcome.Of(ForecastTables.Of(plan, series, block[i], values[i]), series, block[i]));
                continue;
            }

            var forecaster = Train(refit, block[0]);
            var made = ForecasterRun.Outcome(forecaster, series, block);
            outcomes.AddRange(made);
            record.Add(forecaster.Name, forecaster.Description, made);
            Description ??= forecaster.Description;
            if (file is not null)
                record.WriteTo(file);
        }

        return new(record.Name, outcomes);
    }

    private IForecaster Train(int refit, int lastRow)
    {
        var first = trainingRows is { } limit ? Math.Max(0, lastRow + 1 - limit) : 0;
        var part = series.Slice(first, lastRow + 1 - first);
        var forecaster = recipe(new(part, seed, refit)) ?? throw new InvalidOperationException("The recipe made no model.");
        LearntRows.CheckPart(forecaster, part);
        var made = forecaster.Declared;
        if (made.Horizon != plan.Horizon || made.Lead != plan.Lead || made.OutputsPerTarget != plan.OutputsPerTarget
            || !made.Levels.SequenceEqual(plan.Levels)
            || !made.Targets.Select(target => target.Name).SequenceEqual(plan.Targets.Select(target => target.Name), StringComparer.Ordinal))
        {
            throw new InvalidOperationException($"The recipe made {forecaster.Name}, which forecasts something else than the plan that was given: "
                + "other targets, levels, steps or lead.");
        }

        return forecaster;
    }
}
