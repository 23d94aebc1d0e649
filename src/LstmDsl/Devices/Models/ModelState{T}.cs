using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LstmDsl.CompilerServices;

/// <summary>A model's weights and what travels with them, with the program that uses them.</summary>
/// <typeparam name="TModel">The model.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelState<TModel> : ModelState where TModel : class, IModelProgram<TModel>
{
    private readonly Predictor predictor;

    /// <summary>Scratch of forecasts: a window that slides over what was predicted, then an output.</summary>
    internal ObjectPool<float[]> ForecastScratch { get; } =
        new(() => new float[TModel.Plan.Shape.InputLength + TModel.Plan.Shape.OutputLength]);

    private ModelState(int seed) : base(TModel.Plan, seed) => predictor = Device.Cpu.CreatePredictor<TModel>(this);

    /// <summary>Makes a model with freshly drawn weights.</summary>
    /// <param name="seed">The seed; the same seed gives the same weights.</param>
    public static ModelState<TModel> Create(int seed)
    {
        var state = new ModelState<TModel>(seed);
        var block = state.Parameters.Span;
        for (var tensor = 0; tensor < state.Plan.Tensors.Count; tensor++)
        {
            var slot = state.Plan.Tensors[tensor];
            WeightInitializer.Fill(block.Slice(slot.Offset, slot.Length), slot, slot.Draws ?? tensor, seed);
        }

        return state;
    }

    /// <summary>Weights that something else fills: all zero, seed 0.</summary>
    internal static ModelState<TModel> CreateEmpty() => new(seed: 0);

    /// <summary>In the network's units: predicts one window, (timesteps, features).</summary>
    /// <param name="window">The window, row-major; NaN in it is passed on to the output.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentException">A size is not the model's.</exception>
    public float PredictOne(ReadOnlySpan<float> window)
    {
        var output = 0f;
        if (window.Length != Plan.Shape.InputLength)
            throw Misfit(window.Length);
        StatefulBatches.CheckCount(Plan, samples: 1, nameof(window));
        predictor.Predict(window, MemoryMarshal.CreateSpan(ref output, 1));
        return output;
    }

    /// <summary>
    /// In the network's units: windows, (samples, timesteps, features), into (samples, output timesteps, outputs). NaN in a window is passed
    /// on to its outputs; no windows have no outputs.
    /// </summary>
    public void Predict(ReadOnlySpan<float> windows, Span<float> destination)
    {
        CheckLengths(windows, destination);
        predictor.Predict(windows, destination);
    }

    /// <summary>Refuses lengths that are not those of whole windows and their outputs.</summary>
    internal void CheckLengths(ReadOnlySpan<float> windows, ReadOnlySpan<float> destination)
    {
        var shape = Plan.Shape;
        if (windows.Length % shape.InputLength != 0)
            throw Misfit(windows.Length);
        var samples = windows.Length / shape.InputLength;
        StatefulBatches.CheckCount(Plan, samples, nameof(windows));
        if (destination.Length != samples * shape.OutputLength)
        {
            throw new ArgumentException(
                $"{Plan.Name} gives {shape.OutputText}, so for {Counted.Of(samples, "window")} the destination has {Counted.Of(samples * shape.OutputLength, "value")}; "
                + $"this one has {destination.Length}.",
                nameof(destination));
        }
    }

    /// <summary>In the network's units: predicts any number of windows.</summary>
    /// <param name="windows">The windows, (samples, timesteps, features).</param>
    /// <returns>The outputs, (samples, outputs).</returns>
    /// <exception cref="ArgumentException">A size is not the model's, or a value is not finite.</exception>
    public float[,] PredictRows(Samples windows)
    {
        CheckSamples(windows);
        var output = new float[windows.Count, Plan.Shape.OutputLength];
        Predict(windows.Values, AsSpan(output));
        return output;
    }

    /// <summary>In the network's units: predicts any number of windows.</summary>
    /// <param name="windows">The windows, (samples, timesteps, features).</param>
    /// <returns>The outputs, (samples, timesteps, outputs).</returns>
    /// <exception cref="ArgumentException">A size is not the model's, or a value is not finite.</exception>
    public float[,,] PredictSequences(Samples windows)
    {
        CheckSamples(windows);
        var output = new float[windows.Count, Plan.Shape.OutputTimesteps, Plan.Shape.Outputs];
        Predict(windows.Values, AsSpan(output));
        return output;
    }

    /// <summary>In the user's units, with dates where the data have them: predicts every window of a data set, in its order.</summary>
    /// <param name="data">The windows.</param>
    /// <returns>
    /// What the model says of each window: a value for each target column, or its quantiles; probabilities of classes as they are.
    /// </returns>
    /// <exception cref="ArgumentException">The data's shape or pipeline is not the model's.</exception>
    /// <exception cref="InvalidOperationException">The model was not trained on a series.</exception>
    public IReadOnlyList<ForecastPoint> PredictDataset(WindowedDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return DatasetPredictions.Points(this, data);
    }

    /// <summary>In the user's units, with dates where the data have them: predicts every window of a data set, in its order.</summary>
    /// <param name="data">The windows.</param>
    /// <returns>For each window, what the model says at each timestep.</returns>
    /// <exception cref="ArgumentException">The data's shape or pipeline is not the model's.</exception>
    /// <exception cref="InvalidOperationException">The model was not trained on a series.</exception>
    public IReadOnlyList<IReadOnlyList<ForecastPoint>> PredictDatasetSequences(WindowedDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return DatasetPredictions.Sequences(this, data);
    }

    /// <summary>In the network's units: forecasts by feeding outputs back; NaN in the window is passed on.</summary>
    public void Forecast(ReadOnlySpan<float> window, Span<float> destination) => Forecasting.FeedBack(this, window, destination);

    /// <summary>In the user's units: forecasts what follows a series.</summary>
    public IReadOnlyList<ForecastPoint> Forecast(TimeSeries series, int steps)
    {
        ArgumentNullException.ThrowIfNull(series);
        return Forecasting.Forecast(this, series, steps);
    }

    /// <summary>In the network's units: runs one timestep of a stream; after a window's timesteps it gives what Predict gives.</summary>
    /// <param name="state">The stream's state, which the timestep changes.</param>
    /// <param name="x">The timestep, one value; NaN in it stays in the state.</param>
    /// <returns>The output.</returns>
    public float Step(Span<float> state, float x)
    {
        var output = 0f;
        Step(state, new ReadOnlySpan<float>(in x), new Span<float>(ref output));
        return output;
    }

    /// <summary>In the network's units: runs one timestep of a stream; after a window's timesteps it gives what Predict gives.</summary>
    /// <param name="state">The stream's state, which the timestep changes.</param>
    /// <param name="x">The timestep, (features); NaN in it stays in the state.</param>
    /// <returns>The output.</returns>
    /// <exception cref="ArgumentException">A size is not the model's.</exception>
    public float Step(Span<float> state, ReadOnlySpan<float> x)
    {
        var output = 0f;
        Step(state, x, new Span<float>(ref output));
        return output;
    }

    /// <summary>In the network's units: runs one timestep of a stream; after a window's timesteps it gives what Predict gives.</summary>
    /// <param name="state">The stream's state, which the timestep changes.</param>
    /// <param name="x">The timestep, (features); NaN in it stays in the state.</param>
    /// <param name="destination">Takes the output, (outputs).</param>
    /// <exception cref="ArgumentException">A size is not the model's.</exception>
    public void Step(Span<float> state, ReadOnlySpan<float> x, Span<float> destination)
    {
        var shape = Plan.Shape;
        if (x.Length != Plan.StreamedFeatures || destination.Length != shape.Outputs)
        {
            throw new ArgumentException(
                $"{Plan.Name} takes timesteps of {Plan.StreamedFeatures} values and gives {shape.Outputs}; found {x.Length} and a destination of "
                + $"{destination.Length}.");
        }

        predictor.Step(state, x, destination);
    }

    private static Span<float> AsSpan(Array array) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, float>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private void CheckSamples(Samples samples)
    {
        if (InputShapes.Fitting(Plan, samples) is null)
            throw new ArgumentException($"{Plan.Name} takes {InputShapes.Expectation(Plan)}; found {samples.ShapeText}.");

        // An embedding refuses what is no number of a vector by itself, and says how many it has.
        if (Plan.Inputs.Count > 1 || !EmbeddedInput.IsEmbedded(Plan))
            samples.RequireFinite("windows");
    }

    private ArgumentException Misfit(int length) => new(
        $"{Plan.Name} takes {InputShapes.OneSample(Plan)} = {Plan.Shape.InputLength} values; found {length} values.");
}
