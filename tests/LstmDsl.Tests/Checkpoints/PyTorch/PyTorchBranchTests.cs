namespace LstmDsl.Tests;

/// <summary>State dicts of models with branches.</summary>
public sealed class PyTorchBranchTests
{
    private static readonly Dictionary<string, string> Names = new() { ["one"] = "history", ["two"] = "plan" };

    [Fact]
    public void Branches_and_what_is_not_trained_come_back()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("branches.safetensors");
        var model = TorchTwoEncoders.Create(3);
        PyTorch.Save(model, path, Names);
        Assert.Equal(
        [
            "history.weight_ih_l0", "history.weight_hh_l0", "history.bias_ih_l0", "history.bias_hh_l0",
            "plan.weight_ih_l0", "plan.weight_hh_l0", "plan.bias_ih_l0", "plan.bias_hh_l0", "dense.weight", "dense.bias",
        ],
        Safetensors.Read(path).Tensors.Select(tensor => tensor.Name));

        var back = TorchTwoEncoders.Create(4);
        PyTorch.Load(back, path, Names);
        Assert.Equal(ModelWeights.Of(model), ModelWeights.Of(back));
    }

    [Fact]
    public void Numbers_give_no_order_to_layers_side_by_side()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("branches.safetensors");
        PyTorch.Save(TorchTwoEncoders.Create(3), path, new Dictionary<string, string> { ["one"] = "encoder2", ["two"] = "encoder1" });
        var refusal = Assert.Throws<InvalidDataException>(() => PyTorch.Load(TorchTwoEncoders.Create(4), path));
        Assert.Contains(
            "'encoder2 (layer 0)' and 'encoder1 (layer 0)' fit the layers 'one' and 'two' alike, which stand side by side; say which is which with names",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_give_the_order_of_layers_that_read_one_another_in_a_branch()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("skip.safetensors");
        var model = TorchSkipping.Create(3);
        PyTorch.Save(model, path, new Dictionary<string, string> { ["one"] = "fc9", ["two"] = "fc10" });
        var back = TorchSkipping.Create(4);
        PyTorch.Load(back, path);
        Assert.Equal(ModelWeights.Of(model), ModelWeights.Of(back));
    }

    [Fact]
    public void Layers_side_by_side_are_not_two_layers_of_one_module()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("branches.safetensors");
        var names = new Dictionary<string, string> { ["one"] = "rnn", ["two"] = "rnn" };
        const string Expected = "'one' and 'two' cannot both be the module 'rnn': its layers read one another, and 'two' reads nothing of 'one'";
        var refusal = Assert.Throws<ArgumentException>(() => PyTorch.Save(TorchTwoEncoders.Create(3), path, names));
        Assert.Contains(Expected, refusal.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);

        PyTorch.Save(TorchTwoInTurn.Create(3), path, names);
        refusal = Assert.Throws<ArgumentException>(() => PyTorch.Load(TorchTwoEncoders.Create(4), path, names));
        Assert.Contains(Expected, refusal.Message, StringComparison.Ordinal);
    }
}

[Input(6, 4, Name = "History"), Lstm(4, Name = "One")]
[Input(5, 4, Name = "Plan"), Lstm(4, Name = "Two", Trainable = false), Concatenate("One"), Dense(2)]
internal sealed partial class TorchTwoEncoders;

[Input(6, 4), Lstm(4, ReturnSequences = true, Name = "One"), Lstm(4, Name = "Two"), Dense(2)]
internal sealed partial class TorchTwoInTurn;

[Input(6, 3), Dense(3, Name = "One"), Gru(3, ReturnSequences = true, Name = "Middle"), Dense(3, Name = "Two"), Add("One"), Lstm(2)]
internal sealed partial class TorchSkipping;
