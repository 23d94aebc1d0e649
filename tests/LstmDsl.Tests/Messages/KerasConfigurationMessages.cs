namespace LstmDsl.Tests;

[Input(3, 2), Lstm(2, RecurrentActivation = Activation.HardSigmoidKeras2), Dense(1)]
internal sealed partial class HardSigmoidTwo;

/// <summary>What can be wrong with what a file of Keras's says of its layers, its optimizer, and who wrote it.</summary>
internal static class KerasConfigurationMessages
{
    private const string Units = "\"units\":2,\"name\":\"lstm\"";

    public static IEnumerable<MessageCase> Of(TemporaryFolder folder) => [.. OfLayers(folder), .. OfWeights(folder), .. OfOtherKinds(folder)];

    private static IEnumerable<MessageCase> OfLayers(TemporaryFolder folder)
    {
        var path = folder.File("raw.keras");
        Action Load(string layers, string? version = "3.15.1") => () =>
        {
            RawKeras.Write(path, version, layers, _ => { });
            TwoUnits.Load(path);
        };
        const string Input = """{"class_name":"InputLayer","config":{"name":"x","batch_shape":[null,3,2]}}""";
        string Layer(string more, string kind = "LSTM", string inbound = "") => "{\"class_name\":\"" + kind + "\",\"config\":{" + Units + more + "}" + inbound + "}";

        yield return new("a file of Keras 1", Load("[]", "1.2.2"));
        yield return new("too many layers", Load("[" + string.Join(',', Enumerable.Repeat("{}", 1001)) + "]"));
        yield return new("a layer that takes from two", Load($"[{Input},{Layer("", inbound: ",\"inbound_nodes\":[[[\"a\",0,0,{}],[\"b\",0,0,{}]]]")}]"));
        yield return new("a layer that always trains", Load($"[{Input},{Layer("", inbound: ",\"inbound_nodes\":[[[\"x\",0,0,{\"training\":true}]]]")}]"));
        yield return new("another input", Load("""[{"class_name":"InputLayer","config":{"name":"x","batch_shape":[null,4,2]}}]"""));
        yield return new("a layer more", Load($"[{Input},{Layer("")},{Layer("", "Dropout")}]"));
        yield return new("a layer less", Load($"[{Input}]"));
        yield return new("outputs turned round", Load($"[{Input},{Layer(",\"go_backwards\":true")}]"));
        yield return new("layers of CuDNN with other numbers", Load($"[{Input},{Layer(",\"units\":3", "CuDNNLSTM")}]"));
        yield return new("two outputs", Load($"[{Input},{Layer("")}],\"output_layers\":[[\"lstm\",0,0],[\"x\",0,0]]"));
        yield return new("an output before the last layer", Load($"[{Input},{Layer("")}],\"output_layers\":[[\"x\",0,0]]"));
    }

    private static IEnumerable<MessageCase> OfWeights(TemporaryFolder folder)
    {
        var path = folder.File("trained.keras");
        Action Compiled(string optimizer, Action<Hdf5NewGroup> variables, string? version = "3.15.1") => () =>
        {
            RawKeras.Write(
                path,
                version,
                """
                [{"class_name":"InputLayer","config":{"name":"x","batch_shape":[null,3,2]}},{"class_name":"LSTM","config":{"name":"lstm","units":2}},
                 {"class_name":"Dense","config":{"name":"dense","units":1}}]
                """,
                root =>
                {
                    root.Add("layers/lstm/cell", (1, [2, 8]), (1, [2, 8]), (1, [8]));
                    root.Add("layers/dense", (1, [2, 1]), (1, [1]));
                    variables(root);
                },
                "{\"optimizer\":" + optimizer + "}");
            new TwoUnits.Trainer(new(seed: 1)) { Optimizer = new Sgd(momentum: 0.9) }.Load(path);
        };
        const string Sgd = """{"class_name":"SGD","config":{"learning_rate":0.1,"momentum":0.9}}""";
        static Hdf5Value Iteration(long count) => new([], new[] { count });
        static Hdf5Value Rate() => new([], new[] { 0.1f });
        Action<Hdf5NewGroup> Variables(params Hdf5Value[] values) => root =>
        {
            var group = root.At("optimizer/vars");
            for (var i = 0; i < values.Length; i++)
                group.Datasets[$"{i}"] = values[i];
        };
        Hdf5Value[] moments = [new([2, 8], new float[16]), new([2, 8], new float[16]), new([8], new float[8]), new([2, 1], new float[2]), new([1], new float[1])];

        yield return new("too few variables of an optimizer", Compiled(Sgd, Variables(Iteration(3), Rate(), moments[0])));
        yield return new("variables of an optimizer without its iteration", Compiled(Sgd, Variables([Rate(), Rate(), .. moments])));
        yield return new("variables of an optimizer without its rate", Compiled(Sgd, Variables([Iteration(3), Iteration(3), .. moments])));
        yield return new("a variable of an optimizer of another shape", Compiled(
            Sgd, Variables([Iteration(3), Rate(), .. moments[..4], new([2], new float[2])])));
        yield return new("an option that Keras 3 has not", () => new HardSigmoidTwo(seed: 1).Save(folder.File("hard.keras")));
        yield return new("whole models of Keras 2 with another layer's name", () =>
        {
            var root = new Hdf5NewGroup();
            root.Attributes["layer_names"] = "lstm";
            File.WriteAllBytes(folder.File("old.weights.h5"), Hdf5Writer.Write(root));
            TwoUnits.Load(folder.File("old.weights.h5"));
        });
        yield return new("whole models of Keras 2 with another weight's name", () =>
        {
            var root = new Hdf5NewGroup();
            root.Attributes["layer_names"] = "lstm";
            root.At("lstm").Attributes["weight_names"] = "kernel";
            File.WriteAllBytes(folder.File("old.weights.h5"), Hdf5Writer.Write(root));
            TwoUnits.Load(folder.File("old.weights.h5"));
        });
        yield return new("names of layers that are numbers", () =>
        {
            var file = new RawHdf5();
            byte[] names = [3, 0, 12, 0, 20, 0, 4, 0, 0, .. "layer_names\0"u8, .. RawHdf5.Float32, 2, 0, 0, 1, 0, 0, 0, 0];
            File.WriteAllBytes(folder.File("old.weights.h5"), file.File(file.AddObject(RawHdf5.Message(0x0C, names))));
            TwoUnits.Load(folder.File("old.weights.h5"));
        });
    }

    /// <summary>Files of another kind than their names say.</summary>
    private static IEnumerable<MessageCase> OfOtherKinds(TemporaryFolder folder)
    {
        foreach (var name in new[] { "h5as.keras", "html.keras", "lfs.keras" })
            yield return new($"another kind of file: {name}", () => TwoUnits.Load(Copied(folder, name)));
        yield return new("another kind of file: model.pt", () => TwoUnits.Load(FaultFiles.Of("model.pt")));
        yield return new("too many members", () => Hostile(folder, "30,000 members.keras"));
        yield return new("a configuration of a long list", () => Hostile(folder, "a list of short numbers.keras"));
        yield return new("a configuration that takes more than its file may become", () => Hostile(folder, "numbers in a compressed configuration.keras"));
        yield return new("a member that leads out of the archive", () => Archive(folder, ("../config.json", [])));
        yield return new("a member twice", () => Archive(folder, ("config.json", []), ("config.json", [])));
        yield return new("a configuration that is not UTF-8", () => Archive(folder, ("config.json", [0xff]), ("model.weights.h5", [])));
    }

    private static string Copied(TemporaryFolder folder, string name)
    {
        File.Copy(FaultFiles.Of(name), folder.File(name), overwrite: true);
        return folder.File(name);
    }

    private static void Hostile(TemporaryFolder folder, string name)
    {
        File.WriteAllBytes(folder.File("hostile.keras"), HostileFiles.ByName[name]());
        TwoUnits.Load(folder.File("hostile.keras"));
    }

    private static void Archive(TemporaryFolder folder, params (string Name, byte[] Content)[] members)
    {
        using (var stream = File.Create(folder.File("archive.keras")))
            KerasArchive.Write(stream, members);
        TwoUnits.Load(folder.File("archive.keras"));
    }
}
