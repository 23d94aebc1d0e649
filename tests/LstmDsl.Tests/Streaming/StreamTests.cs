namespace LstmDsl.Tests;

[Input(12, 3)]
[Dense(5, Activation = Activation.Relu)]
[Lstm(70, ReturnSequences = true)]
[SimpleRnn(9, ReturnSequences = true)]
[Lstm(17)]
[Dense(2)]
internal sealed partial class StreamedStack;

/// <summary>Timesteps given one by one, against the same timesteps as a window.</summary>
public class StreamTests
{
    // A stream sums in the order of a window, so the bits are the same.
    [Fact]
    public void After_a_windows_timesteps_the_output_is_that_of_the_window()
    {
        var model = new Lstm20Dense1(seed: 3);
        var window = Numbers(20);
        var state = model.CreateState();
        var output = 0f;
        foreach (var x in window)
            output = model.Step(ref state, x);
        Assert.Equal(model.Predict(window), output);
    }

    [Fact]
    public void Each_timesteps_output_is_that_of_a_sequence()
    {
        var model = new Lstm40SequenceDense1(seed: 3);
        var window = Numbers(Lstm40SequenceDense1.Timesteps);
        var expected = new float[window.Length];
        model.Predict(window, expected);
        var state = model.CreateState();
        Assert.Equal(expected, window.Select(x => model.Step(ref state, x)));
    }

    [Fact]
    public void A_stack_of_layers_streams_too()
    {
        var model = new StreamedStack(seed: 5);
        var window = Numbers(12 * 3);
        var expected = new float[2];
        model.Predict(window, expected);
        var state = model.CreateState();
        var output = new float[2];
        for (var t = 0; t < 12; t++)
            model.Step(ref state, window.AsSpan(t * 3, 3), output);
        Assert.Equal(expected, output);
    }

    [Fact]
    public void A_stream_may_be_longer_than_a_window()
    {
        var model = new Lstm20Dense1(seed: 4);
        var state = model.CreateState();
        float before = 0, after = 0;
        for (var t = 0; t < 10 * Lstm20Dense1.Timesteps; t++)
            (before, after) = (after, model.Step(ref state, 0.3f));

        // A constant input drives an LSTM of small weights to a state that it keeps.
        Assert.InRange(Math.Abs(after - before), 0, 1e-4);
        Assert.NotEqual(0, after);
    }

    [Fact]
    public void A_copy_of_a_state_is_a_stream_of_its_own()
    {
        var model = new Lstm20Dense1(seed: 3);
        var state = model.CreateState();
        model.Step(ref state, 0.5f);
        var copy = state;
        var one = model.Step(ref state, 1f);
        var other = model.Step(ref copy, -1f);
        Assert.NotEqual(one, other);

        var again = default(Lstm20Dense1.State);
        model.Step(ref again, 0.5f);
        Assert.Equal(one, model.Step(ref again, 1f));
    }

    [Fact]
    public void The_double_reference_agrees()
    {
        var model = new StreamedStack(seed: 5);
        var plan = Plan<StreamedStack>();
        var cpu = Device.Cpu.CreatePredictor<StreamedStack>(State(model));
        var reference = Device.ReferenceDouble.CreatePredictor<StreamedStack>(State(model));
        float[] block = new float[plan.Streaming!.Value.Floats], exact = new float[block.Length], output = new float[2], expected = new float[2];
        foreach (var x in Numbers(30 * 3).Chunk(3))
        {
            cpu.Step(block, x, output);
            reference.Step(exact, x, expected);

            // States pass from step to step as floats on both: a few ulp of values around 1 a step, over 30 steps.
            for (var index = 0; index < output.Length; index++)
                Assert.Equal(expected[index], output[index], 1e-5f);
        }
    }

    [Fact]
    public void New_weights_serve_the_next_step()
    {
        var model = new Lstm20Dense1(seed: 3);
        var state = model.CreateState();
        var before = state;
        var output = model.Step(ref state, 0.5f);
        model.Dense.Bias.Set(0, 0, model.Dense.Bias[0] + 1);
        Assert.Equal(output + 1, model.Step(ref before, 0.5f), 1e-6f);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var model = new StreamedStack(seed: 5);
        var state = model.CreateState();
        Span<float> x = [0.1f, 0.2f, 0.3f];
        Span<float> output = stackalloc float[2];
        for (var warm = 0; warm < 3; warm++)
            model.Step(ref state, x, output);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 100; step++)
            model.Step(ref state, x, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    [Fact]
    public void Many_threads_may_step_at_once_on_one_model()
    {
        var model = new Lstm40SequenceDense1(seed: 3);
        var inputs = Numbers(300);
        var alone = Run(model, inputs);
        var together = new float[8][];
        Parallel.For(0, together.Length, index => together[index] = Run(model, inputs));
        Assert.All(together, outputs => Assert.Equal(alone, outputs));
    }

    [Fact]
    public void Wrong_sizes_are_refused_and_leave_the_state_alone()
    {
        var model = new StreamedStack(seed: 5);
        var state = model.CreateState();
        var output = new float[2];
        model.Step(ref state, [1, 2, 3], output);
        var before = state;
        var exception = Assert.Throws<ArgumentException>(() => model.Step(ref state, [1, 2], output));
        Assert.Equal("StreamedStack takes timesteps of 3 values and gives 2; found 2 and a destination of 2.", exception.Message);
        Assert.Throws<ArgumentException>(() => model.Step(ref state, [1, 2, 3], new float[1]));

        float[] one = new float[2], other = new float[2];
        model.Step(ref state, [1, 2, 3], one);
        model.Step(ref before, [1, 2, 3], other);
        Assert.Equal(other, one);
    }

    [Fact]
    public void A_model_that_goes_backwards_has_no_stream()
    {
        Assert.Null(Plan<LstmGoBackwards>().Streaming);
        Assert.Null(typeof(LstmGoBackwards).GetMethod("CreateState"));
        Assert.NotNull(typeof(Lstm20Dense1).GetMethod("CreateState"));
    }

    private static float[] Run(Lstm40SequenceDense1 model, float[] inputs)
    {
        var state = model.CreateState();
        return [.. inputs.Select(x => model.Step(ref state, x))];
    }

    private static CompilerServices.ModelState<TModel> State<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel> => model.State;

    private static CompilerServices.ModelPlan Plan<TModel>() where TModel : class, IRecurrentModel<TModel> => TModel.Plan;

    private static float[] Numbers(int count)
    {
        var numbers = new TestNumbers(11);
        var values = new float[count];
        for (var index = 0; index < count; index++)
            values[index] = numbers.Float(1);
        return values;
    }
}
