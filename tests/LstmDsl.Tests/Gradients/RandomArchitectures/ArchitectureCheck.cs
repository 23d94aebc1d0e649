using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>The gradient of an architecture against central differences, and a training step on the vector kernels against the reference's.</summary>
internal static class ArchitectureCheck
{
    private const int Samples = 3;

    /// <summary>Directions in which a tensor is moved. All of its weights take part in each, so that a wrong one shows.</summary>
    private const int Directions = 2;

    /// <summary>
    /// Central differences in double on the reference. Moved in a direction of ones and minus ones, the loss must change by the sum of the
    /// gradients, each with its sign.
    /// </summary>
    public static void Differentiate<TModel>(DrawnArchitecture architecture) where TModel : class, IRecurrentModel<TModel>
    {
        var plan = TModel.Plan;
        var drawn = new ArchitectureSamples(architecture, plan, Samples);
        var run = new ProgramRun<TModel, ReferenceBackend<double>, double> { UsesBatchStatistics = architecture.UsesBatchStatistics };
        var signs = new TestNumbers((ulong)architecture.Seed + 7);
        var (_, loss, inputGradient) = Loss();
        var gradients = plan.Tensors.Select(run.Gradient).ToArray();
        for (var tensor = 0; tensor < gradients.Length; tensor++)
        {
            if (plan.Tensors[tensor].Momentum is null)
                Compare(plan.Tensors[tensor].Name, drawn.Weights[tensor], gradients[tensor], _ => true);
        }

        if (inputGradient.Length > 0)
            Compare("the input", drawn.X, inputGradient, place => drawn.Counts[place]);

        (double[] Prediction, double Loss, double[] InputGradient) Loss()
        {
            for (var tensor = 0; tensor < drawn.Weights.Length; tensor++)
                run.SetWeight(plan.Tensors[tensor], drawn.Weights[tensor]);
            return run.Train(drawn.X, drawn.Y, Samples, drawn.Loss, drawn.SampleWeights);
        }

        void Compare(string what, float[] values, double[] gradient, Func<int, bool> moves)
        {
            for (var direction = 0; direction < Directions; direction++)
            {
                var step = new int[values.Length];
                for (var place = 0; place < step.Length; place++)
                    step[place] = moves(place) ? 1 - (2 * signs.Between(0, 1)) : 0;
                double expected = 0, magnitude = 1e-3;
                for (var place = 0; place < step.Length; place++)
                {
                    expected += step[place] * gradient[place];
                    magnitude += Math.Abs(gradient[place]);
                }

                // Where relu or a maximum bends between the two ends, a shorter step most likely lies beside the bend; a wrong gradient
                // stays wrong.
                if (!Agrees(1f / (1 << 17), out _) && !Agrees(1f / (1 << 22), out var found))
                    Assert.Fail(FormattableString.Invariant($"{what}: the gradient says {expected:e6}, central differences {found:e6}"));

                // The error of a difference is step² times the third derivative, which normalisation of nearly constant values drives
                // high, and some 1e-15 of the loss over the step.
                bool Agrees(float length, out double found)
                {
                    found = Difference(values, step, length);
                    return Math.Abs(found - expected) <= (1e-6 * magnitude) + (1e-15 * Math.Abs(loss) / length);
                }
            }
        }

        double Difference(float[] values, int[] step, float length)
        {
            var above = MovedLoss(values, step, length);
            return (above - MovedLoss(values, step, -length)) / (2.0 * length);
        }

        double MovedLoss(float[] values, int[] step, float length)
        {
            var before = values.ToArray();
            for (var place = 0; place < values.Length; place++)
                values[place] += step[place] * length;
            var moved = Loss().Loss;
            before.CopyTo(values, 0);
            return moved;
        }
    }

    /// <summary>A prediction and a step of training, in blocks and on all threads, against the same on the reference in double.</summary>
    public static void Agree<TModel>(DrawnArchitecture architecture) where TModel : class, IRecurrentModel<TModel>
    {
        // Three blocks, the last of them smaller.
        const int Batch = 19;
        var plan = TModel.Plan;
        var drawn = new ArchitectureSamples(architecture, plan, Batch);
        var shape = plan.Shape;
        var columns = drawn.Loss.TargetColumns(shape.Outputs);
        var x = LstmDsl.Samples.Of(drawn.X, Batch, shape.Timesteps, shape.Features);
        var y = shape.ReturnsSequences
            ? LstmDsl.Samples.Of(drawn.Y, Batch, shape.OutputTimesteps, columns)
            : LstmDsl.Samples.Of(drawn.Y, Batch, columns);
        var sampleWeight = architecture.WeighsSamples ? LstmDsl.Samples.Of(drawn.SampleWeights, Batch) : default(LstmDsl.Samples?);
        var (expected, actual) = (Run(Device.ReferenceDouble), Run(Device.Cpu));

        // Some hundred operations in float from the input to a weight and back, each rounding by 6e-8. What cancels to next to nothing is
        // compared with what cancels: in predictions x − tanh x, in losses a mean of cosines, in gradients their terms; and a weight below
        // 2 that is stored as a float with its last digit.
        const double Tolerance = 3e-5;
        Close.Relative([0.1, .. expected.Prediction], [0.1, .. actual.Prediction], Tolerance, "prediction");
        Close.Relative([1, expected.Loss], [1, actual.Loss], Tolerance, "loss");
        var largest = expected.Change.Append(0).Max(Math.Abs) + (2.4e-7 / Tolerance);
        Close.Relative([largest, .. expected.Change], [largest, .. actual.Change], Tolerance, "what a step changes");

        (double[] Prediction, double Loss, double[] Change) Run(Device device)
        {
            var model = TModel.Create(architecture.Seed);
            for (var tensor = 0; tensor < plan.Tensors.Count; tensor++)
                model.State.Write(plan.Tensors[tensor], 0, drawn.Weights[tensor]);
            var before = model.State.Parameters.Span.ToArray();
            var prediction = new float[Batch * shape.OutputLength];
            new Predictor<TModel>(model, device).Predict(drawn.X, prediction);
            var trainer = new Trainer<TModel>(model, device) { Optimizer = new Sgd(0.5), Loss = drawn.Loss };
            var history = trainer.Fit(x, y, batchSize: Batch, shuffle: false, verbose: 0, sampleWeight: sampleWeight);
            var after = model.State.Parameters.Span.ToArray();
            return (
                [.. prediction.Select(value => (double)value)],
                history["loss"][0],
                [.. after.Zip(before, (one, other) => (double)one - other)]);
        }
    }
}
