namespace LstmDsl.Tests;

/// <summary>Learning rates at given steps, as Keras computed them in float32.</summary>
public sealed class ScheduleParityTests
{
    public static TheoryData<string> CaseNames => [.. ParityIndex.Cases("schedules").Select(ParityIndex.Name)];

    [Fact]
    public void AllCasesAreFound() => Assert.Equal(10, CaseNames.Count);

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void AgreesWithKeras(string name)
    {
        var parity = ParityIndex.Case("schedules", name);
        var schedule = KerasOptimizers.MakeSchedule(parity.GetProperty("schedule"));
        var pairs = parity.GetProperty("rates").EnumerateArray().ToArray();
        double[] expected = [.. pairs.Select(pair => pair[1].GetDouble())];
        double[] found = [.. pairs.Select(pair => schedule.At(pair[0].GetInt64()))];
        ParityCase.OnHost("schedules", name).AssertClose(expected, found, "rates");
    }
}
