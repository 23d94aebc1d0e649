namespace LstmDsl.Tests;

// Every kind of regulariser, on a layer that gives sequences, on one that gives its last timestep, and on the output.
[Input(5, 2)]
[Lstm(4, ReturnSequences = true, ActivityL1 = 0.05, ActivityL2 = 0.03), Kernel(L1 = 0.02, L2 = 0.04), Bias(L2 = 0.1)]
[Lstm(3, ActivityL2 = 0.2), RecurrentKernel(L1 = 0.03)]
[Dense(2, Activation = Activation.Tanh, ActivityL1 = 0.1), Kernel(L2 = 0.05), Bias(L1 = 0.07)]
internal sealed partial class RegularizedStack;

/// <summary>The gradient of the loss with its penalties against central differences, in double on the reference.</summary>
public sealed class RegularizerGradientTests
{
    [Fact]
    public void AgreesWithCentralDifferences() => CentralDifferences.Check<RegularizedStack>();
}
