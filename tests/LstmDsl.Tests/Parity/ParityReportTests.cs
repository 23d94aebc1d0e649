using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>The table of how close comparisons with Keras came.</summary>
public sealed class ParityReportTests
{
    [Fact]
    public void ARowHoldsTheLargestErrorAndTheLargestMultipleOfKerassOwn()
    {
        var report = new ParityReport();
        var exact = ParityCase.OnHost("windows", "strided");
        var difficult = new ParityCase("networks", "difficult", "cpu") { Float32Error = 1e-5 };
        var easy = new ParityCase("networks", "easy", "cpu") { Float32Error = 1e-7 };
        report.Add(exact, error: null);
        report.Add(easy, 1.5e-7);
        report.Add(difficult, 2e-6);
        report.Add(easy, 0);
        report.Add(difficult with { Backend = "double", Float32Error = null }, 3e-14);

        Assert.Equal(
            """
            | group | cases | backend | largest error | in | largest over Keras's float32 error | in |
            | --- | ---: | --- | ---: | --- | ---: | --- |
            | networks | 2 | cpu | 2.0e-06 | difficult | 1.50 | easy |
            | networks | 1 | double | 3.0e-14 | difficult |  |  |
            | windows | 1 | host |  |  |  |  |

            """,
            report.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void TolerancesFollowTheRecordedErrorAndThePrecision()
    {
        const double Recorded = 3.977192022657182e-06;
        const double RecordedOfHistory = 1.6971749833327236e-07;
        AssertMeasures(Recorded, 4 * Recorded, ParityCase.On<CpuBackend<Lanes256>, float>("networks", "lstm_long"));
        AssertMeasures(RecordedOfHistory, 1e-6, ParityCase.On(Device.Cpu, "fit", "weather_lstm20_zeros", "history"));
        AssertMeasures(4e-7, 4e-7, ParityCase.On(Device.Reference, "fit", "weather_lstm20_zeros", "rates"));
        AssertMeasures(4e-7, 4e-7, ParityCase.On<ReferenceBackend<float>, float>("stateful", "stateful_lstm"));
        AssertMeasures(null, 1e-9, ParityCase.On(Device.ReferenceDouble, "fit", "weather_lstm20_zeros", "history", inDouble: 1e-9));
        var inDouble = ParityCase.On<ReferenceBackend<double>, double>("networks", "lstm_long");
        AssertMeasures(null, 1e-12, inDouble);
        Assert.Throws<Xunit.Sdk.TrueException>(() => inDouble.AssertClose([1.0], [1 + 2e-12], "a number"));

        static void AssertMeasures(double? float32Error, double tolerance, ParityCase parity) =>
            Assert.Equal((float32Error, tolerance), (parity.Float32Error, parity.Tolerance));
    }
}
