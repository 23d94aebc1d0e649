using ILGPU;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>An attention layer over a block, as <see cref="AttentionKernel{TSweep, T}"/> computes it.</summary>
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
    public int HasQueryMask;
    public int HasValueMask;
    public int WeightsStride;
    public int Samples;

    /// <summary>Whether a timestep of the query counts.</summary>
    public readonly bool Counts(int row) => HasQueryMask == 0 || QueryMask[row] != 0;

    /// <summary>Whether a timestep of the query attends to one of the values.</summary>
    public readonly bool Attends<TShape>(int t, int j, int sample) where TShape : struct, IAttentionShape =>
        (!TShape.IsCausal || j <= t) && (HasValueMask == 0 || ValueMask[(j * Samples) + sample] != 0);

    /// <summary>Where the weights of a query's timestep start.</summary>
    public readonly int FirstWeight<TShape>(int t, int sample) where TShape : struct, IAttentionShape =>
        (t * Samples * WeightsStride) + (sample * TShape.Timesteps);

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
        var threads = keepsWeights ? TShape.QueryTimesteps * arguments.Samples : arguments.Samples;
        for (var index = GridLoop.First; index < threads; index += GridLoop.Step)
        {
            if (keepsWeights)
                Row(arguments, index / arguments.Samples, index % arguments.Samples);
            else
            {
                for (var t = 0; t < TShape.QueryTimesteps; t++)
                    Row(arguments, t, index);
            }
        }
    }

    private static void Row(AttentionArguments arguments, int t, int sample)
    {
        var row = (t * arguments.Samples) + sample;
        var counts = arguments.Counts(row);
        if (counts)
            Weigh(arguments, t, sample);
        for (var unit = 0; unit < TShape.Units; unit++)
        {
            var sum = 0f;
            for (var j = 0; counts && j < TShape.Timesteps; j++)
            {
                var weight = arguments.Weights[arguments.FirstWeight<TShape>(t, sample) + j];
                if (weight != 0)
                {
                    var value = new DeviceLane(arguments.Values[(((j * arguments.Samples) + sample) * TShape.Units) + unit]);
                    sum = DeviceLane.MultiplyAdd(new DeviceLane(weight), value, new DeviceLane(sum)).Value;
                }
            }

            arguments.Output[(row * TShape.Units) + unit] = sum;
        }
    }

    private static void Weigh(AttentionArguments arguments, int t, int sample)
    {
        var (first, attends) = (arguments.FirstWeight<TShape>(t, sample), 0);
        var query = arguments.QueryRow<TShape>((t * arguments.Samples) + sample);
        for (var j = 0; j < TShape.Timesteps; j++)
        {
            if (!arguments.Attends<TShape>(t, j, sample))
            {
                arguments.Weights[first + j] = float.NegativeInfinity;
                continue;
            }

            attends = 1;
            var key = arguments.KeyRow<TShape>((j * arguments.Samples) + sample);
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

/// <summary>Gradients of the scores, a query's timestep of a sample a thread.</summary>
internal readonly struct AttentionScoresKernel<TShape> : IDeviceKernel<AttentionArguments> where TShape : struct, IAttentionShape
{
    public static void Run(AttentionArguments arguments)
    {
        for (var row = GridLoop.First; row < TShape.QueryTimesteps * arguments.Samples; row += GridLoop.Step)
        {
            var (t, sample, first, attends) = (row / arguments.Samples, row % arguments.Samples, row * TShape.Timesteps, 0);
            var received = DeviceNumbers.Row(arguments.OutputGradient, row * TShape.Units, TShape.Units);
            for (var j = 0; j < TShape.Timesteps; j++)
            {
                attends = arguments.Attends<TShape>(t, j, sample) ? 1 : attends;
                var value = DeviceNumbers.Row(arguments.Values, ((j * arguments.Samples) + sample) * TShape.Units, TShape.Units);
                arguments.ScoreGradients[first + j] = (float)NumberSums.OfProducts<DeviceNumbers, DeviceLane>(received, value);
            }

            var gradients = DeviceNumbers.Row(arguments.ScoreGradients, first, TShape.Timesteps);
            var weights = DeviceNumbers.Row(arguments.Weights, arguments.FirstWeight<TShape>(t, sample), TShape.Timesteps);
            var counts = attends != 0 && arguments.Counts(row);
            var (high, low) = (new DeviceLane(0), new DeviceLane(0));
            if (counts)
                (high, low) = SoftmaxFormulas.MeanReceived<DeviceNumbers, DeviceLane>(gradients, weights);
            for (var j = 0; j < TShape.Timesteps; j++)
                arguments.ScoreGradients[first + j] = counts ? SoftmaxFormulas.Backward(weights[j], gradients[j], high, low).Value : 0;
        }
    }
}

/// <summary>dq, a number a thread.</summary>
internal readonly struct AttentionQueryKernel<TShape> : IDeviceKernel<AttentionArguments> where TShape : struct, IAttentionShape
{
    public static void Run(AttentionArguments arguments)
    {
        for (var index = GridLoop.First; index < TShape.QueryTimesteps * arguments.Samples * TShape.KeyUnits; index += GridLoop.Step)
        {
            var (row, unit) = (index / TShape.KeyUnits, index % TShape.KeyUnits);
            var sample = row % arguments.Samples;
            var (sum, query) = (new DeviceLane(0), new DeviceLane(arguments.Query[index]));
            for (var j = 0; j < TShape.Timesteps; j++)
            {
                var key = new DeviceLane(arguments.Keys[(((j * arguments.Samples) + sample) * TShape.KeyUnits) + unit]);
                var slope = AttentionFormulas<TShape, DeviceNumbers, DeviceLane>.Slope(
                    query, key, unit, arguments.Scales<TShape>(), arguments.Weight);
                sum = DeviceLane.MultiplyAdd(new DeviceLane(arguments.ScoreGradients[(row * TShape.Timesteps) + j]), slope, sum);
            }

            arguments.Result[index] = TShape.AddsInputGradient ? arguments.Result[index] + sum.Value : sum.Value;
        }
    }
}

/// <summary>dk, a number a thread.</summary>
internal readonly struct AttentionKeyKernel<TShape> : IDeviceKernel<AttentionArguments> where TShape : struct, IAttentionShape
{
    public static void Run(AttentionArguments arguments)
    {
        for (var index = GridLoop.First; index < TShape.Timesteps * arguments.Samples * TShape.KeyUnits; index += GridLoop.Step)
        {
            var (row, unit) = (index / TShape.KeyUnits, index % TShape.KeyUnits);
            var (j, sample) = (row / arguments.Samples, row % arguments.Samples);
            var (sum, key) = (new DeviceLane(0), new DeviceLane(arguments.Keys[index]));
            for (var t = 0; t < TShape.QueryTimesteps; t++)
            {
                var asking = (t * arguments.Samples) + sample;
                var query = new DeviceLane(arguments.Query[(asking * TShape.KeyUnits) + unit]);
                var slope = AttentionFormulas<TShape, DeviceNumbers, DeviceLane>.Slope(
                    key, query, unit, arguments.Scales<TShape>(), arguments.Weight);
                sum = DeviceLane.MultiplyAdd(new DeviceLane(arguments.ScoreGradients[(asking * TShape.Timesteps) + j]), slope, sum);
            }

            arguments.Result[index] = TShape.AddsThirdGradient ? arguments.Result[index] + sum.Value : sum.Value;
        }
    }
}

/// <summary>dv, a number a thread.</summary>
internal readonly struct AttentionValueKernel<TShape> : IDeviceKernel<AttentionArguments> where TShape : struct, IAttentionShape
{
    public static void Run(AttentionArguments arguments)
    {
        for (var index = GridLoop.First; index < TShape.Timesteps * arguments.Samples * TShape.Units; index += GridLoop.Step)
        {
            var (row, unit) = (index / TShape.Units, index % TShape.Units);
            var (j, sample) = (row / arguments.Samples, row % arguments.Samples);
            var sum = new DeviceLane(TShape.AddsSecondGradient ? arguments.Result[index] : 0);
            for (var t = 0; t < TShape.QueryTimesteps; t++)
            {
                var asking = (t * arguments.Samples) + sample;
                if (!arguments.Counts(asking))
                    continue;
                var weight = new DeviceLane(arguments.Weights[arguments.FirstWeight<TShape>(t, sample) + j]);
                sum = DeviceLane.MultiplyAdd(weight, new DeviceLane(arguments.OutputGradient[(asking * TShape.Units) + unit]), sum);
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
            for (var row = 0; row < TShape.QueryTimesteps * arguments.Samples; row++)
            {
                var (query, sample) = (arguments.QueryRow<TShape>(row), row % arguments.Samples);
                for (var j = 0; j < TShape.Timesteps; j++)
                {
                    var gradient = arguments.ScoreGradients[(row * TShape.Timesteps) + j];
                    if (gradient == 0)
                        continue;
                    var key = arguments.KeyRow<TShape>((j * arguments.Samples) + sample);
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
