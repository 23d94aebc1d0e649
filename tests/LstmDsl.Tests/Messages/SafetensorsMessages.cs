using System.Text;

namespace LstmDsl.Tests;

/// <summary>What can be wrong with a safetensors file, as a file and as a model's.</summary>
internal static class SafetensorsMessages
{
    public static IEnumerable<MessageCase> Of(TemporaryFolder folder)
    {
        var path = folder.File("weights.safetensors");
        Action Load(byte[] bytes) => () =>
        {
            File.WriteAllBytes(path, bytes);
            WeatherLstm20.Load(path);
        };

        yield return new("no format of that extension", () => WeatherLstm20.Load(folder.File("weights.bin")));
        yield return new("no such file", () => WeatherLstm20.Load(folder.File("none.safetensors")));
        yield return new("a folder", () =>
        {
            Directory.CreateDirectory(folder.File("folder.safetensors"));
            WeatherLstm20.Load(folder.File("folder.safetensors"));
        });
        yield return new("an empty file", Load([]));
        yield return new("seven bytes", Load(new byte[7]));
        yield return new("a header that is cut short", Load([2, 0, 0, 0, 0, 0, 0, 0]));
        yield return new("a header that is too long", Load([255, 255, 255, 255, 255, 255, 255, 255, 123]));
        yield return new("a header that is not UTF-8", Load(RawSafetensors.Bytes([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)'}'], [])));
        foreach (var row in (IEnumerable<object[]>)SafetensorsFaultTests.LyingHeaders)
        {
            var header = (string)row[0];
            yield return new($"the header {(header.Length > 100 ? header[..100] + "…" : header)}", Load(RawSafetensors.Bytes(header, new byte[8])));
        }

        yield return new("a file that ends too soon", () =>
        {
            new WeatherLstm20(seed: 1).Save(path);
            WeatherLstm20.Load(Shortened(path));
        });
        yield return new("another model's weights", () =>
        {
            new StepsLstm5(seed: 1).Save(path);
            WeatherLstm20.Load(path);
        });
        yield return new("another kind of layer", () =>
        {
            new PlateauRnn8(seed: 1).Save(path);
            StepsLstm5.Load(path);
        });
        yield return new("weights alone for a run", () =>
        {
            var model = new StepsLstm5(seed: 1);
            model.Save(path);
            new StepsLstm5.Trainer(model).Resume(path);
        });
        yield return new("another optimizer's state", () =>
        {
            var model = new StepsLstm5(seed: 1);
            new StepsLstm5.Trainer(model) { Optimizer = new Adam() }.Save(path);
            new StepsLstm5.Trainer(model) { Optimizer = new Sgd(momentum: 0.9) }.Load(path);
        });
        (string From, string To)[] changes = [("\\\"iteration\\\":0", "\\\"iteration\\\":x"), ("\\\"iteration\\\":0", "\\\"iteration\\\":\\\"\\\"")];
        foreach (var (from, to) in changes)
        {
            yield return new($"metadata with {to} for {from}", () =>
            {
                var model = new StepsLstm5(seed: 1);
                new StepsLstm5.Trainer(model).Save(path);
                // Without their checksum, which would be the first to find it.
                Change(path, header => header.Replace(from, to, StringComparison.Ordinal).Replace(SafetensorsChecksums.Name, "left_out", StringComparison.Ordinal));
                new StepsLstm5.Trainer(model).Load(path);
            });
        }

        yield return new("metadata that are not those of the checksum", () =>
        {
            new StepsLstm5.Trainer(new StepsLstm5(seed: 1)).Save(path);
            Change(path, header => header.Replace(changes[0].From, changes[0].To, StringComparison.Ordinal));
            StepsLstm5.Load(path);
        });
        yield return new("a folder that there is not", () => new StepsLstm5(seed: 1).Save(folder.File("none/weights.safetensors")));
        yield return new("a folder in the file's place", () => new StepsLstm5(seed: 1).Save(folder.File("folder.safetensors")));
    }

    private static void Change(string path, Func<string, string> change)
    {
        var bytes = File.ReadAllBytes(path);
        var length = (int)BitConverter.ToInt64(bytes);
        File.WriteAllBytes(path, RawSafetensors.Bytes(change(Encoding.UTF8.GetString(bytes, 8, length)), bytes[(8 + length)..]));
    }

    private static string Shortened(string path)
    {
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^4]);
        return path;
    }
}
