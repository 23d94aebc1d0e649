namespace LstmDsl.Tests;

/// <summary>What can be wrong with a state dict.</summary>
internal static class TorchMessages
{
    public static IEnumerable<MessageCase> Of(TemporaryFolder folder)
    {
        var path = folder.File("state.safetensors");
        Action Load(params (string Name, int[] Shape)[] tensors) => () =>
        {
            var members = new List<string>();
            var end = 0;
            foreach (var (name, shape) in tensors)
            {
                var begin = end;
                end += 4 * shape.Aggregate(1, (product, size) => product * size);
                members.Add($$"""
                    "{{name}}":{"dtype":"F32","shape":[{{string.Join(",", shape)}}],"data_offsets":[{{begin}},{{end}}]}
                    """);
            }

            File.WriteAllBytes(path, RawSafetensors.Bytes("{" + string.Join(",", members) + "}", new byte[end]));
            PyTorch.Load(new StepsLstm5(seed: 1), path);
        };
        var lstm = Module("lstm", rows: 20, inputs: 2, units: 5);
        (string, int[])[] head = [("head.weight", [1, 5]), ("head.bias", [1])];

        yield return new("no such file", () => PyTorch.Load(new StepsLstm5(seed: 1), folder.File("none.safetensors")));
        yield return new("a file of pickles", () =>
        {
            using (var stream = File.Create(path))
                KerasArchive.Write(stream, [("archive/data.pkl", [])]);
            PyTorch.Load(new StepsLstm5(seed: 1), path);
        });
        yield return new("another model's state dict under another extension", () => PyTorch.Load(new StepsLstm5(seed: 1), FaultFiles.Of("model.pt")));
        yield return new("a state dict for Load", () =>
        {
            Load([.. lstm, .. head])();
            StepsLstm5.Load(path);
        });
        yield return new("no tensors", Load());
        yield return new("a module missing", Load(lstm));
        yield return new("a module left over", Load([.. lstm, .. head, ("other.weight", [1, 5]), ("other.bias", [1])]));
        yield return new("other units", Load([.. Module("lstm", rows: 24, inputs: 2, units: 6), .. head]));
        yield return new("another kind of module", Load([.. Module("gru", rows: 15, inputs: 2, units: 5), .. head]));
        yield return new("a bias missing", Load([.. lstm[..^1], .. head]));
        yield return new("a tensor of no module", Load([.. lstm, .. head, ("step", [1])]));
        yield return new("a tensor twice", Load([.. lstm, .. head, ("lstm.weight_ih_l00", [20, 2])]));
        yield return new("nothing to skip", () =>
        {
            Load([.. lstm, .. head])();
            PyTorch.Load(new StepsLstm5(seed: 1), path, skip: ["scaler"]);
        });
        yield return new("a name of no module", () =>
            PyTorch.Load(new StepsLstm5(seed: 1), path, new Dictionary<string, string> { ["lstm"] = "encoder" }));
        yield return new("a name of no layer", () =>
            PyTorch.Load(new StepsLstm5(seed: 1), path, new Dictionary<string, string> { ["gru"] = "lstm" }));
        yield return new("saving a gate that PyTorch has not", () => PyTorch.Save(ResetBefore.Create(1), path));
        yield return new("saving an activation that PyTorch has not", () => PyTorch.Save(HardGates.Create(1), path));
        yield return new("saving a layer that PyTorch has not", () => PyTorch.Save(AdaptedToSamples.Create(1), path));
        yield return new("saving layers of two kinds as one module", () => PyTorch.Save(
            new StepsLstm5(seed: 1), path, new Dictionary<string, string> { ["lstm"] = "body", ["dense"] = "body" }));
        yield return new("saving into a folder that there is not", () => PyTorch.Save(new StepsLstm5(seed: 1), folder.File("none/x.safetensors")));
    }

    private static (string Name, int[] Shape)[] Module(string name, int rows, int inputs, int units) =>
    [
        ($"{name}.weight_ih_l0", [rows, inputs]), ($"{name}.weight_hh_l0", [rows, units]), ($"{name}.bias_ih_l0", [rows]),
        ($"{name}.bias_hh_l0", [rows]),
    ];
}
