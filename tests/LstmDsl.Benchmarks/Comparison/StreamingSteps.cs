namespace LstmDsl.Benchmarks;

/// <summary>Timesteps of a stream, one after the other. A model's state is a type of its own, so that each model has its own loop here.</summary>
internal sealed class StreamingSteps(Action<int> run) : OwnWork
{
    private const float X = 0.25f;

    public override void Run(int count) => run(count);

    public static StreamingSteps OfLstm20()
    {
        var model = new Lstm20(seed: 1);
        var state = model.CreateState();
        return new(count =>
        {
            for (var step = 0; step < count; step++)
                model.Step(ref state, X);
        });
    }

    public static StreamingSteps OfLstm40()
    {
        var model = new Lstm40(seed: 1);
        var state = model.CreateState();
        return new(count =>
        {
            for (var step = 0; step < count; step++)
                model.Step(ref state, X);
        });
    }

    public static StreamingSteps OfLstm64()
    {
        var model = new Lstm64(seed: 1);
        var state = model.CreateState();
        return new(count =>
        {
            for (var step = 0; step < count; step++)
                model.Step(ref state, X);
        });
    }
}
