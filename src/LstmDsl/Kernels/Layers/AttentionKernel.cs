using System.Numerics;
using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Weighted means of values over a block of n samples; each head of a sample is a row of its own, and n counts these.
/// <code>
/// q (T', n, u)   k (T, n, u)   v (T, n, w)   a (T', n, T)   y (T', n, w)
/// forward     a[t, s, j] = softmax over j of score(q[t, s], k[j, s])     y[t, s] = Σ a[t, s, j] · v[j, s]
/// backward    ds[t, s, j] = a · (da − Σ a·da), da = dy[t, s] · v[j, s]     dq, dk from ds     dv[j, s] = Σ a[t, s, j] · dy[t, s]
/// gradients   of the score's weights: Σ ds · their slopes
/// dropout     m · a in the place of a, and m · da in that of da; the mask m is not kept but drawn again
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
        var (values, rows) = (offsets.Second, samples * TShape.Heads);
        for (var t = 0; t < TShape.QueryTimesteps; t++)
        {
            for (var row = 0; row < rows; row++)
            {
                var output = blocks.Activations + offsets.Output + (((t * rows) + row) * TShape.Units);
                new Span<T>(output, TShape.Units).Clear();
                if (GivesZeros<TShape>(blocks, offsets, t, row, rows))
                    continue;

                var weights = Weights<TShape>(blocks, offsets, t, row, rows);
                Weigh<TShape>(blocks, offsets, weights, t, row, rows);
                for (var j = 0; j < TShape.Timesteps; j++)
                {
                    var weight = Drops<TShape>(offsets) ? Dropped<TShape>(blocks, t, row, j, weights[j]) : weights[j];
                    if (weight != T.Zero)
                        AddScaled(weight, blocks.Activations + values + (((j * rows) + row) * TShape.Units), output, TShape.Units);
                }
            }
        }
    }

    /// <summary>dy → ds, dq, dk, dv.</summary>
    public static void Backward<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape
    {
        var rows = samples * TShape.Heads;
        for (var t = 0; t < TShape.QueryTimesteps; t++)
        {
            for (var row = 0; row < rows; row++)
                DifferentiateScores<TShape>(blocks, offsets, t, row, rows);
        }

        if (offsets.InputGradient >= 0)
            SendToCompared<TShape>(blocks, offsets, rows, toKeys: false);
        if (offsets.SecondGradient >= 0)
            SendToValues<TShape>(blocks, offsets, rows);
        if (offsets.ThirdGradient >= 0)
            SendToCompared<TShape>(blocks, offsets, rows, toKeys: true);
    }

    /// <summary>Adds the gradients of the score's weights.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public static void Gradients<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int samples) where TShape : struct, IAttentionShape
    {
        var scales = !TShape.UseScale ? 0 : TShape.Score == AttentionScore.Additive ? TShape.KeyUnits : 1;
        var rows = samples * TShape.Heads;
        for (var unit = 0; unit < scales + (TShape.Score == AttentionScore.Concat ? 1 : 0); unit++)
        {
            var sum = 0.0;
            for (var t = 0; t < TShape.QueryTimesteps; t++)
            {
                for (var row = 0; row < rows; row++)
                {
                    var gradients = ScoreGradients<TShape>(blocks, offsets, t, row, rows);
                    var query = Query<TShape>(blocks, offsets, t, row, rows);
                    for (var j = 0; j < TShape.Timesteps; j++)
                    {
                        if (gradients[j] == T.Zero)
                            continue;
                        var key = Key<TShape>(blocks, offsets, j, row, rows);
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
    private static void Weigh<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, T* weights, int t, int row, int rows)
        where TShape : struct, IAttentionShape
    {
        var query = Query<TShape>(blocks, offsets, t, row, rows);
        var (scale, weight) = (Scale<TShape>(blocks, offsets), Weight(blocks, offsets));
        for (var j = 0; j < TShape.Timesteps; j++)
        {
            var key = Key<TShape>(blocks, offsets, j, row, rows);
            weights[j] = Attends<TShape>(blocks, offsets, t, j, row, rows)
                ? AttentionFormulas<TShape, HostNumbers<T>, Scalar<T>>.Score(query, key, scale, weight).Value
                : T.NegativeInfinity;
        }

        var scores = new HostNumbers<T>(weights, TShape.Timesteps);
        var largest = SoftmaxFormulas.Largest<HostNumbers<T>, Scalar<T>>(scores);
        if (largest.Value == T.NegativeInfinity)
        {
            new Span<T>(weights, TShape.Timesteps).Fill(T.One / T.CreateTruncating(TShape.Timesteps));
            return;
        }

        for (var j = 0; j < TShape.Timesteps; j++)
            weights[j] = weights[j] == T.NegativeInfinity ? T.Zero : SoftmaxFormulas.Exponential<Scalar<T>>(weights[j], largest).Value;
        var sum = NumberSums.Rounded<HostNumbers<T>, Scalar<T>>(scores);
        for (var j = 0; j < TShape.Timesteps; j++)
            weights[j] = SoftmaxFormulas.Forward<Scalar<T>>(weights[j], sum).Value;
    }

    /// <summary>ds of a query's timestep.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    private static void DifferentiateScores<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int row, int rows)
        where TShape : struct, IAttentionShape
    {
        var gradients = ScoreGradients<TShape>(blocks, offsets, t, row, rows);
        var attends = false;
        for (var j = 0; j < TShape.Timesteps; j++)
            attends |= Attends<TShape>(blocks, offsets, t, j, row, rows);
        if (!attends || GivesZeros<TShape>(blocks, offsets, t, row, rows))
        {
            new Span<T>(gradients, TShape.Timesteps).Clear();
            return;
        }

        var received = new HostNumbers<T>(Received<TShape>(blocks, offsets, t, row, rows), TShape.Units);
        for (var j = 0; j < TShape.Timesteps; j++)
        {
            var value = new HostNumbers<T>(blocks.Activations + offsets.Second + (((j * rows) + row) * TShape.Units), TShape.Units);
            gradients[j] = T.CreateTruncating(NumberSums.OfProducts<HostNumbers<T>, Scalar<T>>(received, value));
            if (Drops<TShape>(offsets))
                gradients[j] = Dropped<TShape>(blocks, t, row, j, gradients[j]);
        }

        var weights = new HostNumbers<T>(Weights<TShape>(blocks, offsets, t, row, rows), TShape.Timesteps);
        var (high, low) = SoftmaxFormulas.MeanReceived<HostNumbers<T>, Scalar<T>>(new(gradients, TShape.Timesteps), weights);
        for (var j = 0; j < TShape.Timesteps; j++)
            gradients[j] = SoftmaxFormulas.Backward(weights[j], gradients[j], high, low).Value;
    }

    /// <summary>dq of the queries, or dk of the keys: the same with the two exchanged.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    private static void SendToCompared<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int rows, bool toKeys)
        where TShape : struct, IAttentionShape
    {
        var (scale, weight) = (Scale<TShape>(blocks, offsets), Weight(blocks, offsets));
        var (own, other) = toKeys ? (offsets.Third, offsets.Input) : (offsets.Input, offsets.Third);
        var (timesteps, others) = toKeys ? (TShape.Timesteps, TShape.QueryTimesteps) : (TShape.QueryTimesteps, TShape.Timesteps);
        var (gradient, adds) = toKeys ? (offsets.ThirdGradient, TShape.AddsThirdGradient) : (offsets.InputGradient, TShape.AddsInputGradient);
        for (var i = 0; i < timesteps; i++)
        {
            for (var row = 0; row < rows; row++)
            {
                var mine = Compared<TShape>(blocks, own, i, row, rows);
                var destination = blocks.Activations + gradient + (((i * rows) + row) * TShape.KeyUnits);
                for (var unit = 0; unit < TShape.KeyUnits; unit++)
                {
                    var sum = T.Zero;
                    for (var j = 0; j < others; j++)
                    {
                        var slope = AttentionFormulas<TShape, HostNumbers<T>, Scalar<T>>.Slope(
                            mine[unit], Compared<TShape>(blocks, other, j, row, rows)[unit], unit, scale, weight);
                        var (t, place) = toKeys ? (j, i) : (i, j);
                        sum = T.FusedMultiplyAdd(ScoreGradients<TShape>(blocks, offsets, t, row, rows)[place], slope.Value, sum);
                    }

                    destination[unit] = adds ? destination[unit] + sum : sum;
                }
            }
        }
    }

    private static void SendToValues<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int rows) where TShape : struct, IAttentionShape
    {
        for (var j = 0; j < TShape.Timesteps; j++)
        {
            for (var row = 0; row < rows; row++)
            {
                var destination = blocks.Activations + offsets.SecondGradient + (((j * rows) + row) * TShape.Units);
                if (!TShape.AddsSecondGradient)
                    new Span<T>(destination, TShape.Units).Clear();
                for (var t = 0; t < TShape.QueryTimesteps; t++)
                {
                    if (GivesZeros<TShape>(blocks, offsets, t, row, rows))
                        continue;
                    var weight = Weights<TShape>(blocks, offsets, t, row, rows)[j];
                    if (Drops<TShape>(offsets))
                        weight = Dropped<TShape>(blocks, t, row, j, weight);
                    AddScaled(weight, Received<TShape>(blocks, offsets, t, row, rows), destination, TShape.Units);
                }
            }
        }
    }

    private static void AddScaled(T factor, T* values, T* sum, int length)
    {
        var step = new AddScaledStep(factor, values, sum);
        TSweep.Run(ref step, 0, length);
    }

    /// <summary>Whether weights are dropped: in training, which keeps them all.</summary>
    private static bool Drops<TShape>(in AttentionOffsets offsets) where TShape : struct, IAttentionShape =>
        TShape.Dropout > 0 && offsets.KeptStride > 0;

    /// <summary>A weight, or what it receives, times its mask.</summary>
    private static T Dropped<TShape>(in HostBlocks<T> blocks, int t, int row, int j, T value) where TShape : struct, IAttentionShape
    {
        var counted = AttentionFormulas<TShape, HostNumbers<T>, Scalar<T>>.Counted(t, row, j);
        return blocks.Dropout.Keeps(row / TShape.Heads, TShape.Layer, gate: 0, counted, DropoutDraws.Threshold(TShape.Dropout))
            ? T.CreateTruncating(DropoutDraws.Scale(TShape.Dropout)) * value
            : T.Zero;
    }

    private static bool Attends<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int j, int row, int rows)
        where TShape : struct, IAttentionShape =>
        (!TShape.IsCausal || j <= t)
        && Counts<TShape>(blocks, offsets.SecondMask, j, row, rows) && Counts<TShape>(blocks, offsets.ThirdMask, j, row, rows)
        && (TShape.ZeroesPadding || Counts<TShape>(blocks, offsets.Mask, t, row, rows));

    private static bool GivesZeros<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int row, int rows)
        where TShape : struct, IAttentionShape =>
        TShape.ZeroesPadding && !Counts<TShape>(blocks, offsets.Mask, t, row, rows);

    private static bool Counts<TShape>(in HostBlocks<T> blocks, int mask, int t, int row, int rows) where TShape : struct, IAttentionShape =>
        mask < 0 || blocks.Activations[mask + (((t * rows) + row) / TShape.Heads)] != T.Zero;

    private static T* Weights<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int row, int rows)
        where TShape : struct, IAttentionShape =>
        blocks.Activations + offsets.Kept + (t * rows * offsets.KeptStride) + (row * TShape.Timesteps);

    private static T* ScoreGradients<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int row, int rows)
        where TShape : struct, IAttentionShape => blocks.Activations + offsets.ScoreGradients + (((t * rows) + row) * TShape.Timesteps);

    private static T* Received<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int row, int rows)
        where TShape : struct, IAttentionShape => blocks.Activations + offsets.OutputGradient + (((t * rows) + row) * TShape.Units);

    private static HostNumbers<T> Query<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int t, int row, int rows)
        where TShape : struct, IAttentionShape => Compared<TShape>(blocks, offsets.Input, t, row, rows);

    private static HostNumbers<T> Key<TShape>(in HostBlocks<T> blocks, in AttentionOffsets offsets, int j, int row, int rows)
        where TShape : struct, IAttentionShape => Compared<TShape>(blocks, offsets.Third, j, row, rows);

    /// <summary>A row of queries or of keys.</summary>
    private static HostNumbers<T> Compared<TShape>(in HostBlocks<T> blocks, int place, int t, int row, int rows)
        where TShape : struct, IAttentionShape =>
        new(blocks.Activations + place + (((t * rows) + row) * TShape.KeyUnits), TShape.KeyUnits);

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
