namespace LstmDsl;

/// <summary>Fits the scalings of a declared forecast's columns on the training part's rows.</summary>
internal static class ForecastScalings
{
    /// <summary>Each data column's scaling, by its name; of one that is declared twice, that of the first.</summary>
    /// <param name="plan">What is forecast from what.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="trainingRows">Rows of the training part, the first ones; no other is looked at.</param>
    /// <param name="warnings">Gets a warning for each column that is constant, or lies too far from 0 for its windows' own scales.</param>
    /// <exception cref="InvalidDataException">A column has no value there, or one that has no logarithm where one is asked for.</exception>
    public static Dictionary<string, ColumnScaling> Fit(ForecastPlan plan, FrameRows rows, int trainingRows, List<string> warnings)
    {
        var fitted = new Dictionary<string, ColumnScaling>(StringComparer.Ordinal);
        foreach (var column in plan.Columns.Where(column => column.Part is null))
        {
            if (fitted.ContainsKey(column.Name))
                continue;
            var place = rows.Series.ColumnIndex(column.Name, "series");
            if (column.Scaling is not (Scaling.Difference or Scaling.Seasonal))
            {
                var kind = column.Categories.Count > 0 ? Scaling.None : column.Scaling;
                fitted.Add(column.Name, ScalingFit.Of(rows.Series, place, kind, rows[column.Name][..trainingRows], warnings));
                if (ForecastFrame.IsOfWindow(kind) && LevelsOf(plan, column, rows[column.Name].AsSpan(0, trainingRows)) is { } warning)
                    warnings.Add(warning);
                continue;
            }

            // Only the changes' spread: a center would be a trend, and would go on forever.
            var changes = ForecastFrame.Changes(plan, rows, column.Name, column.Scaling);
            var scaling = ScalingFit.Of(rows.Series, place, column.Scaling, changes[..trainingRows], warnings);
            fitted.Add(column.Name, new ColumnScaling(column.Scaling, center: 0, scaling.Spread));
        }

        return fitted;
    }

    /// <summary>Says where most windows of a column are scaled by its level, since they spread by less than a share of it; null elsewhere.</summary>
    private static string? LevelsOf(ForecastPlan plan, ForecastColumn column, ReadOnlySpan<double> values)
    {
        int windows = 0, byLevel = 0;
        for (var start = 0; start + plan.Window <= values.Length; start++)
        {
            var own = values.Slice(start, plan.Window);
            if (double.IsNaN(own[^1]))
                continue;
            windows++;
            byLevel += WindowMeasure.Of(own).IsByLevel ? 1 : 0;
        }

        return 2 * byLevel <= windows ? null
            : $"The column '{column.Name}' lies so far from 0 that its own windows spread by less than a thousandth of its values' size, {byLevel} of "
                + $"{windows} in the training part. Scaling.{column.Scaling} divides by that thousandth there, so that the network sees next to nothing. "
                + "Take a constant off the column (°C instead of K), or declare Scaling.Standard or Scaling.Difference.";
    }
}
