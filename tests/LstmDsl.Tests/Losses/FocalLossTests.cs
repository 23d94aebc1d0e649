using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>
/// Values of the focal loss with arguments that no parity case has, from Keras's formula by hand: (1 − p of the true label)^gamma · −ln p of it,
/// weighed with alpha for label 1 and 1 − alpha for label 0.
/// </summary>
public sealed class FocalLossTests
{
    [Theory]
    [InlineData(1, 3, false, 0.00178514841051368)] // 0.2³ · −ln 0.8
    [InlineData(0, 3, false, 0.82403221116626)] // 0.8³ · −ln 0.2
    [InlineData(1, 0.5, false, 0.0997928299155446)] // √0.2 · −ln 0.8
    [InlineData(1, 0, false, 0.22314355131421)] // −ln 0.8
    [InlineData(1, 3, true, 0.00133886130788526)] // 0.75 · the first
    [InlineData(0, 3, true, 0.206008052791565)] // 0.25 · the second
    public void ItsValueIsThatOfTheFormula(float label, double gamma, bool balanced, double expected)
    {
        const float Logit = 1.3862943611198906f; // ln 4, whose sigmoid is 0.8
        Assert.Equal(expected, Value(fromLogits: false, prediction: 0.8f), 1e-6);
        Assert.Equal(expected, Value(fromLogits: true, prediction: Logit), 1e-6);

        double Value(bool fromLogits, float prediction) => new LossRun<ReferenceBackend<double>, double>([label], [prediction], 1, [])
            .Loss(Loss.BinaryFocalCrossentropy(balanced, alpha: 0.75, gamma, fromLogits));
    }
}
