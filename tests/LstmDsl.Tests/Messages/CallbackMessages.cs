using System.Text.RegularExpressions;

namespace LstmDsl.Tests;

/// <summary>What can be wrong with the files that callbacks write, and with a run that is to go on.</summary>
internal static class CallbackMessages
{
    public static IEnumerable<MessageCase> Of(TemporaryFolder folder) => [.. OfFiles(folder), .. OfRuns(folder), .. OfStates(folder), .. OfMetadata(folder)];

    private static IEnumerable<MessageCase> OfFiles(TemporaryFolder folder)
    {
        Action Fit(Func<Callback> callback) => () => Trained(callback());
        Directory.CreateDirectory(folder.File("taken.csv"));
        Directory.CreateDirectory(folder.File("taken.keras"));
        File.WriteAllText(folder.File("file"), "");
        yield return new("ModelCheckpoint: a folder in the file's place", Fit(() => new ModelCheckpoint(folder.File("taken.keras"))));
        yield return new("ModelCheckpoint: a file in the folder's place", Fit(() => new ModelCheckpoint(folder.File("file/best.keras"))));
        yield return new("ModelCheckpoint: an extension of no format", Fit(() => new ModelCheckpoint(folder.File("best.bin"))));
        yield return new("ModelCheckpoint: a name of nothing", Fit(() => new ModelCheckpoint(folder.File("best-{accuracy:.2f}.keras"))));
        yield return new("CsvLogger: a folder in the file's place", Fit(() => new CsvLogger(folder.File("taken.csv"), onWriteError: OnWriteError.Throw)));
        yield return new("CsvLogger: another run's file", Fit(() =>
        {
            File.WriteAllText(folder.File("other.csv"), "epoch,accuracy\n0,1\n");
            return new CsvLogger(folder.File("other.csv"), append: true);
        }));
        yield return new("BackupAndRestore: a file of another optimizer", () =>
        {
            var path = folder.File("backup.safetensors");
            new SmallStack.Trainer(new SmallStack(seed: 1)) { Loss = Loss.MeanSquaredError, Optimizer = new Sgd() }.Save(path);
            Trained(new BackupAndRestore(path));
        });
    }

    private static IEnumerable<MessageCase> OfRuns(TemporaryFolder folder)
    {
        var path = folder.File("run.safetensors");
        Action Resumed(Optimizer optimizer, int samples = 20, int batchSize = 5) => () =>
        {
            File.Delete(path);
            Trained(new BackupAndRestore(path, saveFrequency: 1, deleteCheckpoint: false));
            var trainer = new SmallStack.Trainer(new SmallStack(seed: 1)) { Loss = Loss.MeanSquaredError, Optimizer = optimizer };
            trainer.Resume(path);
            var (x, y) = RandomSamples.For(SmallStack.Shape, samples);
            trainer.Fit(x, y, batchSize, epochs: 2, verbose: 0);
        };
        yield return new("no such file to resume", () => Trainer().Resume(folder.File("none.safetensors")));
        yield return new("a run of another learning rate", Resumed(new RmsProp(rho: 0.5)));
        yield return new("a run of another optimizer", Resumed(new Sgd()));
        yield return new("a run of other data", Resumed(new RmsProp(), samples: 25));
        yield return new("a run of other batches", Resumed(new RmsProp(), batchSize: 4));
        yield return new("a run that contradicts itself", () =>
        {
            File.Delete(path);
            Trained(new BackupAndRestore(path, saveFrequency: 1, deleteCheckpoint: false));
            var content = Safetensors.Read(path);
            var at = Regex.Replace(content.Metadata!, "\"seen\":\\d+", "\"seen\":7777");
            Safetensors.Write(path, content with { Metadata = at });
            Trained(new BackupAndRestore(path, saveFrequency: 1, deleteCheckpoint: false));
        });
    }

    private static IEnumerable<MessageCase> OfStates(TemporaryFolder folder)
    {
        var path = folder.File("state.safetensors");
        Action Restored(CallbackState state) => () =>
        {
            var trainer = Trained(new Remembering("early_stopping.loss", _ => state));
            trainer.Save(path);
            var next = Trainer(new EarlyStopping("loss"));
            next.Resume(path);
            var (x, y) = RandomSamples.For(SmallStack.Shape, samples: 20);
            next.Fit(x, y, epochs: 2, verbose: 0);
        };
        yield return new("a callback's state without a number", Restored(new() { Numbers = new Dictionary<string, double> { ["other"] = 1 } }));
        yield return new("a callback's count that is none", Restored(new() { Numbers = new Dictionary<string, double> { ["wait"] = 0.5 } }));
        yield return new("a callback's text that is not there", () => new CallbackState().Text("rows"));
    }

    private static IEnumerable<MessageCase> OfMetadata(TemporaryFolder folder)
    {
        var path = folder.File("metadata.safetensors");
        Action Changed(string from, string to) => () =>
        {
            File.Delete(path);
            Trained(new BackupAndRestore(path, saveFrequency: 1, deleteCheckpoint: false));
            var content = Safetensors.Read(path);
            Assert.Matches(from, content.Metadata!);
            Safetensors.Write(path, content with { Metadata = new Regex(from).Replace(content.Metadata!, to, 1) });
            Trainer().Resume(path);
        };
        yield return new("metadata of a newer library", Changed("\"format\":1", "\"format\":2"));
        yield return new("metadata without a format", Changed("\"format\":1,", ""));
        yield return new("metadata with a model that is no text", Changed("\"model\":\"\\w+\"", "\"model\":7"));
        yield return new("metadata that are a list", Changed("^.*$", "[]"));
        yield return new("a seed that is too large", Changed("\"seed\":\\d+", "\"seed\":3000000000"));
        yield return new("hyper-parameters that are texts", Changed("\"learning_rate\":[0-9.e-]+", "\"learning_rate\":\"small\""));
        yield return new("sums that are no numbers", Changed("\"sums\":\\[[^\\]]*\\]", "\"sums\":[null]"));
        yield return new("a moment that there is not", Changed("\"moment\":\"\\w+\"", "\"moment\":\"noon\""));
        yield return new("a batch's end before a batch", Changed("\"batch\":\\d+", "\"batch\":0"));
        yield return new("epochs that fall", Changed("\"history\":\\{\"epochs\":\\[[^\\]]*\\]", "\"history\":{\"epochs\":[2,1]"));
        yield return new("values of fewer epochs", Changed("\"values\":\\{[^}]*\\}", "\"values\":{\"loss\":[1,2,3]}"));
        yield return new("warnings that are no texts", Changed("\"warnings\":\\[[^\\]]*\\]", "\"warnings\":[1]"));
        yield return new("warnings that are no list", Changed("\"warnings\":\\[[^\\]]*\\]", "\"warnings\":1"));
        yield return new("callbacks without end", Changed(
            "\"callbacks\":\\{", "\"callbacks\":{" + string.Concat(Enumerable.Range(0, 1100).Select(i => $"\"{i}\":{{}},"))));
        yield return new("an optimizer's tensor missing", () =>
        {
            Trainer().Save(path);
            var content = Safetensors.Read(path);
            Safetensors.Write(path, content with
            {
                Tensors = [.. content.Tensors.Where(tensor => !tensor.Name.Contains("iteration", StringComparison.Ordinal))],
            });
            Trainer().Load(path);
        });
        yield return new("an optimizer's tensors missing", () =>
        {
            Trainer().Save(path);
            var content = Safetensors.Read(path);
            Safetensors.Write(path, content with
            {
                Tensors = [.. content.Tensors.Where(tensor => !tensor.Name.StartsWith("optimizer.", StringComparison.Ordinal))],
            });
            Trainer().Load(path);
        });
    }

    private static SmallStack.Trainer Trained(Callback callback)
    {
        var trainer = Trainer(callback);
        var (x, y) = RandomSamples.For(SmallStack.Shape, samples: 20);
        trainer.Fit(x, y, batchSize: 5, epochs: 1, verbose: 0);
        return trainer;
    }

    private static SmallStack.Trainer Trainer(params Callback[] callbacks)
    {
        var trainer = new SmallStack.Trainer(new SmallStack(seed: 1)) { Loss = Loss.MeanSquaredError };
        foreach (var callback in callbacks)
            trainer.Callbacks.Add(callback);
        return trainer;
    }
}
