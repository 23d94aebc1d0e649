using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>An attention layer over a block, as <see cref="AttentionKernel{TSweep, T}"/> computes it; each head of a sample is a row of its own.</summary>
internal struct AttentionArguments
{
    public ArrayView<float> Query;
    public ArrayView<float> Keys;
    public ArrayView<float> Values;
    public ArrayView<float> Weights;
    public ArrayView<float> Output;
    public ArrayView<float> OutputGradient;
    public ArrayView<float> ScoreGradients;
    public ArrayView<float> Result;
    public ArrayView<float> Scale;
    public ArrayView<float> ConcatScoreWeight;
    public ArrayView<float> QueryMask;
    public ArrayView<float> ValueMask;
    public ArrayView<float> KeyMask;
    public DeviceDraws Draws;
    public int HasQueryMask;
    public int HasValueMask;
    public int HasKeyMask;
    public int WeightsStride;

    /// <summary>Whether keys receive gradients, not queries.</summary>
    public int ToKeys;

    /// <summary>Rows of a timestep: samples times heads.</summary>
    public int Rows;

    /// <summary>Whether a timestep of the query counts; a place is a row of a timestep.</summary>
    public readonly bool Counts<TShape>(int place) where TShape : struct, IAttentionShape =>
        HasQueryMask == 0 || QueryMask[place / TShape.Heads] != 0;

    /// <summary>Whether a timestep of the query gives zeros.</summary>
    public readonly bool GivesZeros<TShape>(int place) where TShape : struct, IAttentionShape =>
        TShape.ZeroesPadding && !Counts<TShape>(place);

    /// <summary>Whether a timestep of the query attends to one of the values.</summary>
    public readonly bool Attends<TShape>(int t, int j, int row) where TShape : struct, IAttentionShape =>
        (!TShape.IsCausal || j <= t)
        && (HasValueMask == 0 || ValueMask[((j * Rows) + row) / TShape.Heads] != 0)
        && (HasKeyMask == 0 || KeyMask[((j * Rows) + row) / TShape.Heads] != 0)
        && (TShape.ZeroesPadding || Counts<TShape>((t * Rows) + row));

    /// <summary>Where the weights of a query's timestep start.</summary>
    public readonly int FirstWeight<TShape>(int t, int row) where TShape : struct, IAttentionShape =>
        (t * Rows * WeightsStride) + (row * TShape.Timesteps);

    /// <summary>A weight, or what it receives, times its mask in training.</summary>
    public readonly float Drop<TShape>(int t, int row, int j, float value) where TShape : struct, IAttentionShape
    {
        if (TShape.Dropout > 0 && WeightsStride > 0)
        {
            var counted = AttentionFormulas<TShape, DeviceNumbers, DeviceLane>.Counted(t, row, j);
            value = Draws.Keeps(row / TShape.Heads, gate: 0, counted) ? Draws.Scale * value : 0;
        }

        return value;
    }

    /// <summary>A row of the query.</summary>
    public readonly DeviceNumbers QueryRow<TShape>(int row) where TShape : struct, IAttentionShape =>
        DeviceNumbers.Row(Query, row * TShape.KeyUnits, TShape.KeyUnits);

    /// <summary>A row of the keys.</summary>
    public readonly DeviceNumbers KeyRow<TShape>(int row) where TShape : struct, IAttentionShape =>
        DeviceNumbers.Row(Keys, row * TShape.KeyUnits, TShape.KeyUnits);

    /// <summary>What scores are scaled by.</summary>
    public readonly DeviceNumbers Scales<TShape>() where TShape : struct, IAttentionShape => DeviceNumbers.Row(Scale, 0, TShape.KeyUnits);

    /// <summary>What the sum of tanh is multiplied by.</summary>
    public readonly DeviceNumbers Weight => DeviceNumbers.Row(ConcatScoreWeight, 0, 1);
}

/// <summary>Weights and output, a query's timestep of a sample a thread; one timestep after the other where one place serves all.</summary>
internal readonly struct AttentionForwardKernel<TShape> : IDeviceKernel<AttentionArguments> where TShape : struct, IAttentionShape
{
    public static void Run(AttentionArguments arguments)
    {
        var keepsWeights = arguments.WeightsStride > 0;
        var threads = keepsWeights ? TShape.QueryTimesteps * arguments.Rows : arguments.Rows;
        for (var index = GridLoop.First; index < threads; index += GridLoop.Step)
        {
            if (keepsWeights)
                Row(arguments, index / arguments.Rows, index % arguments.Rows);
            else
            {
                for (var t = 0; t < TShape.QueryTimesteps; t++)
                    Row(arguments, t, index);
            }
        }
    }

    private static void Row(AttentionArguments arguments, int t, int row)
    {
        var place = (t * arguments.Rows) + row;
        var counts = !arguments.GivesZeros<TShape>(place);
        if (counts)
            Weigh(arguments, t, row);
        for (var unit = 0; unit < TShape.Units; unit++)
        {
            var sum = 0f;
            for (var j = 0; counts && j < TShape.Timesteps; j++)
            {
                var weight = arguments.Drop<TShape>(t, row, j, arguments.Weights[arguments.FirstWeight<TShape>(t, row) + j]);
                if (weight != 0)
                {
                    var value = new DeviceLane(arguments.Values[(((j * arguments.Rows) + row) * TShape.Units) + unit]);
                    sum = DeviceLane.MultiplyAdd(new DeviceLane(weight), value, new DeviceLane(sum)).Value;
                }
            }

            arguments.Output[(place * TShape.Units) + unit] = sum;
        }
    }

    private static void Weigh(AttentionArguments arguments, int t, int row)
    {
        var (first, attends) = (arguments.FirstWeight<TShape>(t, row), 0);
        var query = arguments.QueryRow<TShape>((t * arguments.Rows) + row);
        for (var j = 0; j < TShape.Timesteps; j++)
        {
            if (!arguments.Attends<TShape>(t, j, row))
            {
                arguments.Weights[first + j] = float.NegativeInfinity;
                continue;
            }

            attends = 1;
            var key = arguments.KeyRow<TShape>((j * arguments.Rows) + row);
            arguments.Weights[first + j] = AttentionFormulas<TShape, DeviceNumbers, DeviceLane>.Score(
                query, key, arguments.Scales<TShape>(), arguments.Weight).Value;
        }

        if (attends == 0)
        {
            for (var j = 0; j < TShape.Timesteps; j++)
                arguments.Weights[first + j] = 1f / TShape.Timesteps;
            return;
        }

        var weights = DeviceNumbers.Row(arguments.Weights, first, TShape.Timesteps);
        var largest = SoftmaxFormulas.Largest<DeviceNumbers, DeviceLane>(weights);
        for (var j = 0; j < TShape.Timesteps; j++)
        {
            var score = arguments.Weights[first + j];
            arguments.Weights[first + j] =
                float.IsNegativeInfinity(score) ? 0 : SoftmaxFormulas.Exponential(new DeviceLane(score), largest).Value;
        }

        var sum = NumberSums.Rounded<DeviceNumbers, DeviceLane>(weights);
        for (var j = 0; j < TShape.Timesteps; j++)
            arguments.Weights[first + j] = SoftmaxFormulas.Forward(new DeviceLane(arguments.Weights[first + j]), sum).Value;
    }
}

/// <summary>Gradients of the scores, a query's timestep of a row a thread.</summary>
internal readonly struct AttentionScoresKernel<TShape> : IDeviceKernel<AttentionArguments> where TShape : struct, IAttentionShape
{
    public static void Run(AttentionArguments arguments)
    {
        for (var place = GridLoop.First; place < TShape.QueryTimesteps * arguments.Rows; place += GridLoop.Step)
        {
            var (t, row, first, attends) = (place / arguments.Rows, place % arguments.Rows, place * TShape.Timesteps, 0);
            var received = DeviceNumbers.Row(arguments.OutputGradient, place * TShape.Units, TShape.Units);
            for (var j = 0; j < TShape.Timesteps; j++)
            {
                attends = arguments.Attends<TShape>(t, j, row) ? 1 : attends;
                var value = DeviceNumbers.Row(arguments.Values, ((j * arguments.Rows) + row) * TShape.Units, TShape.Units);
                var gradient = (float)NumberSums.OfProducts<DeviceNumbers, DeviceLane>(received, value);
                arguments.ScoreGradients[first + j] = arguments.Drop<TShape>(t, row, j, gradient);
            }

            var gradients = DeviceNumbers.Row(arguments.ScoreGradients, first, TShape.Timesteps);
            var weights = DeviceNumbers.Row(arguments.Weights, arguments.FirstWeight<TShape>(t, row), TShape.Timesteps);
            var counts = attends != 0 && !arguments.GivesZeros<TShape>(place);
            var (high, low) = (new DeviceLane(0), new DeviceLane(0));
            if (counts)
                (high, low) = SoftmaxFormulas.MeanReceived<DeviceNumbers, DeviceLane>(gradients, weights);
            for (var j = 0; j < TShape.Timesteps; j++)
                arguments.ScoreGradients[first + j] = counts ? SoftmaxFormulas.Backward(weights[j], gradients[j], high, low).Value : 0;
        }
    }
}

/// <summary>dq, or, with the two exchanged, dk, a number a thread.</summary>
internal readonly struct AttentionComparedKernel<TShape> : IDeviceKernel<AttentionArguments> where TShape : struct, IAttentionShape
{
    public static void Run(AttentionArguments arguments)
    {
        var toKeys = arguments.ToKeys != 0;
        var timesteps = toKeys ? TShape.Timesteps : TShape.QueryTimesteps;
        var others = toKeys ? TShape.QueryTimesteps : TShape.Timesteps;
        for (var index = GridLoop.First; index < timesteps * arguments.Rows * TShape.KeyUnits; index += GridLoop.Step)
        {
            var (place, unit) = (index / TShape.KeyUnits, index % TShape.KeyUnits);
            var (i, row) = (place / arguments.Rows, place % arguments.Rows);
            var sum = new DeviceLane(0);
            var own = new DeviceLane(toKeys ? arguments.Keys[index] : arguments.Query[index]);
            for (var j = 0; j < others; j++)
            {
                var compared = (((j * arguments.Rows) + row) * TShape.KeyUnits) + unit;
                var other = new DeviceLane(toKeys ? arguments.Query[compared] : arguments.Keys[compared]);
                var slope = AttentionFormulas<TShape, DeviceNumbers, DeviceLane>.Slope(
                    own, other, unit, arguments.Scales<TShape>(), arguments.Weight);
                var (t, asked) = (toKeys ? j : i, toKeys ? i : j);
                var score = arguments.ScoreGradients[(((t * arguments.Rows) + row) * TShape.Timesteps) + asked];
                sum = DeviceLane.MultiplyAdd(new DeviceLane(score), slope, sum);
            }

            var adds = toKeys ? TShape.AddsThirdGradient : TShape.AddsInputGradient;
            arguments.Result[index] = adds ? arguments.Result[index] + sum.Value : sum.Value;
        }
    }
}

/// <summary>dv, a number a thread.</summary>
internal readonly struct AttentionValueKernel<TShape> : IDeviceKernel<AttentionArguments> where TShape : struct, IAttentionShape
{
    public static void Run(AttentionArguments arguments)
    {
        for (var index = GridLoop.First; index < TShape.Timesteps * arguments.Rows * TShape.Units; index += GridLoop.Step)
        {
            var (place, unit) = (index / TShape.Units, index % TShape.Units);
            var (j, row) = (place / arguments.Rows, place % arguments.Rows);
            var sum = new DeviceLane(TShape.AddsSecondGradient ? arguments.Result[index] : 0);
            for (var t = 0; t < TShape.QueryTimesteps; t++)
            {
                var asking = (t * arguments.Rows) + row;
                if (arguments.GivesZeros<TShape>(asking))
                    continue;
                var weight = arguments.Drop<TShape>(t, row, j, arguments.Weights[arguments.FirstWeight<TShape>(t, row) + j]);
                sum = DeviceLane.MultiplyAdd(new DeviceLane(weight), new DeviceLane(arguments.OutputGradient[(asking * TShape.Units) + unit]), sum);
            }

            arguments.Result[index] = sum.Value;
        }
    }
}

/// <summary>Gradients of the score's weights, one a thread; the last is that of the sum of tanh, where there is one.</summary>
internal readonly struct AttentionGradientKernel<TShape> : IDeviceKernel<AttentionArguments> where TShape : struct, IAttentionShape
{
    /// <summary>How many weights scale.</summary>
    public static int Scales => !TShape.UseScale ? 0 : TShape.Score == AttentionScore.Additive ? TShape.KeyUnits : 1;

    /// <summary>How many weights there are.</summary>
    public static int Count => Scales + (TShape.Score == AttentionScore.Concat ? 1 : 0);

    // Gradients of the weights that scale lie in Result, that of the sum of tanh in Output.
    public static void Run(AttentionArguments arguments)
    {
        for (var unit = GridLoop.First; unit < Count; unit += GridLoop.Step)
        {
            var sum = 0.0;
            for (var place = 0; place < TShape.QueryTimesteps * arguments.Rows; place++)
            {
                var (query, row) = (arguments.QueryRow<TShape>(place), place % arguments.Rows);
                for (var j = 0; j < TShape.Timesteps; j++)
                {
                    var gradient = arguments.ScoreGradients[(place * TShape.Timesteps) + j];
                    if (gradient == 0)
                        continue;
                    var key = arguments.KeyRow<TShape>((j * arguments.Rows) + row);
                    var slope = unit < Scales
                        ? AttentionFormulas<TShape, DeviceNumbers, DeviceLane>.SlopeOfScale(
                            query, key, unit, arguments.Scales<TShape>(), arguments.Weight)
                        : AttentionFormulas<TShape, DeviceNumbers, DeviceLane>.SlopeOfWeight(query, key, arguments.Scales<TShape>());
                    sum += gradient * slope;
                }
            }

            if (unit < Scales)
                arguments.Result[unit] = arguments.Result[unit] + (float)sum;
            else
                arguments.Output[0] = arguments.Output[0] + (float)sum;
        }
    }
}
