using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// What a model is trained on or predicts with. A device enters the generated program with its backend once per trainer or predictor;
/// after that every call is direct.
/// </summary>
public abstract class Device
{
    /// <summary>For devices of this library and its companions; a device needs a backend, which is not an extension point.</summary>
    internal Device()
    {
    }

    /// <summary>The native CPU kernels, on all cores that this process may use.</summary>
    public static Device Cpu { get; } = new CpuDevice();

    /// <summary>The scalar reference in float: slow and plain.</summary>
    public static Device Reference { get; } = new ReferenceDevice<float>();

    /// <summary>The scalar reference in double: what gradients are checked on.</summary>
    public static Device ReferenceDouble { get; } = new ReferenceDevice<double>();

    /// <summary>What runs, in words.</summary>
    public abstract string Description { get; }

    /// <inheritdoc/>
    public override string ToString() => Description;

    /// <summary>Lanes of a vector, where bits depend on them; null elsewhere.</summary>
    internal virtual int? VectorWidth => null;

    /// <summary>Brings a model's program onto the device for training.</summary>
    internal abstract TrainingSession CreateTrainingSession<TModel>(TrainingSetup setup) where TModel : class, IModelProgram<TModel>;

    /// <summary>Brings a model's program onto the device for predictions.</summary>
    internal abstract Predictor CreatePredictor<TModel>(ModelState state) where TModel : class, IModelProgram<TModel>;
}
