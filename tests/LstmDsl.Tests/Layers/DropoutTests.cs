using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

[Input(6, 3), Dropout(0.2), Lstm(8, Dropout = 0.3, ReturnSequences = true)]
[Bidirectional, Gru(6, RecurrentDropout = 0.25), Dropout(0.1), Dense(2)]
internal sealed partial class DroppedModel;

internal readonly struct EachTimestep : IDropoutShape
{
    public static int Units => 7;

    public static double Rate => 0.3;

    public static int Layer => 2;

    public static string Name => "dropout";

    public static bool SameOverTime => false;
}

internal readonly struct OneMask : IDropoutShape
{
    public static int Units => 7;

    public static double Rate => 0.3;

    public static int Layer => 2;

    public static string Name => "dropout";

    public static bool SameOverTime => true;
}

public sealed unsafe class DropoutTests
{
    private const int Samples = 250;
    private const int Timesteps = 40;

    [Fact]
    public void A_mask_has_the_expectation_and_the_variance_of_its_rate()
    {
        var output = Drop<EachTimestep>(new(Seed: 1, Step: 5, FirstSample: 0), Samples);
        var mean = output.Average();
        var variance = output.Average(value => (value - mean) * (value - mean));

        // 70,000 draws: the mean's deviation is √(0.3/0.7 / 70,000) = 0.0025, the variance's 0.0028; four of them.
        Assert.Equal(1, mean, 0.01);
        Assert.Equal(0.3 / 0.7, variance, 0.012);
        Assert.All(output, value => Assert.True(value == 0 || value == (float)(1 / 0.7)));
    }

    [Fact]
    public void A_mask_is_drawn_for_each_timestep_or_shared_by_all()
    {
        var draws = new DropoutDraws(Seed: 1, Step: 5, FirstSample: 0);
        var (each, one) = (Drop<EachTimestep>(draws, Samples), Drop<OneMask>(draws, Samples));
        const int Row = Samples * 7;
        Assert.NotEqual(each[..Row], each[Row..(2 * Row)]);
        for (var t = 1; t < Timesteps; t++)
            Assert.Equal(one[..Row], one[(t * Row)..((t + 1) * Row)]);
        Assert.Equal(each[..7], one[..7]);
    }

    [Fact]
    public void A_mask_depends_on_the_samples_place_in_its_batch_not_on_the_cut()
    {
        var whole = Drop<OneMask>(new(Seed: 1, Step: 5, FirstSample: 0), Samples);
        var rest = Drop<OneMask>(new(Seed: 1, Step: 5, FirstSample: 8), Samples - 8);
        Assert.Equal(whole[(8 * 7)..(Samples * 7)], rest[..((Samples - 8) * 7)]);
        Assert.NotEqual(whole, Drop<OneMask>(new(Seed: 1, Step: 6, FirstSample: 0), Samples));
        Assert.NotEqual(whole, Drop<OneMask>(new(Seed: 2, Step: 5, FirstSample: 0), Samples));
    }

    [Fact]
    public void Gates_have_masks_of_their_own()
    {
        var draws = new DropoutDraws(Seed: 1, Step: 5, FirstSample: 0);
        var masks = Enumerable.Range(0, 8).Select(gate => Mask(draws, gate)).ToArray();
        for (var gate = 0; gate < masks.Length; gate++)
        {
            foreach (var other in masks.Skip(gate + 1))
                Assert.NotEqual(masks[gate], other);
        }
    }

    [Fact]
    public void A_prediction_drops_nothing()
    {
        var model = new DroppedModel(seed: 4);
        var (x, _) = RandomSamples.For(DroppedModel.Shape, samples: 20);
        Assert.Equal(model.Predict(x), model.Predict(x));
        Assert.Equal(model.Predict(x), new DroppedModel(seed: 4).Predict(x));
    }

    [Fact]
    public void Training_has_the_same_bits_whatever_the_threads_and_another_seed_has_others()
    {
        var one = Train(new CpuDevice(threads: 1), seed: 3);
        Assert.Equal(one, Train(new CpuDevice(threads: 1), seed: 3));
        Assert.Equal(one, Train(new CpuDevice(threads: 2), seed: 3));
        Assert.Equal(one, Train(new CpuDevice(threads: 7), seed: 3));
        Assert.NotEqual(one, Train(new CpuDevice(threads: 1), seed: 4));
    }

    [Fact]
    public void A_batch_that_is_cut_drops_what_a_whole_one_does()
    {
        // The reference does not cut; only rounding tells the two apart, over a few steps.
        var (cut, whole) = (Train(new CpuDevice(threads: 1), seed: 3), Train(Device.Reference, seed: 3));
        for (var epoch = 0; epoch < cut.Length; epoch++)
            Assert.Equal(whole[epoch], cut[epoch], 1e-5);
    }

    private static double[] Train(Device device, int seed)
    {
        var (x, y) = RandomSamples.For(DroppedModel.Shape, samples: 45);
        var trainer = new DroppedModel.Trainer(new(seed: 4), device) { Optimizer = new Sgd(0.05), Loss = Loss.MeanSquaredError };
        var history = trainer.Fit(x, y, batchSize: 20, epochs: 3, shuffle: false, verbose: 0, seed: seed);
        return [.. history["loss"]];
    }

    private static float[] Drop<TShape>(DropoutDraws draws, int samples) where TShape : struct, IDropoutShape
    {
        var length = Timesteps * samples * TShape.Units;
        var activations = new AlignedBlock<float>(2 * length);
        activations.Span[..length].Fill(1);
        var backend = CpuBackend<Lanes256>.Over(new HostBlocks<float>
        {
            Parameters = null,
            Activations = activations.Pointer,
            Dropout = draws,
            Shares = 1,
        });
        backend.DropoutForward<TShape>(new WeightlessOffsets { Input = 0, Output = length }, samples, Timesteps);
        return activations.Span[length..].ToArray();
    }

    private static float[] Mask(DropoutDraws draws, int gate)
    {
        var mask = new AlignedBlock<float>(64);
        DropoutKernel<float>.DrawMask(draws, 0.5, layer: 1, gate, mask.Pointer, samples: 8, units: 8);
        return mask.Span.ToArray();
    }
}
