using ILGPU;
using ILGPU.Runtime;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// Predicts on a device, in chunks of a fixed size; with stateful layers batch by batch. Callers on several threads take turns.
/// </summary>
internal sealed class IlgpuPredictor<TModel>(DeviceQueue queue, ModelState state) : Predictor where TModel : class, IModelProgram<TModel>
{
    /// <summary>Windows of a chunk at most; enough to occupy any device.</summary>
    private const int LargestChunk = 4096;

    /// <summary>Floats of a chunk's activations at most: 64 MiB.</summary>
    private const int ChunkFloats = 1 << 24;

    private readonly ModelPlan plan = TModel.Plan;
    private readonly int largestChunk = TModel.Plan.BatchSize > 0
        ? TModel.Plan.BatchSize
        : Math.Clamp(ChunkFloats / Math.Max(1, TModel.Plan.Inference.Floats), 1, LargestChunk);

    private readonly Lock turn = new();
    private DeviceProgram? program;
    private DeviceStates? states;
    private MemoryBuffer1D<float, Stride1D.Dense>? parameters;
    private float[] staging = [];
    private int room;
    private long version = -1;

    /// <inheritdoc/>
    protected override void PredictSome(ReadOnlySpan<float> windows, Span<float> destination)
    {
        if (state.LayerStates is null)
        {
            PredictChunks(windows, destination);
            return;
        }

        lock (state.LayerStates.Turn)
            PredictChunks(windows, destination);
    }

    private unsafe void PredictChunks(ReadOnlySpan<float> windows, Span<float> destination)
    {
        var shape = plan.Shape;
        var samples = windows.Length / shape.InputLength;
        EmbeddedInput.Check(plan, windows);
        lock (turn)
        {
            // In this order everywhere: a training session's weights are brought back to a model that is held still.
            using (state.HoldStill(out var block))
            {
                using var uploading = queue.Enter();
                program = Program(Math.Min(samples, largestChunk));
                if (version != state.Version)
                    queue.Upload<float>(block.Span, program.Parameters);
                version = state.Version;
            }

            var running = program;
            using var entered = queue.Enter();
            for (var first = 0; first < samples; first += room)
            {
                var chunk = Math.Min(room, samples - first);
                fixed (float* staged = staging)
                {
                    for (var sample = 0; sample < chunk; sample++)
                    {
                        var window = windows.Slice((first + sample) * shape.InputLength, shape.InputLength);
                        BatchGather.Scatter(window, sample, chunk, shape.Timesteps, shape.Features, staged);
                    }

                    queue.Upload<float>(
                        staging.AsSpan(0, chunk * shape.InputLength),
                        running.Activation(plan.Inference.Input * chunk, (long)chunk * shape.InputLength));
                    running.BatchSamples = chunk;
                    var backend = new IlgpuBackend(running);
                    states?.Load(chunk, training: false);
                    TModel.Infer(ref backend, chunk);
                    states?.Keep(chunk, training: false);
                    var outputs = staging.AsSpan(0, chunk * shape.OutputLength);
                    queue.Download(running.Activation(plan.Inference.Output * chunk, (long)chunk * shape.OutputLength), outputs);
                    var to = destination.Slice(first * shape.OutputLength, chunk * shape.OutputLength);
                    BatchGather.Collect(staged, chunk, shape.OutputTimesteps, shape.Outputs, to);
                }
            }
        }
    }

    // Memory grows to the largest chunk that was asked for, and stays.
    private DeviceProgram Program(int chunk)
    {
        if (program is not null && room >= chunk)
            return program;

        room = chunk;
        staging = new float[chunk * Math.Max(plan.Shape.InputLength, plan.Shape.OutputLength)];
        parameters ??= queue.Allocate<float>(plan.ParameterFloats);
        var measuring = new DeviceProgram(queue: null, queue.Plan);
        var measured = new IlgpuBackend(measuring);
        TModel.Infer(ref measured, chunk);
        program = new DeviceProgram(queue, queue.Plan)
        {
            Parameters = parameters.View,
            Activations = queue.Allocate<float>((long)plan.Inference.Floats * chunk).View,
            Scratch = queue.Allocate<float>(measuring.ScratchNeed).View,
            Counters = queue.Allocate<int>(Arrival.Counters).View,
            ParameterFloats = plan.ParameterFloats,
        };
        if (state.LayerStates is not null)
            states = new(queue, program, plan, state.LayerStates);
        return program;
    }
}
