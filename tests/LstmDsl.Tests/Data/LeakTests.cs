namespace LstmDsl.Tests;

/// <summary>Nothing that is fitted, scaled, weighed or cut sees a row behind its border: whatever stands there, not a bit before it changes.</summary>
public sealed class LeakTests
{
    private const int Rows = 90;

    private static readonly (int Timesteps, int Horizon, int Steps, bool Moved, int Rate, int Stride, string[] Targets)[] Cuts =
    [
        (5, 1, 1, false, 1, 1, ["a", "b"]),
        (5, 3, 1, false, 2, 1, ["b"]),
        (5, 1, 4, false, 1, 1, ["a"]),
        (4, 2, 3, false, 3, 2, ["c"]),
        (6, 1, 1, true, 1, 1, ["a", "b"]),
        (3, 2, 1, true, 2, 3, ["b", "a"]),
    ];

    public static TheoryData<Scaling, double, double> Splits()
    {
        var data = new TheoryData<Scaling, double, double>();
        foreach (var kind in Enum.GetValues<Scaling>().Where(kind => kind <= Scaling.None))
        {
            data.Add(kind, 0.5, 0.25);
            data.Add(kind, 0.61, 0.2);
            data.Add(kind, 0.4, 0.21);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Splits))]
    public void No_value_behind_a_border_changes_a_bit_before_it(Scaling kind, double training, double validation)
    {
        var whole = Series(changedFrom: Rows);
        foreach (var cut in Cuts)
        {
            var expected = Cut(whole, kind, training, validation, cut);
            var (first, second) = (whole.Split(training, validation).TrainingRows.End.Value, whole.Split(training, validation).ValidationRows.End.Value);
            var behindTraining = Cut(Series(changedFrom: first), kind, training, validation, cut);
            Assert.Equal(expected.Training.Pipeline, behindTraining.Training.Pipeline);
            AssertSame(expected.Training, behindTraining.Training);
            Assert.NotEqual(Bits(expected.Validation), Bits(behindTraining.Validation));
            var behindValidation = Cut(Series(changedFrom: second), kind, training, validation, cut);
            AssertSame(expected.Training, behindValidation.Training);
            AssertSame(expected.Validation, behindValidation.Validation);
            Assert.NotEqual(Bits(expected.Test), Bits(behindValidation.Test));
        }
    }

    [Fact]
    public void Every_target_lies_in_its_part_and_what_straddles_is_counted()
    {
        foreach (var cut in Cuts)
        {
            var series = Series(changedFrom: Rows);
            var split = series.Split(0.5, 0.25);
            var sets = Cut(series, Scaling.Standard, 0.5, 0.25, cut);
            WindowedDataset[] parts = [sets.Training, sets.Validation, sets.Test];
            Range[] rows = [split.TrainingRows, split.ValidationRows, split.TestRows];
            int length = cut.Moved ? cut.Timesteps : cut.Steps, inAPart = 0;
            foreach (var (part, range) in parts.Zip(rows))
            {
                for (int window = 0; window < part.Count; window++)
                {
                    for (int step = 0; step < length; step++)
                        Assert.InRange(part.TargetRow(window, step), range.Start.Value, range.End.Value - 1);
                }
                inAPart += part.Count;
            }
            int reach = (cut.Timesteps - 1 + cut.Horizon + cut.Steps - 1) * cut.Rate, all = (Rows - 1 - reach) / cut.Stride + 1;
            Assert.Equal(all, inAPart + parts.Sum(part => part.Straddling));
            Assert.Equal(0, sets.Training.Straddling);
            if (cut is { Rate: 1, Stride: 1 }) Assert.All(parts[1..], part => Assert.Equal(length - 1, part.Straddling));
        }
    }

    private static void AssertSame(WindowedDataset expected, WindowedDataset found)
    {
        Assert.Equal(Bits(expected), Bits(found));
        Assert.Equal(expected.Source.Weights, found.Source.Weights);
        Assert.Equal(expected.Source.Starts, found.Source.Starts);
    }

    private static DatasetSplit Cut(TimeSeries series, Scaling kind, double training, double validation,
        (int Timesteps, int Horizon, int Steps, bool Moved, int Rate, int Stride, string[] Targets) cut) =>
        series.Split(training, validation).Scale(kind).Windows(cut.Timesteps, cut.Horizon, 4, cut.Stride, cut.Rate, targets: cut.Targets,
            sequenceTargets: cut.Moved, inputs: ["b", "a"], targetSteps: cut.Steps, halfLife: 10);

    private static int[] Bits(WindowedDataset set) =>
    [
        .. set.Batches().SelectMany(batch => batch.Inputs.Values.ToArray().Concat(batch.Targets!.Value.Values.ToArray())).Select(BitConverter.SingleToInt32Bits),
    ];

    private static TimeSeries Series(int changedFrom)
    {
        var values = new double[Rows, 3];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < 3; column++)
                values[row, column] = 40 + (30 * Math.Sin((row + 1) * (column + 1.3))) + (row < changedFrom ? 0 : 900 + (7 * row * row));
        }
        return TimeSeries.FromArrays(values, ["a", "b", "c"]);
    }
}
