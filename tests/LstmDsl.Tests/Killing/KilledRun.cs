using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LstmDsl.Tests;

/// <summary>A training run that writes several files, in a program that can be killed and started again.</summary>
internal static class KilledRun
{
    /// <summary>The argument that asks for it.</summary>
    public const string Command = "train-until-killed";

    /// <summary>The file that is there once the run has ended: weights, history.</summary>
    public const string Result = "result.txt";

    /// <summary>The file of the best weights.</summary>
    public const string Best = "best.keras";

    /// <summary>What is printed once the first batch is done.</summary>
    public const string Started = "training";

    /// <summary>Trains from the start, or from where the last program in the working folder was killed.</summary>
    public static void Train()
    {
        var (x, y) = RandomSamples.For(Killed.Shape, samples: 90);
        var isStarted = false;
        var trainer = new Killed.Trainer(new Killed(seed: 7))
        {
            Optimizer = new Adam(0.02) { GradientAccumulationSteps = 2 },
            Loss = Loss.MeanSquaredError,
            Metrics = { Metric.MeanAbsoluteError },
            Callbacks =
            {
                new CsvLogger("log.csv"),
                new BackupAndRestore("backup.safetensors", saveFrequency: 1),
                new ModelCheckpoint(Best, saveBestOnly: true),
                new ReduceLROnPlateau(patience: 3, factor: 0.7),
                new AveragedWeights(0.9, lowerAfter: 50, "average.txt"),
                new EarlyStopping(patience: 60, restoreBestWeights: true),
                new LambdaCallback(onBatchEnd: _ =>
                {
                    if (!isStarted)
                        Console.WriteLine(Started);
                    isStarted = true;
                }),
            },
        };
        var history = trainer.Fit(x, y, batchSize: 16, epochs: 60, validationSplit: 0.2, verbose: 0);
        string[] result =
        [
            Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(ModelWeights.Of(trainer.Model)))),
            .. history.Names.Select(name => $"{name} {string.Join(' ', history[new(name)])}"),
            $"{history.Epochs.Count} {history.StoppedBy} {trainer.Iteration} {trainer.LearningRate:R}",
        ];
        File.WriteAllLines(Result, result);
    }
}

/// <summary>Draws masks, so that a step lost or made twice shows.</summary>
[Input(6, 2)]
[Lstm(10, Dropout = 0.2)]
[Dense(1)]
internal sealed partial class Killed;
