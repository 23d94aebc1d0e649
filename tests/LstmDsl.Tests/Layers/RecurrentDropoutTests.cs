using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

// Without activations and with weights of zeros and ones, a state is a power of its mask.
[Input(5, 16), SimpleRnn(16, Activation = Activation.Linear, RecurrentDropout = 0.5, ReturnSequences = true)]
internal sealed partial class LinearRnn;

[Input(5, 16)]
[Gru(16, Activation = Activation.Linear, RecurrentActivation = Activation.Linear, RecurrentDropout = 0.5, ReturnSequences = true)]
internal sealed partial class LinearGru;

[Input(5, 16)]
[Lstm(16, Activation = Activation.Linear, RecurrentActivation = Activation.Linear, RecurrentDropout = 0.5, ReturnSequences = true)]
internal sealed partial class LinearLstm;

/// <summary>What is dropped of a recurrent layer's state: the same at every timestep, something else for each gate.</summary>
public sealed unsafe class RecurrentDropoutTests
{
    private const int Units = 16;
    private const int Samples = 3;
    private const int Timesteps = 5;

    private const double Kept = 2;

    [Fact]
    public void Masks_of_gates_have_the_expectation_and_the_variance_of_their_rate_and_nothing_in_common()
    {
        const int Values = 400 * 48;
        var masks = Enumerable.Range(0, 4).Select(gate => Draw(gate, samples: 400, units: 48)).ToArray();
        for (var gate = 0; gate < masks.Length; gate++)
        {
            // 19,200 draws: the mean's deviation is √(0.3/0.7 / 19,200) = 0.0047, the variance's 0.0054; four of them.
            var mean = masks[gate].Average();
            Assert.Equal(1, mean, 0.019);
            Assert.Equal(0.3 / 0.7, masks[gate].Average(value => (value - mean) * (value - mean)), 0.022);
            for (var other = 0; other < gate; other++)
            {
                // The covariance of two that are independent deviates by 0.3/0.7 / √19,200 = 0.0031; four of them.
                var covariance = masks[gate].Zip(masks[other], (one, two) => (one - 1) * (two - 1)).Sum() / Values;
                Assert.Equal(0, covariance, 0.0125);
            }
        }
    }

    [Fact]
    public void A_layer_without_gates_drops_the_same_of_its_state_at_every_timestep() =>
        Mask<LinearRnn>(new(FromInput: 0, FromState: 0), t => t);

    /// <summary>The gates are i, f, c and o. What the forget gate lets through it has dropped already.</summary>
    [Fact]
    public void An_lstm_drops_the_same_for_a_gate_at_every_timestep_and_something_else_for_each() => AllDiffer(
        Mask<LinearLstm>(new(FromInput: 0, FromState: 0, Open: [2, 3]), t => t),
        Mask<LinearLstm>(new(FromInput: 2, FromState: 1, Open: [0, 3]), t => (1 << t) - 1),
        Mask<LinearLstm>(new(FromInput: 2, FromState: 2, Open: [0, 3]), t => t),
        Mask<LinearLstm>(new(FromInput: 3, FromState: 3, Open: [0, 2]), t => t));

    /// <summary>The gates are z, r and h. What the update gate lets through it has dropped already.</summary>
    [Fact]
    public void A_gru_drops_the_same_for_a_gate_at_every_timestep_and_something_else_for_each() => AllDiffer(
        Mask<LinearGru>(new(FromInput: 2, FromState: 0, Open: []), t => (1 << t) - 1),
        Mask<LinearGru>(new(FromInput: 2, FromState: 2, Open: [1]), t => t));

    private static void AllDiffer(params double[][] masks)
    {
        for (var gate = 0; gate < masks.Length; gate++)
        {
            foreach (var other in masks.Skip(gate + 1))
                Assert.NotEqual(masks[gate], other);
        }
    }

    /// <summary>The mask of the gate that sees the state, (samples, units), once timestep t is certain to be the mask to a power.</summary>
    private static double[] Mask<TModel>(Gates gates, Func<int, int> power) where TModel : class, IModelProgram<TModel>
    {
        var states = States<TModel, ReferenceBackend<double>, double>(gates);
        Assert.Equal(states, States<TModel, CpuBackend<Lanes256>, float>(gates));
        var mask = new double[Samples * Units];
        for (var place = 0; place < mask.Length; place++)
        {
            var (sample, unit) = Math.DivRem(place, Units);
            double At(int t) => states[(((sample * Timesteps) + t) * Units) + unit];
            mask[place] = At(1);
            for (var t = 0; t < Timesteps; t++)
                Assert.Equal(Math.Pow(mask[place], power(t)), At(t));
        }

        Assert.Equal([0, Kept], mask.Distinct().Order());
        return mask;
    }

    /// <summary>
    /// The states of a training step whose first timestep is all ones and whose others are zeros, (samples, timesteps, units).
    /// </summary>
    private static double[] States<TModel, TBackend, T>(Gates gates)
        where TModel : class, IModelProgram<TModel>
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var run = new ProgramRun<TModel, TBackend, T>();
        foreach (var tensor in TModel.Plan.Tensors)
        {
            var values = new float[tensor.Length];
            for (var unit = 0; unit < Units; unit++)
            {
                if (tensor.Role == TensorRole.Kernel)
                    values[(unit * tensor.Columns) + (gates.FromInput * Units) + unit] = 1;
                else if (tensor.Role == TensorRole.RecurrentKernel)
                    values[(unit * tensor.Columns) + (gates.FromState * Units) + unit] = 1;
                else
                    Array.ForEach(gates.Open, gate => values[(gate * Units) + unit] = 1);
            }

            run.SetWeight(tensor, values);
        }

        var x = new float[Samples * Timesteps * Units];
        for (var sample = 0; sample < Samples; sample++)
            x.AsSpan(sample * Timesteps * Units, Units).Fill(1);
        return run.Train(x, new float[x.Length], Samples, Loss.MeanSquaredError).Prediction;
    }

    private static float[] Draw(int gate, int samples, int units)
    {
        var mask = new AlignedBlock<float>(samples * units);
        DropoutKernel<float>.DrawMask(new(Seed: 1, Step: 5, FirstSample: 0), 0.3, layer: 1, gate, mask.Pointer, samples, units);
        return mask.Span[..(samples * units)].ToArray();
    }

    /// <summary>The gate that sees the input, the one that sees the state, and those that are 1 whatever they would see.</summary>
    private readonly record struct Gates(int FromInput, int FromState, params int[] Open);
}
