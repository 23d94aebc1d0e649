namespace LstmDsl;

/// <summary>Trains a model for each block of origins and forecasts from them: one after the other, or several at once.</summary>
internal sealed class RecipeRun(
    ForecastPlan plan, TimeSeries series, Func<BacktestPart, IForecaster> recipe, int[] rows, int refitEvery, int? trainingRows, int seed)
{
    /// <summary>What the models say of their inside, once there is one.</summary>
    public string? Description { get; private set; }

    /// <summary>Runs all blocks, or those that a file does not hold.</summary>
    /// <param name="file">The file; null for none.</param>
    /// <param name="threads">How many models are trained at once.</param>
    public ForecasterRun Run(string? file, int threads)
    {
        var record = new BacktestRecord(plan, series, rows, refitEvery, trainingRows, seed);
        if (file is not null)
        {
            AtomicFile.DiscardLeftovers(file);
            record.ReadFrom(file);
        }

        var refits = (rows.Length + refitEvery - 1) / refitEvery;
        var outcomes = new ForecastOutcome[rows.Length];
        var held = record.Count;
        for (var refit = 0; refit < held; refit++)
        {
            var block = Block(refit);
            var values = record.Values(refit);
            for (var i = 0; i < block.Length; i++)
                outcomes[(refit * refitEvery) + i] = ForecastOutcome.Of(ForecastTables.Of(plan, series, block[i], values[i]), series, block[i]);
        }

        var missing = new Refits(held, refit =>
        {
            var block = Block(refit);
            var forecaster = Train(refit, block[0]);
            return new(forecaster.Name, forecaster.Description, ForecasterRun.Outcome(forecaster, series, block));
        }, (refit, made) =>
        {
            made.Outcomes.CopyTo(outcomes, refit * refitEvery);
            record.Add(made.Name, made.Description, made.Outcomes);
            if (file is not null)
                record.WriteTo(file);
        });
        missing.Run(refits - held, threads);
        Description = record.Description;
        return new(record.Name, outcomes);
    }

    private ReadOnlySpan<int> Block(int refit) => rows.AsSpan(refit * refitEvery, Math.Min(refitEvery, rows.Length - (refit * refitEvery)));

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
