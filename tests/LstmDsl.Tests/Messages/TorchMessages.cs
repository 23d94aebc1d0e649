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
            File.WriteAllBytes(path, [.. "PK\u0003\u0004 and so on, as torch.save writes it"u8]);
            PyTorch.Load(new StepsLstm5(seed: 1), path);
        });
        yield return new("no tensors", Load());
        yield return new("a module missing", Load(lstm));
        yield return new("a module left over", Load([.. lstm, .. head, ("other.weight", [1, 5]), ("other.bias", [1])]));
        yield return new("other units", Load([.. Module("lstm", rows: 24, inputs: 2, units: 6), .. head]));
        yield return new("another kind of module", Load([.. Module("gru", rows: 15, inputs: 2, units: 5), .. head]));
        yield return new("a bias missing", Load([.. lstm[..^1], .. head]));
        yield return new("a tensor of no module", Load([.. lstm, .. head, ("step", [1])]));
        yield return new("a name of no layer", () =>
            PyTorch.Load(new StepsLstm5(seed: 1), path, new Dictionary<string, string> { ["gru"] = "lstm" }));
    }

    private static (string Name, int[] Shape)[] Module(string name, int rows, int inputs, int units) =>
    [
        ($"{name}.weight_ih_l0", [rows, inputs]), ($"{name}.weight_hh_l0", [rows, units]), ($"{name}.bias_ih_l0", [rows]),
        ($"{name}.bias_hh_l0", [rows]),
    ];
}
