namespace LstmDsl.Generators.Tests;

public sealed class ActivationPlanningTests
{
    private const string Jena = "[LstmDsl.Input(20, 1), LstmDsl.Lstm(20, LstmDsl.Init.Zeros), LstmDsl.Dense(1)] partial class Model;";

    private const string Stack =
        """
        using LstmDsl;
        [Input(8, 3), Lstm(12, ReturnSequences = true), Dense(5), SimpleRnn(9, ReturnSequences = true), Lstm(7), Dense(8), Dense(2)]
        partial class Model;
        """;

    [Fact]
    public void The_first_systems_training_block()
    {
        var plan = Compiler.Plan(Jena);
        Assert.Equal(
            new LayerOffsets
            {
                Input = 0,
                PreActivations = 32,
                Carried = 1_632,
                Kept = 2_032,
                Output = 2_432,
                OutputGradient = 2_832,
                StateGradients = 2_864,
                InputGradient = 2_944,
            },
            plan.Layers[0].Training);

        // The dense layer reads the last of twenty hidden states: 2,432 + 19 · 20.
        Assert.Equal(
            new LayerOffsets { Input = 2_812, Output = 2_912, OutputGradient = 2_928, InputGradient = 2_832 }, plan.Layers[1].Training);
        Assert.Equal(new PlannedActivations(2_944, 0, 2_912, 2_928, 2_944), plan.Training);
    }

    [Fact]
    public void The_first_systems_prediction_needs_one_timestep_of_states()
    {
        var plan = Compiler.Plan(Jena);
        Assert.Equal(new LayerOffsets { Input = 0, Output = 32, PreActivations = 64, Carried = 144 }, plan.Layers[0].Inference);
        // The dense layer's output takes the place of the gates, which nobody reads any more.
        Assert.Equal(new LayerOffsets { Input = 32, Output = 64 }, plan.Layers[1].Inference);
        Assert.Equal(new PlannedActivations(176, 0, 64, -1, -1), plan.Inference);
    }

    [Fact]
    public void A_model_that_ends_in_its_last_timestep_gives_that_as_its_output()
    {
        var plan = Compiler.Plan("[LstmDsl.Input(5, 2), LstmDsl.Lstm(3)] partial class Model;");
        var layer = plan.Layers[0];
        Assert.Equal(layer.Training.Output + (4 * 3), plan.Training.Output);
        Assert.Equal(layer.Training.OutputGradient, plan.Training.OutputGradient);
        Assert.Equal(layer.Inference.Output, plan.Inference.Output);
    }

    [Fact]
    public void Shapes_flow_from_layer_to_layer()
    {
        var plan = Compiler.Plan(Stack);
        Assert.Equal([3, 12, 5, 9, 7, 8], plan.Layers.Select(layer => layer.Inputs));
        Assert.Equal([8, 8, 8, 8, 0, 0], plan.Layers.Select(layer => layer.Timesteps));
        Assert.Equal([8, 8, 8, 0, 0, 0], plan.Layers.Select(layer => layer.OutputTimesteps));
        Assert.Equal((2, false, false), (plan.Outputs, plan.ReturnsSequences, plan.Forecasts));
    }

    [Fact]
    public void Regions_of_a_training_step_never_overlap_and_start_on_64_bytes()
    {
        var plan = Compiler.Plan(Stack);
        var regions = plan.Layers.SelectMany(TrainingRegions).Append((Start: 0, Length: 8 * 3)).OrderBy(region => region.Start).ToArray();

        Assert.All(regions, region => Assert.Equal(0, region.Start % 16));
        Assert.All(regions.Zip(regions.Skip(1)), pair => Assert.True(pair.First.Start + pair.First.Length <= pair.Second.Start));
        Assert.True(regions[^1].Start + regions[^1].Length <= plan.Training.Floats);
    }

    [Fact]
    public void A_layers_input_gradient_is_the_output_gradient_of_the_layer_before_it()
    {
        var plan = Compiler.Plan(Stack);
        Assert.All(
            plan.Layers.Zip(plan.Layers.Skip(1)),
            pair => Assert.Equal(pair.First.Training.OutputGradient, pair.Second.Training.InputGradient));
        Assert.Equal(plan.Training.Floats, plan.Training.InputGradient);
        Assert.Equal(plan.Training.Floats, plan.Layers[0].Training.InputGradient);
    }

    [Fact]
    public void What_a_prediction_still_needs_is_never_written_over()
    {
        var plan = Compiler.Plan(Stack);
        for (var i = 0; i < plan.Layers.Count; i++)
        {
            // While a layer runs, these are alive: the model's input, the layer's own, its output and its scratch.
            var layer = plan.Layers[i];
            var input = (layer.Inference.Input, Math.Max(layer.Timesteps, 1) * layer.Inputs);
            var alive = InferenceRegions(layer).Append(input).Append((0, 8 * 3)).Distinct().OrderBy(region => region.Item1).ToArray();
            Assert.All(alive, region => Assert.Equal(0, region.Item1 % 16));
            Assert.All(alive.Zip(alive.Skip(1)), pair => Assert.True(pair.First.Item1 + pair.First.Item2 <= pair.Second.Item1));
            Assert.True(alive[^1].Item1 + alive[^1].Item2 <= plan.Inference.Floats);
        }
    }

    [Fact]
    public void A_simple_recurrent_layer_needs_its_pre_activations_and_its_states()
    {
        var plan = Compiler.Plan("using LstmDsl; [Input(20, 1), SimpleRnn(40, ReturnSequences = true), Dense(1)] partial class Model;");
        Assert.Equal(
            new LayerOffsets
            {
                Input = 0,
                PreActivations = 32,
                Output = 832,
                OutputGradient = 1_632,
                StateGradients = 2_432,
                InputGradient = 2_544,
            },
            plan.Layers[0].Training);
        Assert.Equal(new LayerOffsets { Input = 0, Output = 32, PreActivations = 832 }, plan.Layers[0].Inference);
    }

    [Theory]
    [InlineData("Lstm(4), Dense(1)", true)]
    [InlineData("Lstm(4), Dense(2)", false)]
    [InlineData("Lstm(4, GoBackwards = true), Dense(1)", true)]
    [InlineData("SimpleRnn(4, ReturnSequences = true), Dense(1)", true)]
    [InlineData("SimpleRnn(4, ReturnSequences = true), Dense(2)", false)]
    [InlineData("SimpleRnn(4, ReturnSequences = true, GoBackwards = true), Dense(1)", false)]
    [InlineData("SimpleRnn(4, ReturnSequences = true, GoBackwards = true), Lstm(4, ReturnSequences = true), Dense(1)", false)]
    [InlineData("SimpleRnn(4, ReturnSequences = true, GoBackwards = true), Lstm(4), Dense(1)", true)]
    [InlineData("SimpleRnn(4, ReturnSequences = true, GoBackwards = true), Lstm(4, ReturnSequences = true, GoBackwards = true), Dense(1)", true)]
    public void A_model_forecasts_where_its_last_output_continues_the_window(string layers, bool forecasts) =>
        Assert.Equal(forecasts, Compiler.Plan($"using LstmDsl; [Input(20, 1), {layers}] partial class Model;").Forecasts);

    [Fact]
    public void An_activation_that_works_on_rows_or_needs_its_input_has_a_kernel_of_its_own()
    {
        var plan = Compiler.Plan(
            """
            using LstmDsl;
            [Input(5, 2), Lstm(3), Dense(7, Activation = Activation.Gelu), Dense(4, Activation = Activation.Softmax)]
            partial class Model;
            """);
        Assert.Equal(["Lstm", "Dense", "DenseActivation", "Dense1", "Dense1Activation"], plan.Layers.Select(layer => layer.Spec.Name));
        Assert.Equal([(0, 1), (1, 2), (3, 2)], plan.Declared.Select(layer => (layer.FirstKernel, layer.KernelCount)));
        Assert.Equal(plan.Layers[1].Training.Output, plan.Layers[2].Training.Input);
        Assert.Equal(plan.Layers[1].Training.OutputGradient, plan.Layers[2].Training.InputGradient);
        Assert.Equal(plan.Layers[4].Training.Output, plan.Training.Output);
    }

    [Fact]
    public void Regions_take_the_first_gap_that_fits()
    {
        var regions = new LiveRegions();
        Assert.Equal(0, regions.Place(10, 0, 0));
        Assert.Equal(16, regions.Place(40, 0, 1));
        Assert.Equal(64, regions.Place(1, 0, 2));
        Assert.Equal(0, regions.Place(16, 1, 1));
        Assert.Equal(80, regions.Place(17, 1, 2));
        Assert.Equal(0, regions.Place(64, 2, 2));
        Assert.Equal(112, regions.Floats);
    }

    private static IEnumerable<(int Start, int Length)> TrainingRegions(PlannedLayer layer)
    {
        var (places, units) = (layer.Training, layer.Units);
        var (steps, outputs) = (Math.Max(layer.Timesteps, 1), Math.Max(layer.OutputTimesteps, 1));
        yield return (places.Output, steps * units);
        yield return (places.OutputGradient, outputs * units);
        if (layer.Spec is RecurrentSpec recurrent)
            yield return (places.PreActivations, steps * recurrent.ColumnsPerUnit * units);
        if (layer.Spec is not RecurrentSpec { Kind.Carries: true })
            yield break;

        yield return (places.Carried, steps * units);
        yield return (places.Kept, steps * units);
        yield return (places.StateGradients, 2 * units);
    }

    private static IEnumerable<(int Start, int Length)> InferenceRegions(PlannedLayer layer)
    {
        yield return (layer.Inference.Output, Math.Max(layer.OutputTimesteps, 1) * layer.Units);
        if (layer.Spec is RecurrentSpec recurrent)
            yield return (layer.Inference.PreActivations, recurrent.ColumnsPerUnit * layer.Units);
        if (layer.Spec is RecurrentSpec { Kind.Carries: true })
            yield return (layer.Inference.Carried, layer.Units);
    }
}
