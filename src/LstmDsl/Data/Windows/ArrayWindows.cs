using System.Globalization;

namespace LstmDsl;

/// <summary>Windows over arrays, as Keras's <c>timeseries_dataset_from_array</c> cuts them.</summary>
internal static class ArrayWindows
{
    /// <summary>Refuses the arguments that Keras refuses, and what it fails on later.</summary>
    public static void Check(Samples data, int sequenceLength, int sequenceStride, int samplingRate, int? startIndex, int? endIndex)
    {
        if (data.Rank is not (1 or 2))
        {
            throw new ArgumentException($"The data's shape is {data.ShapeText}; expected (rows) or (rows, features).", nameof(data));
        }
        if (data.Rank == 2 && data.Shape[1] == 0)
        {
            throw new ArgumentException($"The data's shape is {data.ShapeText}; there must be a feature.", nameof(data));
        }
        if (data.Count == 0) throw new ArgumentException("The data have no rows.", nameof(data));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sequenceLength);
        CheckWithin(startIndex ?? 0, 0, nameof(startIndex), data.Count);
        CheckWithin(samplingRate, 1, nameof(samplingRate), data.Count);
        CheckWithin(sequenceStride, 1, nameof(sequenceStride), data.Count);
        if (endIndex is not { } end) return;
        // Keras takes 0 for an end, too, and gives an empty set.
        CheckWithin(end, 0, nameof(endIndex), data.Count);
        if (startIndex is > 0 && end != 0 && end <= startIndex)
        {
            throw new ArgumentOutOfRangeException(nameof(endIndex), end, string.Create(CultureInfo.InvariantCulture,
                $"The end must lie after the start, {startIndex}."));
        }
    }

    /// <summary>The windows, of arguments that were checked.</summary>
    public static BatchSource Slide(Samples data, Samples? targets, int sequenceLength, int sequenceStride, int samplingRate,
        int start, int end)
    {
        var fitting = end - start - (sequenceLength - 1L) * samplingRate;
        if (targets is { } limit) fitting = Math.Min(fitting, limit.Count);
        var count = fitting <= 0 ? 0 : (int)((fitting - 1) / sequenceStride + 1);
        var starts = new Places<int>(start, sequenceStride, count);
        if (targets is { } given && count > 0 && starts[^1] >= given.Count)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Found {Counted.Of(given.Count, "target")}, but the last window, which starts at row {starts[^1]}, "
                + $"needs the target of that row. Give a target for each row, or an earlier end."), nameof(targets));
        }
        int[] targetShape = targets is { } shaped ? [.. shaped.Shape.Skip(1)] : [];
        var targetLength = targets is null ? 0 : targetShape.Aggregate(1, (product, length) => product * length);
        return new BatchSource
        {
            Rows = data.ToFiniteArray(nameof(data)),
            Features = data.Rank == 2 ? data.Shape[1] : 1,
            Timesteps = sequenceLength,
            SamplingRate = samplingRate,
            Starts = starts,
            Targets = targets?.ToFiniteArray(nameof(targets)) is { } values ? new FloatRows(values) : null,
            TargetStarts = targets is null ? [] : starts.Scaled(targetLength, 0),
            TargetLength = targetLength,
            TargetShape = targetShape,
        };
    }

    private static void CheckWithin(int value, int least, string parameter, int rows)
    {
        if (value < least || value >= rows)
        {
            throw new ArgumentOutOfRangeException(parameter, value, string.Create(CultureInfo.InvariantCulture,
                $"Expected at least {least} and less than {rows}, the number of the data's rows."));
        }
    }
}
