using LstmDsl.CompilerServices;

namespace LstmDsl.Benchmarks;

/// <summary>One LSTM layer on one block of samples, ready for each of its passes.</summary>
internal abstract class LstmBlock
{
    public abstract void Infer();

    public abstract void Forward();

    public abstract void Backward();

    public abstract void Gradients();
}

/// <inheritdoc/>
internal sealed class LstmBlock<TSize> : LstmBlock where TSize : struct, ILstmSize
{
    private static readonly int States = TSize.Samples * TSize.Units;

    private readonly LstmOffsets training;
    private readonly LstmOffsets inference;
    private readonly KernelBackend memory;
    private readonly ITrainingBackend backend;
    private readonly float[] gates;

    public LstmBlock()
    {
        int parameters = 0, activations = 0;
        training = new LstmOffsets
        {
            Kernel = Take(ref parameters, TSize.Inputs * 4 * TSize.Units),
            RecurrentKernel = Take(ref parameters, TSize.Units * 4 * TSize.Units),
            Bias = Take(ref parameters, 4 * TSize.Units),
            Input = Take(ref activations, TSize.Timesteps * TSize.Samples * TSize.Inputs),
            Gates = Take(ref activations, TSize.Timesteps * 4 * States),
            Cells = Take(ref activations, TSize.Timesteps * States),
            ActivatedCells = Take(ref activations, TSize.Timesteps * States),
            Hidden = Take(ref activations, TSize.Timesteps * States),
            GatesStride = 4 * TSize.Units,
            CellsStride = TSize.Units,
            HiddenStride = TSize.Units,
            OutputGradient = Take(ref activations, (TSize.ReturnSequences ? TSize.Timesteps : 1) * States),
            InputGradient = -1,
            StateGradients = Take(ref activations, 2 * States),
        };
        inference = new LstmOffsets
        {
            Kernel = training.Kernel,
            RecurrentKernel = training.RecurrentKernel,
            Bias = training.Bias,
            Input = training.Input,
            Gates = training.Gates,
            Cells = training.Cells,
            ActivatedCells = -1,
            Hidden = training.Hidden,
            GatesStride = 0,
            CellsStride = 0,
            HiddenStride = TSize.ReturnSequences ? TSize.Units : 0,
        };
        memory = new KernelBackend(parameters, activations);
        backend = memory.Create();
        Forward();
        gates = memory.Activations.Slice(training.Gates, TSize.Timesteps * 4 * States).ToArray();
    }

    public override void Infer() => backend.LstmForward<SizedLstm<TSize>>(inference, TSize.Samples, TSize.Timesteps);

    public override void Forward() => backend.LstmForward<SizedLstm<TSize>>(training, TSize.Samples, TSize.Timesteps);

    // The pass overwrites the gates with their gradients, so they are brought back first; the copy is part of the measurement.
    public override void Backward()
    {
        gates.CopyTo(memory.Activations[training.Gates..]);
        backend.LstmBackward<SizedLstm<TSize>>(training, TSize.Samples, TSize.Timesteps);
    }

    public override void Gradients() => backend.LstmGradients<SizedLstm<TSize>>(training, TSize.Samples, TSize.Timesteps);

    // Every tensor on 64 bytes, as the plan lays them out.
    private static int Take(ref int end, int length)
    {
        var start = end;
        end += (length + 15) / 16 * 16;
        return start;
    }
}
