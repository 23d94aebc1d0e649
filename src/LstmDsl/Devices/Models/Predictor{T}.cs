namespace LstmDsl;

/// <summary>
/// A model's predictions on a device of one's choice; a model's own <c>Predict</c> runs on the CPU. Weights go to the device when they have
/// changed, and stay there. Any number of threads may predict at once.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
public sealed class Predictor<TModel> where TModel : class, IRecurrentModel<TModel>
{
    private readonly CompilerServices.ModelState<TModel> state;
    private readonly Predictor predictor;

    /// <summary>Makes a predictor.</summary>
    /// <param name="model">The model; predictions are always those of its weights as they are now.</param>
    /// <param name="device">Where it predicts; by default the CPU.</param>
    public Predictor(TModel model, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        Device = device ?? Device.Cpu;
        state = model.State;
        predictor = Device.CreatePredictor<TModel>(state);
    }

    /// <summary>The model.</summary>
    public TModel Model { get; }

    /// <summary>Where it predicts.</summary>
    public Device Device { get; }

    /// <summary>In the network's units: windows, (samples, timesteps, features), into (samples, output timesteps, outputs).</summary>
    /// <param name="windows">The windows, row-major; NaN in one is passed on to its outputs; none have no outputs.</param>
    /// <param name="destination">Takes the outputs, row-major.</param>
    /// <exception cref="ArgumentException">A length is not the model's; the message says what was expected.</exception>
    /// <exception cref="InvalidOperationException">The model is being trained on another thread.</exception>
    public void Predict(ReadOnlySpan<float> windows, Span<float> destination)
    {
        state.CheckLengths(windows, destination);
        predictor.Predict(windows, destination);
    }
}
