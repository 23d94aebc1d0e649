namespace LstmDsl.Tests;

// Batch normalisation keeps a batch in one block, whose samples the threads then share; each recurrent layer is large enough for that.
[Input(24, 8), BatchNormalization, Lstm(64, ReturnSequences = true), Gru(64, ReturnSequences = true), SimpleRnn(160), Dense(2)]
internal sealed partial class SharedStack;

[Input(24, 8), BatchNormalization]
[Bidirectional, Lstm(48, ReturnSequences = true)]
[Gru(80, ResetAfter = false, GoBackwards = true, ReturnSequences = true)]
[MinGru(160)]
[Dense(2)]
internal sealed partial class SharedBothWays;

[Input(24, 8), Masking, BatchNormalization, Lstm(64, ReturnSequences = true), Gru(64), Dense(2)]
internal sealed partial class SharedMasked;

[Input(24, 8), BatchNormalization, Lstm(64, Dropout = 0.2, RecurrentDropout = 0.2), Dense(2)]
internal sealed partial class SharedDropped;

[Input(24, 8), Lstm(64, ReturnSequences = true), Gru(64), Dense(2)]
internal sealed partial class SharedPredictions;

/// <summary>Few samples of a large model are shared among threads: no bit depends on how many these are.</summary>
public sealed class SharedSamplesTests
{
    private static readonly int[] Threads = [2, 3, 7];

    public static TheoryData<int> Widths => [.. CpuBackends.Widths];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Training_in_one_block_has_the_same_bits(int width) => Check<SharedStack>(width, masks: false);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Training_both_ways_has_the_same_bits(int width) => Check<SharedBothWays>(width, masks: false);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Training_with_skipped_timesteps_has_the_same_bits(int width) => Check<SharedMasked>(width, masks: true);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Training_with_recurrent_dropout_has_the_same_bits(int width) => Check<SharedDropped>(width, masks: false);

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_prediction_has_the_bits_of_each_window_alone(int width)
    {
        const int Windows = 40;
        var shape = SharedPredictions.Shape;
        var state = ((IRecurrentModel<SharedPredictions>)new SharedPredictions(seed: 3)).State;
        var windows = RandomSamples.For(shape, Windows).X.Values.ToArray();
        var alone = new float[Windows * shape.OutputLength];
        var predictor = new CpuDevice(1, width).CreatePredictor<SharedPredictions>(state);
        for (var window = 0; window < Windows; window++)
        {
            predictor.Predict(
                windows.AsSpan(window * shape.InputLength, shape.InputLength), alone.AsSpan(window * shape.OutputLength, shape.OutputLength));
        }

        foreach (var threads in Threads)
        {
            var shared = new CpuDevice(threads, width).CreatePredictor<SharedPredictions>(state);
            foreach (var count in (int[])[2, 7, 8, 9, 16, 17, 31, Windows])
            {
                var together = new float[count * shape.OutputLength];
                shared.Predict(windows.AsSpan(0, count * shape.InputLength), together);
                Assert.Equal(alone[..together.Length], together);
            }
        }
    }

    [Fact]
    public void Samples_are_shared_where_there_are_enough_and_work_for_another_thread()
    {
        const long Large = 100_000_000;
        Assert.Equal(1, BatchCut.Shares(samples: 7, threads: 8, Large));
        Assert.Equal(2, BatchCut.Shares(samples: 8, threads: 8, Large));
        Assert.Equal(4, BatchCut.Shares(samples: 19, threads: 8, Large));
        Assert.Equal(2, BatchCut.Shares(samples: 64, threads: 2, Large));
        Assert.Equal(1, BatchCut.Shares(samples: 64, threads: 1, Large));
        Assert.Equal(1, BatchCut.Shares(samples: 64, threads: 2, products: 1_000_000));
    }

    private static void Check<TModel>(int width, bool masks) where TModel : class, IRecurrentModel<TModel>
    {
        var one = Train<TModel>(threads: 1, width, masks);
        foreach (var threads in Threads)
            Assert.Equal(one, Train<TModel>(threads, width, masks));
    }

    private static float[] Train<TModel>(int threads, int width, bool masks) where TModel : class, IRecurrentModel<TModel>
    {
        var (x, y) = RandomSamples.For(TModel.Shape, samples: 45);
        if (masks)
            x = Masked(x, TModel.Shape);
        var model = TModel.Create(seed: 3);
        var trainer = new Trainer<TModel>(model, new CpuDevice(threads, width))
        {
            Optimizer = new Adam(0.01),
            Loss = Loss.MeanSquaredError,
        };
        // 36 samples in batches of 19 leave a last batch of 17.
        var history = trainer.Fit(x, y, batchSize: 19, epochs: 2, validationSplit: 0.2, verbose: 0);
        return [.. model.State.Parameters.Span, .. history["loss"].Concat(history["val_loss"]).Select(loss => (float)loss)];
    }

    // Zeros at a sample's timesteps, some sample's last, some in between.
    private static Samples Masked(Samples x, ModelShape shape)
    {
        var values = x.Values.ToArray();
        var samples = values.Length / shape.InputLength;
        for (var sample = 0; sample < samples; sample++)
        {
            for (var t = 0; t < shape.Timesteps; t++)
            {
                if ((sample + t) % 5 == 0 || t > shape.Timesteps - (sample % 7))
                    values.AsSpan((sample * shape.InputLength) + (t * shape.Features), shape.Features).Clear();
            }
        }

        return Samples.Of(values, samples, shape.Timesteps, shape.Features);
    }
}
