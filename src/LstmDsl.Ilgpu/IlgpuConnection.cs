namespace LstmDsl;

/// <summary>
/// A device that ILGPU reaches, without a word of ILGPU: what <see cref="IlgpuDevice"/> is made of, whatever this was built with.
/// </summary>
internal abstract class IlgpuConnection
{
    /// <summary>The name it is asked for by: <c>cuda:0</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the driver calls it.</summary>
    public abstract string Hardware { get; }

    /// <summary>Its memory in bytes; null where it is the computer's own.</summary>
    public abstract long? MemoryBytes { get; }

    /// <summary>Whether it is a graphics processor, which <see cref="IlgpuDevice.Best"/> would take.</summary>
    public abstract bool IsGpu { get; }

    /// <summary>How it multiplies matrices.</summary>
    public abstract MatrixPrecision Precision { get; }

    /// <summary>The same device, which multiplies in another precision; only of one that multiplies in 32-bit floats.</summary>
    public abstract IlgpuConnection In(MatrixPrecision precision);

    /// <summary>See <see cref="Device.CreateTrainingSession"/>.</summary>
    public abstract TrainingSession CreateTrainingSession<TModel>(TrainingSetup setup)
        where TModel : class, CompilerServices.IModelProgram<TModel>;

    /// <summary>See <see cref="Device.CreatePredictor"/>.</summary>
    public abstract Predictor CreatePredictor<TModel>(CompilerServices.ModelState state)
        where TModel : class, CompilerServices.IModelProgram<TModel>;
}
