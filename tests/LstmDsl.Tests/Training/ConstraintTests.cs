namespace LstmDsl.Tests;

// Wide enough that norms are taken in several tiles of columns.
[Input(12, 2), Conv1D(4, 3), Kernel(Constraint = Constraint.UnitNorm, NormAxis = 2)]
[Lstm(20, ReturnSequences = true), Kernel(Constraint = Constraint.MaxNorm, MaxNorm = 0.5), RecurrentKernel(Constraint = Constraint.MaxNorm)]
[Bias(Constraint = Constraint.NonNeg)]
[Gru(5), Kernel(Constraint = Constraint.NonNeg), RecurrentKernel(Constraint = Constraint.UnitNorm, NormAxis = 1)]
[Bias(Constraint = Constraint.UnitNorm)]
[Dense(3), Kernel(Constraint = Constraint.MinMaxNorm, MinNorm = 0.3, MaxNorm = 0.8, NormRate = 0.25, NormAxis = 1)]
[Bias(Constraint = Constraint.MinMaxNorm)]
internal sealed partial class ConstrainedStack;

[Input(12, 2), Conv1D(4, 3), Lstm(20, ReturnSequences = true), Gru(5), Dense(3)]
internal sealed partial class FreeStack;

/// <summary>Weights after each update, against Keras's formulas written out here.</summary>
public sealed class ConstraintTests
{
    /// <summary>Of each weight in the order of the block: the formula that maps values and their norm to values.</summary>
    private static readonly (string Name, int Axis, Func<double, double, double> Formula)[] Formulas =
    [
        ("conv1d.kernel", 2, (w, norm) => w / (1e-7 + norm)),
        ("conv1d.bias", 0, (w, _) => w),
        ("lstm.kernel", 0, (w, norm) => w * (Math.Min(norm, 0.5) / (1e-7 + norm))),
        ("lstm.recurrent_kernel", 0, (w, norm) => w * (Math.Min(norm, 2) / (1e-7 + norm))),
        ("lstm.bias", 0, (w, _) => Math.Max(w, 0)),
        ("gru.kernel", 0, (w, _) => Math.Max(w, 0)),
        ("gru.recurrent_kernel", 1, (w, norm) => w / (1e-7 + norm)),
        ("gru.bias", 0, (w, norm) => w / (1e-7 + norm)),
        ("dense.kernel", 1, (w, norm) => w * (((0.25 * Math.Clamp(norm, 0.3, 0.8)) + (0.75 * norm)) / (1e-7 + norm))),
        ("dense.bias", 0, (w, norm) => w * (Math.Clamp(norm, 0, 1) / (1e-7 + norm))),
    ];

    private static readonly (Samples X, Samples Y) Data = RandomSamples.For(FreeStack.Shape, samples: 24);

    public static TheoryData<string> Devices => ["cpu", "reference", "reference in double"];

    [Theory]
    [MemberData(nameof(Devices))]
    public void AConstrainedStepIsAFreeOneAndThenTheConstraints(string device)
    {
        foreach (var optimizer in new Optimizer[] { new Sgd(0.3), new Adam(0.1) { ClipNorm = 1 } })
        {
            var (free, constrained) = (Spread(new FreeStack(seed: 5)), Spread(new ConstrainedStack(seed: 5)));
            Step(free, device, optimizer);
            Step(constrained, device, optimizer);
            Compare(Constrained(Weights(free)), Weights(constrained));
        }
    }

    [Fact]
    public void ABatchThatOnlyAccumulatesIsFollowedByTheConstraintsToo()
    {
        var (free, constrained) = (Spread(new FreeStack(seed: 5)), Spread(new ConstrainedStack(seed: 5)));
        Step(constrained, "cpu", new Sgd(0.3) { GradientAccumulationSteps = 3 });
        Compare(Constrained(Weights(free)), Weights(constrained));
    }

    [Fact]
    public void TheFormulasAreThoseOfTheTensorTable() =>
        Assert.Equal(Formulas.Select(formula => formula.Name), new FreeStack(seed: 1).State().Plan.Tensors.Select(tensor => tensor.Name));

    [Fact]
    public void ZerosStayZeros()
    {
        var model = new ConstrainedStack(seed: 2);
        model.Conv1D.Kernel.CopyFrom(new float[3 * 2 * 4]);
        Step(model, "cpu", new Sgd { GradientAccumulationSteps = 2 });
        Assert.All(Weights(model)["conv1d.kernel"], weight => Assert.Equal(0, weight));
    }

    private static void Step<TModel>(TModel model, string device, Optimizer optimizer) where TModel : class, IRecurrentModel<TModel>
    {
        Device on = device switch
        {
            "cpu" => new CpuDevice(threads: 2),
            "reference" => Device.Reference,
            _ => Device.ReferenceDouble,
        };
        new Trainer<TModel>(model, on) { Optimizer = optimizer, Loss = Loss.MeanSquaredError }.TrainOnBatch(Data.X, Data.Y);
    }

    /// <summary>Other biases than zeros and ones, some below zero.</summary>
    private static TModel Spread<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel>
    {
        var random = new Random(9);
        foreach (var tensor in model.State.Plan.Tensors)
            model.State.Write(tensor, 0, [.. Enumerable.Range(0, tensor.Length).Select(_ => (float)(random.NextDouble() - 0.5))]);
        return model;
    }

    private static Dictionary<string, double[]> Weights<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel> =>
        model.State.Plan.Tensors.ToDictionary(tensor => tensor.Name, tensor => Array.ConvertAll(model.State.Read(tensor).ToArray(), weight => (double)weight));

    private static Dictionary<string, double[]> Constrained(Dictionary<string, double[]> weights)
    {
        var shapes = new FreeStack(seed: 1).State().Plan.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Shape);
        return Formulas.ToDictionary(formula => formula.Name, formula =>
        {
            var (values, shape) = (weights[formula.Name], shapes[formula.Name]);
            var after = shape[(formula.Axis + 1)..].Aggregate(1, (product, size) => product * size);
            int Line(int index) => (index / (after * shape[formula.Axis]) * after) + (index % after);
            var norms = Enumerable.Range(0, values.Length).GroupBy(Line)
                .ToDictionary(line => line.Key, line => Math.Sqrt(line.Sum(index => values[index] * values[index])));
            return values.Select((value, index) => formula.Formula(value, norms[Line(index)])).ToArray();
        });
    }

    private static void Compare(Dictionary<string, double[]> expected, Dictionary<string, double[]> found)
    {
        // Two steps differ by nothing; the constrained weights are rounded to float once more.
        foreach (var (name, values) in expected)
            Close.Relative(values, found[name], 2e-7, name);
    }
}

/// <summary>What generated code keeps to itself.</summary>
file static class ModelStates
{
    public static CompilerServices.ModelState<TModel> State<TModel>(this TModel model) where TModel : class, IRecurrentModel<TModel> => model.State;
}
