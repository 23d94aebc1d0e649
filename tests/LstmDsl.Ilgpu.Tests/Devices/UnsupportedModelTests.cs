using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

[Input(4, 2, BatchSize = 3), Lstm(5, Stateful = true, Name = "Meter"), Dense(1)]
internal sealed partial class StatefulMeter;

/// <summary>What ILGPU's devices do not do is said before anything runs, by the layer's name.</summary>
public sealed class UnsupportedModelTests
{
    private static readonly IlgpuDevice Unreached = new(new NoConnection());

    [Fact]
    public void Stateful_layers_are_refused_by_name()
    {
        var model = new StatefulMeter(seed: 1);
        var trainer = new StatefulMeter.Trainer(model, Unreached) { Loss = Loss.MeanSquaredError };
        Refused("'meter' is stateful", () => trainer.TrainOnBatch(new float[3, 4, 2], new float[3, 1]));
        Refused("'meter' is stateful", () => new Predictor<StatefulMeter>(model, Unreached));
    }

    private static void Refused(string reason, Func<object?> action) =>
        Assert.Contains(reason, Assert.Throws<NotSupportedException>(action).Message, StringComparison.Ordinal);

    private sealed class NoConnection : IlgpuConnection
    {
        public override string Name => "none";

        public override string Hardware => "none";

        public override long? MemoryBytes => null;

        public override bool IsGpu => false;

        public override TrainingSession CreateTrainingSession<TModel>(TrainingSetup setup) => throw new InvalidOperationException("reached");

        public override Predictor CreatePredictor<TModel>(ModelState state) => throw new InvalidOperationException("reached");
    }
}
