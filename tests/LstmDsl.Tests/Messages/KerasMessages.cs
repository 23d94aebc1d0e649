using System.Text;

namespace LstmDsl.Tests;

/// <summary>What can be wrong with Keras's files: the archive, its configuration, its weights.</summary>
internal static class KerasMessages
{
    private static readonly string[] Members = ["config.json", "metadata.json", "model.weights.h5"];

    public static IEnumerable<MessageCase> Of(TemporaryFolder folder) => [.. OfArchives(folder), .. OfWeights(folder)];

    private static IEnumerable<MessageCase> OfArchives(TemporaryFolder folder)
    {
        var path = folder.File("model.keras");
        Action Load(byte[] bytes) => () =>
        {
            File.WriteAllBytes(path, bytes);
            StepsLstm5.Load(path);
        };
        Action With(string member, Func<string, string> change) => () =>
        {
            var members = Saved(path);
            members[member] = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(members[member])));
            Write(path, members);
            StepsLstm5.Load(path);
        };
        Action Without(string member) => () =>
        {
            var members = Saved(path);
            members.Remove(member);
            Write(path, members);
            StepsLstm5.Load(path);
        };
        Action Replaced(string from, string to) => With("config.json", text =>
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            return text.Replace(from, to, StringComparison.Ordinal);
        });

        yield return new("an empty file", Load([]));
        yield return new("no archive", Load([.. "no archive at all"u8]));
        yield return new("an archive that ends too soon", () =>
        {
            Saved(path);
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^40]);
            StepsLstm5.Load(path);
        });
        yield return new("a member shorter than it claims", () =>
        {
            Saved(path);
            var bytes = File.ReadAllBytes(path);
            const int Size = 24;
            bytes[bytes.AsSpan().IndexOf("PK\x01\x02"u8) + Size]++;
            File.WriteAllBytes(path, bytes);
            StepsLstm5.Load(path);
        });
        yield return new("a folder", () =>
        {
            Directory.CreateDirectory(folder.File("folder.keras"));
            StepsLstm5.Load(folder.File("folder.keras"));
        });
        yield return new("no configuration", Without("config.json"));
        yield return new("no weights", Without("model.weights.h5"));
        yield return new("a configuration that is no JSON", With("config.json", _ => "{"));
        yield return new("a configuration that is a list", With("config.json", _ => "[]"));
        yield return new("a configuration without layers", With("config.json", _ => "{}"));
        yield return new("other units", Replaced("\"units\":5", "\"units\":6"));
        yield return new("another activation", Replaced("\"activation\":\"tanh\"", "\"activation\":\"relu\""));
        yield return new("an activation that is not known", Replaced("\"activation\":\"tanh\"", "\"activation\":\"squash\""));
        yield return new("a layer that is not known", Replaced("\"class_name\":\"LSTM\"", "\"class_name\":\"ConvLSTM1D\""));
        yield return new("another model", () =>
        {
            new PlateauRnn8(seed: 1).Save(path);
            StepsLstm5.Load(path);
        });
        yield return new("weights that are no HDF5", With("model.weights.h5", _ => "no HDF5"));
        yield return new("weights alone for a run", () =>
        {
            var model = new StepsLstm5(seed: 1);
            model.Save(path);
            new StepsLstm5.Trainer(model).Resume(path);
        });
        yield return new("a declaration of a file without layers", () =>
        {
            new StepsLstm5(seed: 1).Save(folder.File("other.safetensors"));
            KerasFile.Declaration(folder.File("other.safetensors"));
        });
        yield return new("a declaration of no such file", () => KerasFile.Declaration(folder.File("none.keras")));
    }

    private static IEnumerable<MessageCase> OfWeights(TemporaryFolder folder)
    {
        var path = folder.File("model.weights.h5");
        Action Changed(int at, params byte[] values) => () =>
        {
            new StepsLstm5(seed: 1).Save(path);
            var bytes = File.ReadAllBytes(path);
            values.CopyTo(bytes, at);
            File.WriteAllBytes(path, bytes);
            StepsLstm5.Load(path);
        };

        yield return new(".weights.h5: no such file", () => StepsLstm5.Load(folder.File("none.weights.h5")));
        yield return new(".weights.h5: another signature", Changed(0, (byte)'P', (byte)'K'));
        yield return new(".weights.h5: another version", Changed(8, 9));
        yield return new(".weights.h5: a file that ends too soon", () =>
        {
            new StepsLstm5(seed: 1).Save(path);
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..200]);
            StepsLstm5.Load(path);
        });
        yield return new(".weights.h5: another model", () =>
        {
            new PlateauRnn8(seed: 1).Save(path);
            StepsLstm5.Load(path);
        });
        yield return new(".weights.h5: other units", () =>
        {
            new SampleWeightsLstm6(seed: 1).Save(path);
            StepsLstm5.Load(path);
        });
        yield return new(".h5 of Keras 2: another model", () =>
        {
            File.Copy(Path.Combine(ParityIndex.Folder, "files", "keras2_damped_lstm.h5"), folder.File("keras2.h5"));
            StepsLstm5.Load(folder.File("keras2.h5"));
        });
        yield return new(".h5: writing it", () => new StepsLstm5(seed: 1).Save(folder.File("model.h5")));
    }

    private static Dictionary<string, byte[]> Saved(string path)
    {
        new StepsLstm5(seed: 1).Save(path);
        return new(KerasArchive.Read(File.ReadAllBytes(path), path, Members));
    }

    private static void Write(string path, Dictionary<string, byte[]> members)
    {
        using var stream = File.Create(path);
        KerasArchive.Write(stream, members.Select(member => (member.Key, member.Value)));
    }
}
