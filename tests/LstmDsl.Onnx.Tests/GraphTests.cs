using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

[Input(4, 1), Lstm(1)]
internal sealed partial class OneLstm;

[Input(4, 1), Gru(1)]
internal sealed partial class OneGru;

[Input(4, 2), Dropout(0.5), Lstm(3, Dropout = 0.2, RecurrentDropout = 0.1), Dropout(0.5)]
internal sealed partial class DroppedOut;

/// <summary>What stands in an exported file.</summary>
public sealed class GraphTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> WithoutMask =>
        [.. NetworkCases.All.Keys.Where(name => !name.Contains("mask", StringComparison.Ordinal))];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_input_and_one_output_take_any_number_of_samples()
    {
        var model = Exported.Read(new Lstm40SequenceDense1(seed: 1), folder, new());
        var (input, output) = (Assert.Single(model.Graph.Input), Assert.Single(model.Graph.Output));
        Assert.Equal(("input", "batch, 20, 1"), (input.Name, input.ShapeText()));
        Assert.Equal(("output", "batch, 20, 1"), (output.Name, output.ShapeText()));
        Assert.Equal("Lstm40SequenceDense1", model.Graph.Name);
    }

    [Fact]
    public void The_number_of_samples_can_be_fixed()
    {
        var model = Exported.Read(new Lstm20Dense1(seed: 1), folder, new() { BatchSize = 3 });
        Assert.Equal("3, 20, 1", model.Graph.Input[0].ShapeText());
        Assert.Equal("3, 1", model.Graph.Output[0].ShapeText());
    }

    [Theory]
    [InlineData(17, 8)]
    [InlineData(19, 9)]
    [InlineData(22, 10)]
    public void The_operator_set_can_be_chosen(int opset, long format)
    {
        var model = Exported.Read(new Lstm20Dense1(seed: 1), folder, new() { Opset = opset });
        var import = Assert.Single(model.OpsetImport);
        Assert.Equal(("", (long)opset, format), (import.Domain, import.Version, model.IrVersion));
    }

    [Fact]
    public void The_layers_become_standard_operators()
    {
        var model = Exported.Read(new Lstm20Dense1(seed: 1), folder, new());
        Assert.Equal(["Transpose", "LSTM", "Squeeze", "MatMul", "Add", "Identity"], model.Operators());
        var lstm = model.Graph.Node[1];
        Assert.Equal("forward", lstm.GetText("direction"));
        Assert.Equal(20, lstm.Get("hidden_size").I);
        Assert.Equal(["Sigmoid", "Tanh", "Tanh"], lstm.Get("activations").Strings.Select(text => text.ToStringUtf8()));
    }

    [Fact]
    public void An_LSTMs_gates_change_their_order()
    {
        var model = new OneLstm(seed: 1);
        Fill(Exported.StateOf(model), [1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]);
        var onnx = Exported.Read(model, folder, new());
        // Input, output, forget, cell; the state's bias is zeros.
        Assert.Equal([1, 4, 2, 3], onnx.Values("lstm/kernel"));
        Assert.Equal([5, 8, 6, 7], onnx.Values("lstm/recurrent_kernel"));
        Assert.Equal([9, 12, 10, 11, 0, 0, 0, 0], onnx.Values("lstm/bias"));
    }

    [Fact]
    public void A_GRUs_gates_and_its_two_biases_keep_their_order()
    {
        var model = new OneGru(seed: 1);
        Fill(Exported.StateOf(model), [1, 2, 3], [4, 5, 6], [7, 8, 9, 10, 11, 12]);
        var onnx = Exported.Read(model, folder, new());
        Assert.Equal([1, 2, 3], onnx.Values("gru/kernel"));
        Assert.Equal([4, 5, 6], onnx.Values("gru/recurrent_kernel"));
        Assert.Equal([7, 8, 9, 10, 11, 12], onnx.Values("gru/bias"));
        Assert.Equal(1, onnx.Graph.Node.Single(node => node.OpType == "GRU").Get("linear_before_reset").I);
    }

    [Fact]
    public void What_works_in_training_alone_is_left_out()
    {
        var model = Exported.Read(new DroppedOut(seed: 1), folder, new());
        Assert.Equal(["Transpose", "LSTM", "Squeeze", "Identity"], model.Operators());
    }

    [Theory]
    [MemberData(nameof(WithoutMask))]
    public void Without_a_mask_every_recurrent_layer_is_one_standard_operator(string name) =>
        NetworkCases.All[name](new CountsOperators(folder), name);

    [Fact]
    public void A_mask_needs_a_loop()
    {
        var model = Exported.Read(new MaskedGruStack(seed: 1), folder, new());
        Assert.Equal(2, model.Operators().Count(kind => kind == "Scan"));
        Assert.DoesNotContain("GRU", model.Operators());
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
    {
        new StackedMixed(seed: 3).ExportOnnx(folder.File("a.onnx"));
        new StackedMixed(seed: 3).ExportOnnx(folder.File("b.onnx"));
        Assert.Equal(File.ReadAllBytes(folder.File("a.onnx")), File.ReadAllBytes(folder.File("b.onnx")));
        Assert.Equal(["a.onnx", "b.onnx"], folder.Names);
    }

    private static void Fill(ModelState state, params float[][] values)
    {
        foreach (var (slot, numbers) in state.Plan.Tensors.Zip(values))
            state.Write(slot, 0, numbers);
    }

    private sealed class CountsOperators(TemporaryFolder folder) : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
        {
            var operators = Exported.Read(TModel.Create(seed: 1), folder, new()).Operators().ToList();
            var layers = TModel.Plan.Layers.Count(layer => layer.Kind is "LSTM" or "GRU" or "SimpleRNN" or "Bidirectional");
            Assert.Equal(layers, operators.Count(kind => kind is "LSTM" or "GRU" or "RNN"));
            Assert.DoesNotContain("Scan", operators);
        }
    }
}
