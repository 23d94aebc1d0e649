namespace LstmDsl.Generators.Tests;

public sealed class ParameterPlanningTests
{
    private const string Jena = "[LstmDsl.Input(20, 1), LstmDsl.Lstm(20, LstmDsl.Init.Zeros), LstmDsl.Dense(1)] partial class Model;";

    [Fact]
    public void Tensors_lie_one_after_the_other_each_on_64_bytes()
    {
        var plan = Compiler.Plan(Jena);
        var tensors = plan.Layers.SelectMany(layer => layer.Tensors).ToArray();

        Assert.Equal([0, 80, 1_680, 1_760, 1_792], tensors.Select(tensor => tensor.Offset));
        Assert.Equal(
            ["lstm.kernel", "lstm.recurrent_kernel", "lstm.bias", "dense.kernel", "dense.bias"], tensors.Select(tensor => tensor.FileName));
        Assert.Equal([(1, 80), (20, 80), (1, 80), (20, 1), (1, 1)], tensors.Select(tensor => (tensor.Rows, tensor.Columns)));
        Assert.Equal(1_781, plan.ParameterCount);
        Assert.Equal(1_808, plan.ParameterFloats);
    }

    [Fact]
    public void Views_find_their_tensors_by_the_index_of_the_first()
    {
        var plan = Compiler.Plan(
            """
            [LstmDsl.Input(4, 2), LstmDsl.Lstm(3, UseBias = false, ReturnSequences = true), LstmDsl.Lstm(3), LstmDsl.Dense(2)] partial class Model;
            """);
        Assert.Equal([0, 2, 5], plan.Layers.Select(layer => layer.FirstTensor));
    }

    [Fact]
    public void Defaults_are_those_of_Keras()
    {
        var plan = Compiler.Plan("[LstmDsl.Input(4, 2), LstmDsl.Lstm(3), LstmDsl.Dense(2)] partial class Model;");
        Assert.Equal(
            [
                new InitializerSpec(Init.GlorotUniform), new InitializerSpec(Init.Orthogonal),
                new InitializerSpec(Init.Zeros) { OnesFrom = 3, OnesCount = 3 },
                new InitializerSpec(Init.GlorotUniform), new InitializerSpec(Init.Zeros),
            ],
            plan.Layers.SelectMany(layer => layer.Tensors).Select(tensor => tensor.Weight.Initializer));
    }

    [Fact]
    public void A_simple_recurrent_layer_has_Kerass_defaults_and_one_column_a_unit()
    {
        var plan = Compiler.Plan("[LstmDsl.Input(4, 2), LstmDsl.SimpleRnn(3), LstmDsl.SimpleRnn(3)] partial class Model;");
        Assert.Equal(
            [
                "simple_rnn.kernel", "simple_rnn.recurrent_kernel", "simple_rnn.bias",
                "simple_rnn_1.kernel", "simple_rnn_1.recurrent_kernel", "simple_rnn_1.bias",
            ],
            plan.Layers.SelectMany(layer => layer.Tensors).Select(tensor => tensor.FileName));
        Assert.Equal([(2, 3), (3, 3), (1, 3)], plan.Layers[0].Tensors.Select(tensor => (tensor.Rows, tensor.Columns)));
        Assert.Equal(
            [new InitializerSpec(Init.GlorotUniform), new InitializerSpec(Init.Orthogonal), new InitializerSpec(Init.Zeros)],
            plan.Layers[0].Tensors.Select(tensor => tensor.Weight.Initializer));
        Assert.Equal(Activation.Tanh, ((UnitsSpec)plan.Layers[0].Spec).Activation);
    }

    [Fact]
    public void Refinements_reach_the_layer_before_them()
    {
        var plan = Compiler.Plan(
            """
            using LstmDsl;
            [Input(4, 2)]
            [Lstm(3, ReturnSequences = true)] [Kernel(Init.Ones)] [RecurrentKernel(Init.GlorotUniform)] [Bias(Init.Constant, Value = 0.5)]
            [Dense(2)] [Kernel(Init.Constant, Value = -2)] [Bias(Init.Ones)]
            partial class Model;
            """);
        Assert.Equal(
            [
                new InitializerSpec(Init.Ones), new InitializerSpec(Init.GlorotUniform),
                new InitializerSpec(Init.Constant, 0.5) { OnesFrom = 3, OnesCount = 3 },
                new InitializerSpec(Init.Constant, -2), new InitializerSpec(Init.Ones),
            ],
            plan.Layers.SelectMany(layer => layer.Tensors).Select(tensor => tensor.Weight.Initializer));
        Assert.Empty(plan.Faults);
    }

    [Fact]
    public void Arguments_of_initializers_reach_their_weights()
    {
        var plan = Compiler.Plan(
            """
            using LstmDsl;
            [Input(4, 2)]
            [Lstm(3, Init.RandomUniform)] [Kernel(MaxValue = 0.5)] [RecurrentKernel(Gain = 2)] [Bias(Init.RandomNormal, Mean = 1, StdDev = 0)]
            [Dense(3)] [Kernel(Init.Identity)] [Bias(Init.TruncatedNormal)]
            [Dense(2)] [Kernel(Init.VarianceScaling, Scale = 3, Mode = FanMode.FanOut, Distribution = WeightDistribution.UntruncatedNormal)]
            partial class Model;
            """);
        Assert.Equal(
            [
                new InitializerSpec(Init.RandomUniform) { MaxValue = 0.5 }, new InitializerSpec(Init.Orthogonal) { Gain = 2 },
                new InitializerSpec(Init.RandomNormal) { Mean = 1, StdDev = 0, OnesFrom = 3, OnesCount = 3 },
                new InitializerSpec(Init.Identity), new InitializerSpec(Init.TruncatedNormal),
                new InitializerSpec(Init.VarianceScaling)
                {
                    Scale = 3, Mode = FanMode.FanOut, Distribution = WeightDistribution.UntruncatedNormal,
                },
                new InitializerSpec(Init.Zeros),
            ],
            plan.Layers.SelectMany(layer => layer.Tensors).Select(tensor => tensor.Weight.Initializer));
        Assert.Empty(plan.Faults);
    }

    [Fact]
    public void Regularisers_reach_their_weights_and_leave_the_initializers_alone()
    {
        var plan = Compiler.Plan(
            """
            using LstmDsl;
            [Input(4, 2)]
            [Lstm(3, Init.Ones, ActivityL2 = 0.5)] [Kernel(L2 = 0.1)] [RecurrentKernel(L1 = 0.2)] [Bias(L1 = 0.3, L2 = 0.4)]
            [Dense(2, ActivityL1 = 0.6)]
            partial class Model;
            """);
        Assert.Equal(
            [new RegularizerSpec(0, 0.1), new RegularizerSpec(0.2, 0), new RegularizerSpec(0.3, 0.4), RegularizerSpec.None, RegularizerSpec.None],
            plan.Layers.SelectMany(layer => layer.Tensors).Select(tensor => tensor.Weight.Regularizer));
        Assert.Equal([new RegularizerSpec(0, 0.5), new RegularizerSpec(0.6, 0)], plan.Layers.Select(layer => layer.Spec.Activity));
        Assert.Equal(
            [Init.Ones, Init.Orthogonal, Init.Zeros], plan.Layers[0].Tensors.Select(tensor => tensor.Weight.Initializer.Kind));
        Assert.Empty(plan.Faults);
    }

    [Fact]
    public void Arguments_may_be_named_and_constants_may_be_expressions()
    {
        var plan = Compiler.Plan(
            """
            using LstmDsl;
            [Input(features: Model.Width, timesteps: 2 * 5), Lstm(kernel: Init.Ones, units: 7), Dense(units: 1)]
            partial class Model { private const int Width = 3; }
            """);
        Assert.Equal((10, 3, 7), (plan.Timesteps, plan.Features, plan.Layers[0].Units));
        Assert.Equal(Init.Ones, ((UnitsSpec)plan.Layers[0].Spec).Kernel.Initializer.Kind);
        Assert.Empty(plan.Faults);
    }

    [Theory]
    [InlineData("Encoder", "encoder")]
    [InlineData("MyLstm", "my_lstm")]
    [InlineData("HTTPModel2", "http_model2")]
    [InlineData("already_snake", "already_snake")]
    public void Names_in_files_are_in_Kerass_snake_case(string name, string expected) => Assert.Equal(expected, LayerNames.ToSnakeCase(name));

    [Fact]
    public void Unnamed_layers_are_counted_by_kind()
    {
        var layers = Compiler.Plan(
            """
            using LstmDsl;
            [Input(4, 2), Lstm(3, ReturnSequences = true), Lstm(3, ReturnSequences = true, Name = "Encoder"), Lstm(3), Dense(2), Dense(2)]
            partial class Model;
            """).Layers;
        Assert.Equal(["Lstm", "Encoder", "Lstm1", "Dense", "Dense1"], layers.Select(layer => layer.Spec.Name));
        Assert.Equal(["lstm", "encoder", "lstm_1", "dense", "dense_1"], layers.Select(layer => layer.Spec.FileName));
    }
}
