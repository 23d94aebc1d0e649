using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Weighted means of values over a block of n samples.
/// <code>
/// q (T', n, u)   k (T, n, u)   v (T, n, w)   a (T', n, T)   y (T', n, w)
/// forward     a[t, s, j] = softmax over j of score(q[t, s], k[j, s])     y[t, s] = Σ a[t, s, j] · v[j, s]
/// backward    ds[t, s, j] = a · (da − Σ a·da), da = dy[t, s] · v[j, s]     dq, dk from ds     dv[j, s] = Σ a[t, s, j] · dy[t, s]
/// gradients   of the score's weights: Σ ds · their slopes
/// </code>
/// What a mask, or the order of time, leaves out has the weight 0; where all is left out, all timesteps weigh the same, as in Keras in
/// single precision, and no gradient goes to scores. Sums run in ascending order.
/// </summary>
internal static unsafe class AttentionKernel<TSweep, T>
    where TSweep : struct, ISweep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>q, k, v → a, y.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Forward<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape
    {
        var values = blocks.Activations + offsets.Second;
        for (var t = 0; t < TShape.QueryTimesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var output = blocks.Activations + offsets.Output + (((t * samples) + sample) * TShape.Units);
                new Span<T>(output, TShape.Units).Clear();
                if (!Counts(blocks, offsets.Mask, t, sample, samples))
                    continue;

                var weights = Weights<TShape>(blocks, offsets, t, sample, samples);
                Weigh<TShape>(blocks, offsets, weights, t, sample, samples);
                for (var j = 0; j < TShape.Timesteps; j++)
                {
                    if (weights[j] != T.Zero)
                        AddScaled(weights[j], values + (((j * samples) + sample) * TShape.Units), output, TShape.Units);
                }
            }
        }
    }

    /// <summary>dy → ds, dq, dk, dv.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape
    {
        for (var t = 0; t < TShape.QueryTimesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
                DifferentiateScores<TShape>(blocks, offsets, t, sample, samples);
        }

        if (offsets.InputGradient >= 0)
            SendToQueries<TShape>(blocks, offsets, samples);
        if (offsets.SecondGradient >= 0)
            SendToValues<TShape>(blocks, offsets, samples);
        if (offsets.ThirdGradient >= 0)
            SendToKeys<TShape>(blocks, offsets, samples);
    }

    /// <summary>Adds the gradients of the score's weights.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Gradients<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape
    {
        var scales = !TShape.UseScale ? 0 : TShape.Score == AttentionScore.Additive ? TShape.KeyUnits : 1;
        for (var unit = 0; unit < scales + (TShape.Score == AttentionScore.Concat ? 1 : 0); unit++)
        {
            var sum = 0.0;
            for (var t = 0; t < TShape.QueryTimesteps; t++)
            {
                for (var sample = 0; sample < samples; sample++)
                {
                    var gradients = ScoreGradients<TShape>(blocks, offsets, t, sample, samples);
                    var query = Query<TShape>(blocks, offsets, t, sample, samples);
                    for (var j = 0; j < TShape.Timesteps; j++)
                    {
                        if (gradients[j] == T.Zero)
                            continue;
                        var key = Key<TShape>(blocks, offsets, j, sample, samples);
                        var (scale, weight) = (Scale<TShape>(blocks, offsets), Weight(blocks, offsets));
                        var slope = unit < scales
                            ? AttentionFormulas<TShape, HostNumbers<T>, Scalar<T>>.SlopeOfScale(query, key, unit, scale, weight)
                            : AttentionFormulas<TShape, HostNumbers<T>, Scalar<T>>.SlopeOfWeight(query, key, scale);
                        sum += double.CreateTruncating(gradients[j]) * slope;
                    }
                }
            }

            blocks.Gradients[unit < scales ? offsets.Scale + unit : offsets.ConcatScoreWeight] += T.CreateTruncating(sum);
        }
    }

    /// <summary>The softmax of the scores of a query's timestep.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    private static void Weigh<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, T* weights, int t, int sample, int samples)
        where TShape : struct, IAttentionShape
    {
        var query = Query<TShape>(blocks, offsets, t, sample, samples);
        var (scale, weight) = (Scale<TShape>(blocks, offsets), Weight(blocks, offsets));
        for (var j = 0; j < TShape.Timesteps; j++)
        {
            var key = Key<TShape>(blocks, offsets, j, sample, samples);
            weights[j] = Attends<TShape>(blocks, offsets, t, j, sample, samples)
                ? AttentionFormulas<TShape, HostNumbers<T>, Scalar<T>>.Score(query, key, scale, weight).Value
                : T.NegativeInfinity;
        }

        var row = new HostNumbers<T>(weights, TShape.Timesteps);
        var largest = SoftmaxFormulas.Largest<HostNumbers<T>, Scalar<T>>(row);
        if (largest.Value == T.NegativeInfinity)
        {
            new Span<T>(weights, TShape.Timesteps).Fill(T.One / T.CreateTruncating(TShape.Timesteps));
            return;
        }

        for (var j = 0; j < TShape.Timesteps; j++)
            weights[j] = weights[j] == T.NegativeInfinity ? T.Zero : SoftmaxFormulas.Exponential<Scalar<T>>(weights[j], largest).Value;
        var sum = NumberSums.Rounded<HostNumbers<T>, Scalar<T>>(row);
        for (var j = 0; j < TShape.Timesteps; j++)
            weights[j] = SoftmaxFormulas.Forward<Scalar<T>>(weights[j], sum).Value;
    }

    /// <summary>ds of a query's timestep.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    private static void DifferentiateScores<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int sample, int samples)
        where TShape : struct, IAttentionShape
    {
        var gradients = ScoreGradients<TShape>(blocks, offsets, t, sample, samples);
        var attends = false;
        for (var j = 0; j < TShape.Timesteps; j++)
            attends |= Attends<TShape>(blocks, offsets, t, j, sample, samples);
        if (!attends || !Counts(blocks, offsets.Mask, t, sample, samples))
        {
            new Span<T>(gradients, TShape.Timesteps).Clear();
            return;
        }

        var received = new HostNumbers<T>(Received<TShape>(blocks, offsets, t, sample, samples), TShape.Units);
        for (var j = 0; j < TShape.Timesteps; j++)
        {
            var value = new HostNumbers<T>(blocks.Activations + offsets.Second + (((j * samples) + sample) * TShape.Units), TShape.Units);
            gradients[j] = T.CreateTruncating(NumberSums.OfProducts<HostNumbers<T>, Scalar<T>>(received, value));
        }

        var weights = new HostNumbers<T>(Weights<TShape>(blocks, offsets, t, sample, samples), TShape.Timesteps);
        var (high, low) = SoftmaxFormulas.MeanReceived<HostNumbers<T>, Scalar<T>>(new(gradients, TShape.Timesteps), weights);
        for (var j = 0; j < TShape.Timesteps; j++)
            gradients[j] = SoftmaxFormulas.Backward(weights[j], gradients[j], high, low).Value;
    }

    [MethodImpl(KernelCompilation.Loop)]
    private static void SendToQueries<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape
    {
        var (scale, weight) = (Scale<TShape>(blocks, offsets), Weight(blocks, offsets));
        for (var t = 0; t < TShape.QueryTimesteps; t++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var query = Query<TShape>(blocks, offsets, t, sample, samples);
                var gradients = ScoreGradients<TShape>(blocks, offsets, t, sample, samples);
                var destination = blocks.Activations + offsets.InputGradient + (((t * samples) + sample) * TShape.KeyUnits);
                for (var unit = 0; unit < TShape.KeyUnits; unit++)
                {
                    var sum = T.Zero;
                    for (var j = 0; j < TShape.Timesteps; j++)
                    {
                        var key = Key<TShape>(blocks, offsets, j, sample, samples);
                        var slope = AttentionFormulas<TShape, HostNumbers<T>, Scalar<T>>.Slope(query[unit], key[unit], unit, scale, weight);
                        sum = T.FusedMultiplyAdd(gradients[j], slope.Value, sum);
                    }

                    destination[unit] = TShape.AddsInputGradient ? destination[unit] + sum : sum;
                }
            }
        }
    }

    [MethodImpl(KernelCompilation.Loop)]
    private static void SendToKeys<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape
    {
        var (scale, weight) = (Scale<TShape>(blocks, offsets), Weight(blocks, offsets));
        for (var j = 0; j < TShape.Timesteps; j++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var key = Key<TShape>(blocks, offsets, j, sample, samples);
                var destination = blocks.Activations + offsets.ThirdGradient + (((j * samples) + sample) * TShape.KeyUnits);
                for (var unit = 0; unit < TShape.KeyUnits; unit++)
                {
                    var sum = T.Zero;
                    for (var t = 0; t < TShape.QueryTimesteps; t++)
                    {
                        var query = Query<TShape>(blocks, offsets, t, sample, samples);
                        var slope = AttentionFormulas<TShape, HostNumbers<T>, Scalar<T>>.Slope(key[unit], query[unit], unit, scale, weight);
                        sum = T.FusedMultiplyAdd(ScoreGradients<TShape>(blocks, offsets, t, sample, samples)[j], slope.Value, sum);
                    }

                    destination[unit] = TShape.AddsThirdGradient ? destination[unit] + sum : sum;
                }
            }
        }
    }

    private static void SendToValues<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape
    {
        for (var j = 0; j < TShape.Timesteps; j++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var destination = blocks.Activations + offsets.SecondGradient + (((j * samples) + sample) * TShape.Units);
                if (!TShape.AddsSecondGradient)
                    new Span<T>(destination, TShape.Units).Clear();
                for (var t = 0; t < TShape.QueryTimesteps; t++)
                {
                    if (Counts(blocks, offsets.Mask, t, sample, samples))
                    {
                        var weight = Weights<TShape>(blocks, offsets, t, sample, samples)[j];
                        AddScaled(weight, Received<TShape>(blocks, offsets, t, sample, samples), destination, TShape.Units);
                    }
                }
            }
        }
    }

    private static void AddScaled(T factor, T* values, T* sum, int length)
    {
        var step = new AddScaledStep(factor, values, sum);
        TSweep.Run(ref step, 0, length);
    }

    private static bool Attends<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int j, int sample, int samples)
        where TShape : struct, IAttentionShape =>
        (!TShape.IsCausal || j <= t) && Counts(blocks, offsets.SecondMask, j, sample, samples);

    private static bool Counts(in HostBlocks<T> blocks, int mask, int t, int sample, int samples) =>
        mask < 0 || blocks.Activations[mask + (t * samples) + sample] != T.Zero;

    private static T* Weights<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int sample, int samples)
        where TShape : struct, IAttentionShape =>
        blocks.Activations + offsets.Kept + (t * samples * offsets.KeptStride) + (sample * TShape.Timesteps);

    private static T* ScoreGradients<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int sample, int samples)
        where TShape : struct, IAttentionShape => blocks.Activations + offsets.ScoreGradients + (((t * samples) + sample) * TShape.Timesteps);

    private static T* Received<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int sample, int samples)
        where TShape : struct, IAttentionShape => blocks.Activations + offsets.OutputGradient + (((t * samples) + sample) * TShape.Units);

    private static HostNumbers<T> Query<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int sample, int samples)
        where TShape : struct, IAttentionShape =>
        new(blocks.Activations + offsets.Input + (((t * samples) + sample) * TShape.KeyUnits), TShape.KeyUnits);

    private static HostNumbers<T> Key<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int j, int sample, int samples)
        where TShape : struct, IAttentionShape =>
        new(blocks.Activations + offsets.Third + (((j * samples) + sample) * TShape.KeyUnits), TShape.KeyUnits);

    private static HostNumbers<T> Scale<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets) where TShape : struct, IAttentionShape =>
        new(blocks.Parameters + Math.Max(offsets.Scale, 0), TShape.KeyUnits);

    private static HostNumbers<T> Weight(in HostBlocks<T> blocks, in AttentionOffsets offsets) =>
        new(blocks.Parameters + Math.Max(offsets.ConcatScoreWeight, 0), length: 1);

    private readonly struct AddScaledStep(T factor, T* values, T* sum) : IElementStep<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLanes>(int index) where TLanes : unmanaged, IElementLanes<TLanes, T> => TLanes.Store(
            TLanes.MultiplyAdd(TLanes.Constant(double.CreateTruncating(factor)), TLanes.Load(values + index), TLanes.Load(sum + index)), sum + index);
    }
}
