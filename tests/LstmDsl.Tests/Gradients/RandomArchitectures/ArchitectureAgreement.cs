namespace LstmDsl.Tests;

/// <summary>
/// A prediction and a step of training on the vector kernels, in blocks and on all threads, against the same on the reference in double.
/// </summary>
internal static class ArchitectureAgreement<TModel> where TModel : class, IRecurrentModel<TModel>
{
    /// <summary>Checks predictions, the loss and all weights.</summary>
    public static void Check(DrawnArchitecture architecture)
    {
        // Three blocks, the last of them smaller.
        const int Batch = 19;
        var plan = TModel.Plan;
        var drawn = new ArchitectureSamples(architecture, plan, Batch);
        var shape = plan.Shape;
        var columns = drawn.Loss.TargetColumns(shape.Outputs);
        var x = Samples.Of(drawn.X, Batch, shape.Timesteps, shape.Features);
        var y = shape.ReturnsSequences
            ? Samples.Of(drawn.Y, Batch, shape.OutputTimesteps, columns)
            : Samples.Of(drawn.Y, Batch, columns);
        var sampleWeight = architecture.WeighsSamples ? Samples.Of(drawn.SampleWeights, Batch) : default(Samples?);
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
            foreach (var frozen in plan.Tensors.Where(tensor => tensor.IsFrozen))
                Assert.Equal(before.AsSpan(frozen.Offset, frozen.Length), after.AsSpan(frozen.Offset, frozen.Length));
            return (
                [.. prediction.Select(value => (double)value)],
                history["loss"][0],
                [.. after.Zip(before, (one, other) => (double)one - other)]);
        }
    }
}
