using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// Predicts in this process's memory. One window stays on the calling thread; more are cut into blocks (<see cref="BlockSamples"/>) and
/// shared among workers, which changes no bit of them. Scratch belongs to the call and is kept for the next one, so that nothing is allocated once as much as is needed at a
/// time has been seen.
/// </summary>
internal sealed unsafe class HostPredictor<TModel, TBackend, T>(ModelState state, int threads) : Predictor
    where TModel : class, IModelProgram<TModel>
    where TBackend : struct, IHostBackend<TBackend, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Samples in a block at most: the size of the scratch, and so of a prediction's memory, is a constant.</summary>
    private const int LargestBlock = 2 * BatchCut.FullBlock;

    private readonly ModelPlan plan = TModel.Plan;
    private readonly ObjectPool<AlignedBlock<T>> scratch = new(() => new(TModel.Plan.Inference.Floats * LargestBlock));
    private readonly ObjectPool<Call> calls = new(() => new());
    private readonly Lock preparing = new();
    private Weights? weights;

    /// <inheritdoc/>
    protected override void PredictSome(ReadOnlySpan<float> windows, Span<float> destination)
    {
        var samples = windows.Length / plan.Shape.InputLength;
        fixed (float* from = windows, to = destination)
        {
            if (state.LayerStates is null)
                PredictSamples(CurrentWeights(), from, to, samples);
            else
                PredictBatches(state.LayerStates, from, to, samples);
        }
    }

    /// <inheritdoc/>
    public override void Step(Span<float> block, ReadOnlySpan<float> x, Span<float> destination)
    {
        var streaming = plan.Streaming!.Value;
        var weights = CurrentWeights();
        if (typeof(T) == typeof(float))
        {
            fixed (float* pointer = block)
            {
                x.CopyTo(block[streaming.Input..]);
                var backend = Backend(weights, (T*)pointer);
                TModel.Step(ref backend);
                block.Slice(streaming.Output, destination.Length).CopyTo(destination);
            }

            return;
        }

        // The states travel as floats, whatever the backend computes in.
        var activations = new AlignedBlock<T>(block.Length);
        x.CopyTo(block[streaming.Input..]);
        BatchGather.Convert<T>(block, activations.Pointer);
        var converted = Backend(weights, activations.Pointer);
        TModel.Step(ref converted);
        for (var index = 0; index < block.Length; index++)
            block[index] = float.CreateTruncating(activations.Span[index]);
        block.Slice(streaming.Output, destination.Length).CopyTo(destination);
    }

    // What the kernels read, of the model's latest version. A new object each time: calls that still run keep reading theirs.
    private Weights CurrentWeights()
    {
        state.RefuseWhileOccupied();
        var current = Volatile.Read(ref weights);
        if (current is not null && current.Version == state.Version)
            return current;

        lock (preparing)
        {
            using var held = state.HoldStill(out var block);
            current = new Weights(state.Version, new AlignedBlock<T>(plan.ParameterFloats), TBackend.PacksWeights ? new(plan.Tensors, transposes: false) : null);
            BatchGather.Convert<T>(block.Span, current.Block.Pointer);
            for (var index = 0; index < current.Packed?.Count; index++)
                TBackend.Pack(current.Packed, current.Block.Pointer, index);
            Volatile.Write(ref weights, current);
            return current;
        }
    }

    // Stateful layers go on from batch to batch, so that one batch has to end before the next begins.
    private void PredictBatches(LayerStates states, float* windows, float* destination, int samples)
    {
        lock (states.Turn)
        {
            var weights = CurrentWeights();
            for (var done = 0; done < samples; done += plan.BatchSize)
            {
                var from = windows + ((long)done * plan.Shape.InputLength);
                PredictSamples(weights, from, destination + ((long)done * plan.Shape.OutputLength), plan.BatchSize);
            }
        }
    }

    private void PredictSamples(Weights weights, float* windows, float* destination, int samples)
    {
        if (samples == 1)
        {
            PredictBlock(weights, windows, destination, first: 0, samples);
            return;
        }

        var call = calls.Rent();
        call.Set(this, weights, windows, destination, samples);
        try
        {
            WorkerPool.Shared.Run(call, (samples + call.BlockSamples - 1) / call.BlockSamples, threads);
        }
        finally
        {
            calls.Return(call);
        }
    }

    // Few samples of a large model are shared in smaller blocks, so that no thread is without one.
    private int BlockSamples(int samples)
    {
        var shares = BatchCut.Shares(samples, threads, (long)plan.ParameterFloats * plan.Shape.Timesteps * samples);
        return Math.Min((samples + shares - 1) / shares, LargestBlock);
    }

    // A block's windows and destination; its first sample counts from the beginning of the batch.
    private void PredictBlock(Weights weights, float* windows, float* destination, int first, int samples)
    {
        var shape = plan.Shape;
        var block = scratch.Rent();
        try
        {
            var backend = Backend(weights, block.Pointer);
            var input = block.Pointer + (plan.Inference.Input * samples);
            for (var sample = 0; sample < samples; sample++)
            {
                var window = new ReadOnlySpan<float>(windows + (sample * shape.InputLength), shape.InputLength);
                BatchGather.Scatter(window, sample, samples, shape.Timesteps, shape.Features, input);
            }

            state.LayerStates?.Load(block.Pointer, first, samples, training: false);
            TModel.Infer(ref backend, samples);
            state.LayerStates?.Keep(block.Pointer, first, samples, training: false);
            var output = block.Pointer + (plan.Inference.Output * samples);
            var to = new Span<float>(destination, samples * shape.OutputLength);
            BatchGather.Collect(output, samples, shape.OutputTimesteps, shape.Outputs, to);
        }
        finally
        {
            scratch.Return(block);
        }
    }

    private static TBackend Backend(Weights weights, T* activations) => TBackend.Over(weights.Blocks with { Activations = activations });

    // A stream's step is so short that setting up what it works on counts.
    private sealed record Weights(long Version, AlignedBlock<T> Block, PackedWeights? Packed)
    {
        public readonly HostBlocks<T> Blocks = new() { Parameters = Block.Pointer, Packed = Packed, Shares = 1 };
    }

    private sealed class Call : IParallelJob
    {
        private HostPredictor<TModel, TBackend, T>? owner;
        private Weights? weights;
        private float* windows;
        private float* destination;
        private int samples;

        /// <summary>Samples in every block but the last, which may have fewer.</summary>
        public int BlockSamples { get; private set; }

        public void Set(HostPredictor<TModel, TBackend, T> owner, Weights weights, float* windows, float* destination, int samples)
        {
            this.owner = owner;
            this.weights = weights;
            this.windows = windows;
            this.destination = destination;
            this.samples = samples;
            BlockSamples = owner.BlockSamples(samples);
        }

        public void Run(int part)
        {
            var shape = owner!.plan.Shape;
            var first = part * BlockSamples;
            owner.PredictBlock(
                weights!,
                windows + ((long)first * shape.InputLength),
                destination + ((long)first * shape.OutputLength),
                first,
                Math.Min(BlockSamples, samples - first));
        }
    }
}
