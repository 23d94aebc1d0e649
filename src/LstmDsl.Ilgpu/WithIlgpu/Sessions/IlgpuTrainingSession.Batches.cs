using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

// How a batch comes to its places.
internal sealed partial class IlgpuTrainingSession<TModel>
{
    /// <summary>Brings a batch over, and makes zeros of the gradients where it trains: one launch.</summary>
    private LossOffsets BeginBatch(BatchSource source, ReadOnlySpan<int> windows, in ActivationPlan places, bool trains)
    {
        var samples = windows.Length;
        program.Trains = trains;
        program.BatchSamples = samples;
        samplesSeen += samples;
        SendNumbers(windows);
        var onDevice = sources.GetValue(source, BringOver);
        var offsets = layout.Offsets(source, samples, places, trains ? places.OutputGradient : Offset.None);
        var arguments = new BatchArguments
        {
            Inputs = Inputs(source, onDevice, places.Input * samples, samples),
            Targets = Targets(onDevice, offsets, samples),
            Gradients = program.Gradients,
            GradientLength = trains ? plan.ParameterFloats : 0,
        };
        // What is not used must be a view all the same.
        arguments.Weights = source.Weights is null ? arguments.Targets with { Timesteps = 0 } : Weights(source, onDevice, offsets, samples);
        program.LaunchElements<BatchKernel, BatchArguments>(arguments.Length, arguments);
        return offsets;
    }

    // The copy is not waited for, so each batch has numbers of its own until all have been.
    private void SendNumbers(ReadOnlySpan<int> windows)
    {
        if (batchesAhead == BatchesAhead)
        {
            queue.Synchronize();
            batchesAhead = 0;
        }

        var numbers = pinnedNumbers.AsSpan(batchesAhead++ * Capacity, windows.Length);
        windows.CopyTo(numbers);
        queue.UploadLater<int>(numbers, windowNumbers.View);
    }

    private SourceOnDevice BringOver(BatchSource source) => new(queue, source);

    private GatherArguments Inputs(BatchSource source, SourceOnDevice onDevice, int offset, int samples) => new()
    {
        Source = onDevice.Rows,
        Starts = onDevice.Starts,
        Windows = windowNumbers.View,
        Destination = program.Activation(offset, (long)source.Timesteps * samples * source.Features),
        Samples = samples,
        Timesteps = source.Timesteps,
        Width = source.Features,
        TimestepStride = source.SamplingRate * source.Features,
    };

    private GatherArguments Targets(SourceOnDevice onDevice, in LossOffsets offsets, int samples)
    {
        var timesteps = plan.Shape.OutputTimesteps;
        var columns = setup.Loss.TargetColumns(plan.Shape.Outputs);
        return new()
        {
            Source = onDevice.Targets,
            Starts = onDevice.TargetStarts,
            Windows = windowNumbers.View,
            Destination = program.Activation(offsets.Targets, (long)timesteps * samples * columns),
            Samples = samples,
            Timesteps = timesteps,
            Width = columns,
            TimestepStride = columns,
        };
    }

    private GatherArguments Weights(BatchSource source, SourceOnDevice onDevice, in LossOffsets offsets, int samples)
    {
        var timesteps = plan.Shape.OutputTimesteps;
        return new()
        {
            Source = onDevice.Weights,
            Starts = onDevice.WeightStarts,
            Windows = windowNumbers.View,
            Destination = program.Activation(offsets.Weights, (long)timesteps * samples),
            Samples = samples,
            Timesteps = timesteps,
            Width = 1,
            // A window's only weight is that of all its timesteps.
            TimestepStride = source.WeightsPerWindow == 1 ? 0 : 1,
        };
    }
}
