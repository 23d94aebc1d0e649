using System.Numerics;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>The scalar reference as a device: one thread, a batch in one block.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ReferenceDevice<T> : Device where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Description => $"scalar reference ({(typeof(T) == typeof(double) ? "double" : "float")})";

    /// <inheritdoc/>
    internal override TrainingSession CreateTrainingSession<TModel>(TrainingSetup setup) =>
        new HostTrainingSession<TModel, ReferenceBackend<T>, T>(setup, threads: 1, cutsBatches: false);

    /// <inheritdoc/>
    internal override Predictor CreatePredictor<TModel>(ModelState state) =>
        new HostPredictor<TModel, ReferenceBackend<T>, T>(state, threads: 1);
}
