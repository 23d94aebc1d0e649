using FsCheck;
using FsCheck.Fluent;

namespace LstmDsl.Tests;

/// <summary>The backward pass of the reference against central differences in double, over drawn shapes and options.</summary>
public sealed class RecurrentGradientTests
{
    // An exponential fed back grows so fast that a difference says nothing.
    private static readonly Activation[] Activations =
        [.. Enum.GetValues<Activation>().Where(activation => !activation.WorksOnRows() && activation != Activation.Exponential)];

    private static readonly Activation[] Bounded =
    [
        Activation.Tanh, Activation.Sigmoid, Activation.HardSigmoid, Activation.HardSigmoidKeras2, Activation.Relu6, Activation.Softsign,
        Activation.HardTanh,
    ];

    [Fact]
    public void LstmAgreesWithCentralDifferences() => CheckLayers(static layer => new LstmProbe(layer));

    [Fact]
    public void SimpleRnnAgreesWithCentralDifferences() => CheckLayers(static layer => new SimpleRnnProbe(layer));

    [Fact]
    public void GruAgreesWithCentralDifferences() => CheckLayers(static layer => new GruProbe(layer));

    [Fact]
    public void GruWithItsResetBeforeAgreesWithCentralDifferences() =>
        CheckLayers(static layer => new GruProbe(layer with { Shape = layer.Shape with { ResetAfter = false } }));

    [Fact]
    public void MinGruAgreesWithCentralDifferences() => CheckLayers(static layer => new MinGruProbe(layer));

    private static void CheckLayers(Func<DrawnLayer, RecurrentProbe> makeProbe)
    {
        // Of two activations without bound the states grow from timestep to timestep, and their third derivatives faster; so one is bounded.
        var layers =
            from inputs in Gen.Choose(1, 5)
            from units in Gen.Choose(1, 6)
            from timesteps in Gen.Choose(1, 6)
            from samples in Gen.Choose(1, 4)
            from activation in Gen.Elements(Activations)
            from recurrentActivation in Gen.Elements(Bounded.Contains(activation) ? Activations : Bounded)
            from useBias in Gen.Elements(true, false)
            from returnSequences in Gen.Elements(true, false)
            from goBackwards in Gen.Elements(true, false)
            from seed in Gen.Choose(1, 1_000_000)
            let shape = new DrawnShape(inputs, units)
            {
                Activation = activation,
                RecurrentActivation = recurrentActivation,
                UseBias = useBias,
                ReturnSequences = returnSequences,
                GoBackwards = goBackwards,
            }
            select new DrawnLayer(shape, timesteps, samples, seed);

        var property = Prop.ForAll(layers.ToArbitrary(), layer => HasRightGradient(layer, makeProbe(layer)));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_26UL, 11UL), property);
    }

    private static bool HasRightGradient(DrawnLayer layer, RecurrentProbe probe)
    {
        // A central difference errs by step² times the third derivative and by rounding / step: 1e-5 balances them near 1e-10. Linear
        // and relu cells without bound can grow, so the tolerance scales with the gradient.
        const double Step = 1e-5;
        const double Tolerance = 1e-6;

        var gradient = probe.Gradient();
        var magnitude = gradient.Max(Math.Abs) + 1;
        var wrong = 0;
        for (var index = 0; index < gradient.Length; index++)
        {
            var number = probe.Numbers[index];
            probe.Numbers[index] = number + Step;
            var above = probe.Function();
            probe.Numbers[index] = number - Step;
            var below = probe.Function();
            probe.Numbers[index] = number;
            var difference = (above - below) / (2 * Step);
            if (Math.Abs(difference - gradient[index]) > Tolerance * magnitude)
                wrong++;
        }

        // Where a step crosses the kink of a relu or a hard sigmoid, the difference says nothing; that hits a few numbers at most.
        return wrong <= (HasKinks(layer.Shape) ? gradient.Length / 20 : 0);
    }

    private static bool HasKinks(DrawnShape shape) => IsPiecewise(shape.Activation) || IsPiecewise(shape.RecurrentActivation);

    private static bool IsPiecewise(Activation activation) => activation is Activation.Relu or Activation.Relu6 or Activation.LeakyRelu
        or Activation.Selu or Activation.HardSigmoid or Activation.HardSigmoidKeras2 or Activation.HardSilu or Activation.HardTanh or Activation.SoftShrink;
}
