using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// The native CPU kernels. The vector width is the machine's widest, or what the environment variable <c>LSTMDSL_VECTOR_WIDTH</c> says
/// (128, 256 or 512); results depend on it, but not on the number of threads.
/// </summary>
public sealed class CpuDevice : Device
{
    /// <summary>Makes a device.</summary>
    /// <param name="threads">Threads that batches and training may use, the caller's among them; default: all cores that this process may use.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one thread.</exception>
    public CpuDevice(int? threads = null)
        : this(threads, CpuVectorWidth.Bits)
    {
    }

    internal CpuDevice(int? threads, int vectorWidth)
    {
        if (threads < 1)
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "At least one thread is needed.");
        Threads = threads ?? Environment.ProcessorCount;
        Width = vectorWidth;
    }

    /// <summary>Threads that batches and training may use.</summary>
    public int Threads { get; }

    /// <inheritdoc/>
    public override string Description => $"CPU, {Width}-bit vectors, {Threads} {(Threads == 1 ? "thread" : "threads")}";

    /// <inheritdoc/>
    internal override int? VectorWidth => Width;

    private int Width { get; }

    /// <inheritdoc/>
    internal override TrainingSession CreateTrainingSession<TModel>(TrainingSetup setup) => Width switch
    {
        512 => new HostTrainingSession<TModel, CpuBackend<Lanes512>, float>(setup, Threads, cutsBatches: true),
        256 => new HostTrainingSession<TModel, CpuBackend<Lanes256>, float>(setup, Threads, cutsBatches: true),
        _ => new HostTrainingSession<TModel, CpuBackend<Lanes128>, float>(setup, Threads, cutsBatches: true),
    };

    /// <inheritdoc/>
    internal override Predictor CreatePredictor<TModel>(ModelState state) => Width switch
    {
        512 => new HostPredictor<TModel, CpuBackend<Lanes512>, float>(state, Threads),
        256 => new HostPredictor<TModel, CpuBackend<Lanes256>, float>(state, Threads),
        _ => new HostPredictor<TModel, CpuBackend<Lanes128>, float>(state, Threads),
    };
}
