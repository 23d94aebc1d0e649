namespace LstmDsl;

/// <content>Series at another step.</content>
public sealed partial class TimeSeries
{
    /// <summary>
    /// Brings the rows to another step: several rows of a step become one, by each column's aggregate, and steps between rows are filled.
    /// Steps begin where people count them: hours on the hour, days at midnight by the clocks of the <see cref="Zone"/> (those of 23 and 25
    /// hours too), weeks on Monday, months on the first, and a step's row has the time of its beginning. Holes stay holes: a step is one
    /// where a row of it is, unless <paramref name="coverage"/> says otherwise. Steps at both ends that reach beyond the rows are left out.
    /// </summary>
    /// <param name="step">The step, such as <c>TimeStep.Hours(1)</c>.</param>
    /// <param name="aggregates">
    /// What becomes of columns' values: <c>[("Rain", Aggregate.Sum), ("Price", Aggregate.Last)]</c>. Those that are not named have their
    /// mean, words and true and false their first.
    /// </param>
    /// <param name="fill">What becomes of steps that have no row.</param>
    /// <param name="longestRun">
    /// The most steps in a row that are filled; longer runs stay holes as a whole. By default only the steps between two rows are filled,
    /// and holes stay; rows at no equal steps have no such default.
    /// </param>
    /// <param name="coverage">
    /// The share of a step's rows, between 0 and 1, whose values must be there for it to have one; a sum needs all of them whatever this is.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A column does not exist or is named twice, words have no such aggregate, no step lies within the rows, a sum is not whole, or it is not
    /// said how steps are filled.
    /// </exception>
    /// <exception cref="InvalidOperationException">Rows have no times.</exception>
    public TimeSeries Resample(TimeStep step, IReadOnlyList<(string Column, Aggregate Aggregate)>? aggregates = null, Fill fill = Fill.None,
        int? longestRun = null, double coverage = 1)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (!Enum.IsDefined(fill))
            throw new ArgumentOutOfRangeException(nameof(fill), fill, "Choose Fill.None, Fill.Forward or Fill.Linear.");
        if (longestRun is { } longest)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(longest, nameof(longestRun));
        if (!(coverage > 0 && coverage <= 1))
            throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "The share of a step's rows must be above 0 and at most 1.");
        if (Start is null)
            throw new InvalidOperationException("The rows have no times, so that there is no step to bring them to; give start and step.");
        return new Resampler(this, step, AggregatesOf(aggregates ?? []), fill, longestRun, coverage).Run();
    }

    private Aggregate[] AggregatesOf(IReadOnlyList<(string Column, Aggregate Aggregate)> aggregates)
    {
        var chosen = new Aggregate?[Columns.Count];
        foreach (var (name, aggregate) in aggregates)
        {
            var column = ColumnIndex(name, nameof(aggregates));
            if (chosen[column] is not null)
                throw new ArgumentException($"The column '{name}' is given two aggregates.", nameof(aggregates));
            if (!Enum.IsDefined(aggregate))
            {
                throw new ArgumentException($"The aggregate {aggregate} of the column '{name}' is none; choose Mean, Sum, First, Last, Min, Max or Median.",
                    nameof(aggregates));
            }

            if (Source?.Words[column] is not null && aggregate is not (Aggregate.First or Aggregate.Last))
                throw new ArgumentException($"The column '{name}' holds words, which have no {aggregate}; choose First or Last.", nameof(aggregates));
            chosen[column] = aggregate;
        }

        return [.. chosen.Select((aggregate, column) => aggregate ?? (IsWordOrFlag(column) ? Aggregate.First : Aggregate.Mean))];
    }

    /// <summary>Whether a column holds words, or true and false, rather than numbers.</summary>
    internal bool IsWordOrFlag(int column) => Source is not null && (Source.Words[column] is not null || Source.AreFlags[column]);
}
