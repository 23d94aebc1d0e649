using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>Runs a generated program by hand on one block of samples, and gives what it computed row-major and in double.</summary>
internal sealed unsafe class ProgramRun<TModel, TBackend, T>
    where TModel : class, IModelProgram<TModel>
    where TBackend : struct, IHostBackend<TBackend, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelPlan plan = TModel.Plan;

    /// <summary>Whether batch normalisation takes the moments of the batch, as in a training step.</summary>
    public bool UsesBatchStatistics { get; init; }

    private readonly AlignedBlock<T> parameters = new(TModel.Plan.ParameterFloats);
    private readonly AlignedBlock<T> gradients = new(TModel.Plan.ParameterFloats);
    private readonly AlignedBlock<double> activityPenalty = new(1);

    public void SetWeight(TensorSlot tensor, ReadOnlySpan<float> values) =>
        BatchGather.Convert(values, parameters.Pointer + tensor.Offset);

    public double[] Gradient(TensorSlot tensor) => Doubles(gradients.Pointer + tensor.Offset, tensor.Length);

    /// <summary>The prediction, with the inference plan.</summary>
    public double[] Predict(ReadOnlySpan<float> x, int samples)
    {
        var activations = new AlignedBlock<T>(plan.Inference.Floats * samples);
        var backend = Backend(activations, samples, training: false);
        Scatter(x, activations.Pointer + (plan.Inference.Input * samples), samples, plan.Shape.Timesteps, plan.Shape.Features);
        TModel.Infer(ref backend, samples);
        return Collect(activations.Pointer + (plan.Inference.Output * samples), samples, plan.Shape.OutputTimesteps, plan.Shape.Outputs);
    }

    /// <summary>
    /// Forwards and backwards with the training plan, the regularisers' penalties and their gradients included; the gradients of the
    /// weights stay for <see cref="Gradient"/>. A sample weight goes to all timesteps.
    /// </summary>
    public (double[] Prediction, double Loss, double[] InputGradient) Train(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, int samples, Loss loss, ReadOnlySpan<float> sampleWeights = default)
    {
        var shape = plan.Shape;
        // The input's gradient lies beyond the block, targets and weights beyond that.
        var targets = (plan.Training.Floats + shape.InputLength + 15) / 16 * 16;
        var weights = targets + shape.OutputLength;
        var activations = new AlignedBlock<T>((weights + shape.OutputTimesteps) * samples);
        var backend = Backend(activations, samples, training: true);
        Scatter(x, activations.Pointer + (plan.Training.Input * samples), samples, shape.Timesteps, shape.Features);
        Scatter(y, activations.Pointer + (targets * samples), samples, shape.OutputTimesteps, loss.TargetColumns(shape.Outputs));
        for (var row = 0; !sampleWeights.IsEmpty && row < shape.OutputTimesteps * samples; row++)
            activations.Pointer[(weights * samples) + row] = T.CreateTruncating(sampleWeights[row % samples]);
        TModel.Forward(ref backend, samples);

        var prediction = Collect(activations.Pointer + (plan.Training.Output * samples), samples, shape.OutputTimesteps, shape.Outputs);
        var rows = shape.OutputTimesteps * samples;
        var offsets = new LossOffsets
        {
            Targets = targets * samples,
            Predictions = plan.Training.Output * samples,
            Gradient = plan.Training.OutputGradient * samples,
            Weights = !sampleWeights.IsEmpty ? weights * samples : plan.Training.Mask > 0 ? plan.Training.Mask * samples : -1,
        };

        // Of a sequence with padding, what counts.
        var counted = plan.Training.Mask > 0 ? Doubles(activations.Pointer + (plan.Training.Mask * samples), rows).Sum() : rows;
        var sum = loss.Sum(ref backend, offsets, rows, shape.Outputs, 1.0 / counted);

        activityPenalty.Span[0] = 0;
        TModel.Backward(ref backend, samples, inputGradient: true);
        gradients.Span.Clear();
        TModel.Gradients(ref backend, samples);
        var penalty = activityPenalty.Span[0] / samples;
        foreach (var tensor in plan.Tensors)
            penalty += backend.AddWeightPenalty(tensor.Regularizer, tensor.Offset, tensor.Offset + tensor.Length);
        var inputGradient = plan.Training.InputGradient < 0
            ? []
            : Collect(activations.Pointer + (plan.Training.InputGradient * samples), samples, shape.Timesteps, shape.Features);
        return (prediction, (sum * loss.Share(shape.Outputs) / counted) + penalty, inputGradient);
    }

    private TBackend Backend(AlignedBlock<T> activations, int samples, bool training)
    {
        var packed = new PackedWeights(plan.Tensors, transposes: true);
        for (var index = 0; index < packed.Count; index++)
            TBackend.Pack(packed, parameters.Pointer, index);
        return TBackend.Over(new HostBlocks<T>
        {
            Parameters = parameters.Pointer,
            Packed = packed,
            Gradients = gradients.Pointer,
            Activations = activations.Pointer,
            ActivityPenalty = activityPenalty.Pointer,
            ActivityScale = 1.0 / samples,
            UsesBatchStatistics = UsesBatchStatistics && training,
            ParameterFloats = plan.ParameterFloats,
            Shares = 1,
        });
    }

    private static void Scatter(ReadOnlySpan<float> values, T* destination, int samples, int timesteps, int width)
    {
        for (var sample = 0; sample < samples; sample++)
            BatchGather.Scatter(values.Slice(sample * timesteps * width, timesteps * width), sample, samples, timesteps, width, destination);
    }

    private static double[] Collect(T* values, int samples, int timesteps, int width)
    {
        var result = new double[samples * timesteps * width];
        for (var index = 0; index < result.Length; index++)
        {
            var (sample, rest) = Math.DivRem(index, timesteps * width);
            var (t, column) = Math.DivRem(rest, width);
            result[index] = double.CreateTruncating(values[(((t * samples) + sample) * width) + column]);
        }

        return result;
    }

    private static double[] Doubles(T* values, int length)
    {
        var result = new double[length];
        for (var index = 0; index < length; index++)
            result[index] = double.CreateTruncating(values[index]);
        return result;
    }
}
