namespace LstmDsl.Tests;

/// <summary>A program that makes the compiler compile every hot loop of the recurrent layers once.</summary>
internal static class HotLoopRun
{
    /// <summary>The argument that asks for it.</summary>
    public const string Command = "compile-hot-loops";

    /// <summary>Trains a model of all cells, then predicts one window with it.</summary>
    public static void Train()
    {
        var (x, y) = RandomSamples.For(HotLoops.Shape, samples: 24);
        var model = new HotLoops(seed: 1);
        new HotLoops.Trainer(model) { Loss = Loss.MeanSquaredError }.Fit(x, y, batchSize: 12, epochs: 1, verbose: 0);
        model.Predict(new float[HotLoops.Shape.InputLength], new float[HotLoops.Shape.OutputLength]);
    }
}

/// <summary>Every cell, with the activations that it has by default and others that recurrent layers often have.</summary>
[Input(4, 3)]
[Lstm(36, ReturnSequences = true)]
[Lstm(36, Activation = Activation.Relu, RecurrentActivation = Activation.HardSigmoid, ReturnSequences = true)]
[Gru(36, ReturnSequences = true)]
[Gru(36, ResetAfter = false, ReturnSequences = true)]
[MinGru(36, ReturnSequences = true)]
[SimpleRnn(36)]
[Dense(5, Activation = Activation.Tanh)]
internal sealed partial class HotLoops;
