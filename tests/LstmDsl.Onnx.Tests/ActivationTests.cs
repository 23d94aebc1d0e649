using Google.Protobuf;

namespace LstmDsl.Tests;

/// <summary>Every activation in ONNX Runtime, against what Keras computed in double.</summary>
public sealed class ActivationTests
{
    /// <summary>Several operators, each rounding its result: some ulps of the largest magnitude.</summary>
    private const double Tolerance = 2e-6;

    public static TheoryData<string> Cases => [.. Names];

    private static IEnumerable<string> Names => ParityIndex.Cases("activations").Select(ParityIndex.Name);

    // Keras 3 does not have what Keras 2 called a hard sigmoid.
    [Fact]
    public void Every_activation_has_a_case() => Assert.Equal(
        Enum.GetValues<Activation>().Where(activation => activation != Activation.HardSigmoidKeras2).Order(), Names.Select(Named).Order());

    [Fact]
    public void The_hard_sigmoid_of_Keras_2_has_its_own_slope_as_an_operator_and_in_a_recurrence()
    {
        var graph = new OnnxGraph("hard_sigmoid");
        graph.AddInput("x", [2], batchSize: null);
        graph.AddOutput("y", new OnnxValue(ActivationNodes.Write(graph, Activation.HardSigmoidKeras2, "x"), Timesteps: 0, 2), batchSize: null);
        var node = Assert.Single(OnnxModel.Of(graph, OnnxOptions.OldestOpset).Graph.Node, node => node.OpType == "HardSigmoid");
        Assert.Equal([("alpha", 0.2f), ("beta", 0.5f)], node.Attribute.Select(attribute => (attribute.Name, attribute.F)));
        Assert.Equal(("HardSigmoid", 0.2f, 0.5f), ActivationNodes.InRecurrence(Activation.HardSigmoidKeras2));
    }

    [Fact]
    public void A_leaky_relu_has_its_layer_s_slope()
    {
        using var folder = new TemporaryFolder();
        var graph = Exported.Read(SlopesOfLayers.Create(1), folder, new()).Graph;
        Assert.Equal(
            [0.3f, 0.2f, 1.5f],
            graph.Node.Where(node => node.OpType == "LeakyRelu").Select(node => Assert.Single(node.Attribute).F));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_Keras(string name)
    {
        var fixture = SafetensorsFixture.Load("activations", name);
        var shape = fixture.Shape("x");
        var graph = new OnnxGraph(name);
        graph.AddInput("x", shape[1..], batchSize: null);
        graph.AddOutput("y", new OnnxValue(ActivationNodes.Write(graph, Named(name), "x"), Timesteps: 0, shape[^1]), batchSize: null);

        using var folder = new TemporaryFolder();
        var path = folder.File("activation.onnx");
        File.WriteAllBytes(path, OnnxModel.Of(graph, OnnxOptions.OldestOpset).ToByteArray());
        var (found, values) = OnnxRuntime.Run(path, ("x", shape, fixture.Floats("x")));
        Assert.Equal(shape, found);
        Close.Relative(fixture.Doubles("y"), values, Tolerance, name);
    }

    private static Activation Named(string name) =>
        Enum.Parse<Activation>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
