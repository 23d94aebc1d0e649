namespace LstmDsl.Tests;

/// <summary>A training run that writes one file, in a program whose system calls can be made to fail.</summary>
internal static class FailingDiskRun
{
    /// <summary>The argument that asks for it; a file and an <see cref="OnWriteError"/> follow.</summary>
    public const string Command = "train-on-a-failing-disk";

    /// <summary>Epochs of the run.</summary>
    public const int Epochs = 3;

    /// <summary>Trains, and prints the exception's message, or the number of epochs and the warnings.</summary>
    public static void Train(string file, OnWriteError onWriteError)
    {
        try
        {
            var history = Train(Path.GetExtension(file) == ".csv"
                ? new CsvLogger(file, onWriteError: onWriteError)
                : new ModelCheckpoint(file, onWriteError: onWriteError));
            Console.WriteLine($"{history.Epochs.Count} epochs");
            foreach (var warning in history.Warnings)
                Console.WriteLine(warning);
        }
        catch (IOException problem)
        {
            Console.WriteLine(problem.Message);
        }
    }

    /// <summary>The run with that callback.</summary>
    public static History Train(Callback callback)
    {
        var (x, y) = RandomSamples.For(Killed.Shape, samples: 16);
        var trainer = new Killed.Trainer(new Killed(seed: 7)) { Loss = Loss.MeanSquaredError, Callbacks = { callback } };
        return trainer.Fit(x, y, batchSize: 16, epochs: Epochs, verbose: 0);
    }
}
