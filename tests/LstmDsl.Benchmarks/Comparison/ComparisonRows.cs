using static LstmDsl.Benchmarks.WorkCount;

namespace LstmDsl.Benchmarks;

/// <summary>The lines of the comparison. What is not said otherwise ends in a dense layer of one unit, and steps are RMSprop's.</summary>
internal static class ComparisonRows
{
    /// <summary>Samples of the second system's training data: 17 batches of 10.</summary>
    private const int Damped = 170;

    /// <summary>All of them, in the report's order.</summary>
    public static IReadOnlyList<ComparisonRow> All { get; } =
    [
        new("lstm40-epoch", "LSTM 40, T 20, F 1, batch 10, sequence output, SGD: an epoch of 17 steps",
            Training(4, 40, Lstm40Sequence.Shape, Damped), RowThreads.Any,
            device => new FitEpochs<Lstm40Sequence>(Damped, 10, new Sgd(), device)),
        new("lstm40-steps", "the same 17 steps without the loop around them",
            Training(4, 40, Lstm40Sequence.Shape, Damped), RowThreads.Any,
            device => new TrainingSteps<Lstm40Sequence>(Damped, 10, new Sgd(), device)),
        new("rnn40-epoch", "SimpleRNN 40, T 20, F 1, batch 10, sequence output, SGD: an epoch of 17 steps",
            Training(1, 40, SimpleRnn40Sequence.Shape, Damped), RowThreads.Any,
            device => new FitEpochs<SimpleRnn40Sequence>(Damped, 10, new Sgd(), device)),
        new("lstm20-step", "LSTM 20, T 20, F 1, batch 32: a step",
            Training(4, 20, Lstm20.Shape, 32), RowThreads.Any,
            device => new TrainingSteps<Lstm20>(32, 32, new RmsProp(), device)),
        new("lstm32-step", "LSTM 32, T 120, F 14, batch 256: a step",
            Training(4, 32, Lstm32.Shape, 256), RowThreads.Any,
            device => new TrainingSteps<Lstm32>(256, 256, new RmsProp(), device)),
        new("lstm128-step", "LSTM 128, T 100, F 16, batch 64: a step",
            Training(4, 128, Lstm128.Shape, 64), RowThreads.Any,
            device => new TrainingSteps<Lstm128>(64, 64, new RmsProp(), device)),
        new("lstm512-step", "LSTM 512, T 100, F 64, batch 64: a step",
            Training(4, 512, Lstm512.Shape, 64), RowThreads.Any,
            device => new TrainingSteps<Lstm512>(64, 64, new RmsProp(), device)),
        new("deep-lstm128-step", "three LSTM 128, one upon the other, T 100, F 16, batch 64: a step",
            StackedTraining(4, 128, layers: 3, DeepLstm128.Shape, 64), RowThreads.Any,
            device => new TrainingSteps<DeepLstm128>(64, 64, new RmsProp(), device)),
        new("long-lstm64-step", "LSTM 64, T 1,000, F 16, batch 32: a step",
            Training(4, 64, LongLstm64.Shape, 32), RowThreads.Any,
            device => new TrainingSteps<LongLstm64>(32, 32, new RmsProp(), device)),
        new("gru32-step", "GRU 32, T 120, F 14, batch 256: a step",
            Training(3, 32, Gru32.Shape, 256), RowThreads.Any,
            device => new TrainingSteps<Gru32>(256, 256, new RmsProp(), device))
        { Lstm = "lstm32-step" },
        new("gru128-step", "GRU 128, T 100, F 16, batch 64: a step",
            Training(3, 128, Gru128.Shape, 64), RowThreads.Any,
            device => new TrainingSteps<Gru128>(64, 64, new RmsProp(), device))
        { Lstm = "lstm128-step" },
        new("bidirectional-lstm32-step", "bidirectional LSTM 32, T 120, F 14, batch 256: a step",
            Training(4, 32, BidirectionalLstm32.Shape, 256, directions: 2), RowThreads.Any,
            device => new TrainingSteps<BidirectionalLstm32>(256, 256, new RmsProp(), device))
        { Lstm = "lstm32-step" },
        new("bidirectional-lstm128-step", "bidirectional LSTM 128, T 100, F 16, batch 64: a step",
            Training(4, 128, BidirectionalLstm128.Shape, 64, directions: 2), RowThreads.Any,
            device => new TrainingSteps<BidirectionalLstm128>(64, 64, new RmsProp(), device))
        { Lstm = "lstm128-step" },
        new("lstm32-predict", "LSTM 32, T 120, F 14: prediction of a batch of 256",
            Prediction(4, 32, Lstm32.Shape, 256), RowThreads.Any,
            device => new BatchPrediction<Lstm32>(256, device)),
        new("lstm128-predict", "LSTM 128, T 100, F 16: prediction of a batch of 64",
            Prediction(4, 128, Lstm128.Shape, 64), RowThreads.Any,
            device => new BatchPrediction<Lstm128>(64, device)),
        new("lstm512-predict", "LSTM 512, T 100, F 64: prediction of a batch of 64",
            Prediction(4, 512, Lstm512.Shape, 64), RowThreads.Any,
            device => new BatchPrediction<Lstm512>(64, device)),
        new("lstm40-window", "one window through LSTM 40, T 20, F 1, last step's output",
            Prediction(4, 40, Lstm40.Shape, 1), RowThreads.One,
            device => new BatchPrediction<Lstm40>(1, device)),
        new("lstm40-sequence-window", "one window through LSTM 40, T 20, F 1, sequence output",
            Prediction(4, 40, Lstm40Sequence.Shape, 1), RowThreads.One,
            device => new BatchPrediction<Lstm40Sequence>(1, device)),
        new("lstm20-stream", "one streaming step, LSTM 20", Prediction(4, 20, OneStep, 1), RowThreads.One, _ => StreamingSteps.OfLstm20()),
        new("lstm40-stream", "one streaming step, LSTM 40", Prediction(4, 40, OneStep, 1), RowThreads.One, _ => StreamingSteps.OfLstm40()),
        new("lstm64-stream", "one streaming step, LSTM 64", Prediction(4, 64, OneStep, 1), RowThreads.One, _ => StreamingSteps.OfLstm64()),
        new("first-system", "the first system as a process: CSV to five forecasts, 20 epochs, two callbacks, two pictures",
            0, RowThreads.All,
            _ => new FirstSystem()),
    ];

    private static ModelShape OneStep => new(Timesteps: 1, Features: 1, OutputTimesteps: 1, Outputs: 1, ReturnsSequences: false);
}
