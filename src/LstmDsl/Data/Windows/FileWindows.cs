namespace LstmDsl;

/// <summary>Windows over the rows of a file, which stay there.</summary>
internal static class FileWindows
{
    /// <summary>The windows whose targets all lie in some rows of the file.</summary>
    public static BatchSource Slide(string path, Range? part, int timesteps, int horizon, int sequenceStride, int samplingRate,
        IReadOnlyList<int>? targets, int targetSteps)
    {
        var (values, rows, columns) = NpyFile.Map(path);
        if (rows > int.MaxValue)
            throw new InvalidDataException(FormattableString.Invariant($"'{path}' has {rows:N0} rows; up to {int.MaxValue:N0} can be windowed."));
        var (begin, length) = (part ?? ..).GetOffsetAndLength((int)rows);
        var (column, width) = TargetColumns(targets, columns);
        if (targetSteps > 1 && (width != columns || samplingRate != 1))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A window's targets are taken where they lie in the file, side by side: {targetSteps} steps of {width} of {columns} columns, ")
                + $"{samplingRate} rows apart, do not. Take one step, or all columns of consecutive rows.", nameof(targetSteps));
        }
        long reach = ((long)timesteps - 1 + horizon + targetSteps - 1) * samplingRate, firstTarget = ((long)timesteps - 1 + horizon) * samplingRate;
        // Inputs may reach back across the part's border, targets may not.
        var first = (Math.Max(0, begin - firstTarget) + sequenceStride - 1) / sequenceStride * sequenceStride;
        var count = (begin + (long)length - reach - first + sequenceStride - 1) / sequenceStride;
        if (count < 1)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"No window fits: one needs {reach + 1} rows, and its targets lie in the rows {begin} to {begin + length - 1} ")
                + FormattableString.Invariant($"of the {rows} that '{path}' has."), nameof(timesteps));
        }
        var starts = new Places<int>((int)first, sequenceStride, (int)count);
        return new BatchSource
        {
            Rows = values,
            Features = columns,
            Timesteps = timesteps,
            SamplingRate = samplingRate,
            Starts = starts,
            Targets = values,
            TargetStarts = starts.Scaled(columns, (firstTarget * columns) + column),
            TargetLength = targetSteps * width,
            TargetShape = targetSteps > 1 ? [targetSteps, width] : [width],
            TargetSteps = targetSteps,
        };
    }

    private static (int First, int Count) TargetColumns(IReadOnlyList<int>? targets, int columns)
    {
        if (targets is null) return (0, columns);
        for (var i = 0; i < targets.Count; i++)
        {
            if (targets[i] < 0 || targets[i] >= columns)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(targets), targets[i], FormattableString.Invariant($"Expected columns from 0 to {columns - 1}."));
            }
            if (targets[i] != targets[0] + i)
            {
                throw new ArgumentException(
                    $"The target columns {string.Join(", ", targets)} do not lie side by side in the file, in their order; write them so.",
                    nameof(targets));
            }
        }
        return targets.Count > 0 ? (targets[0], targets.Count) : throw new ArgumentException("Name at least one target column.", nameof(targets));
    }
}
