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

    /// <summary>Freshly drawn weights.</summary>
    public static ModelState<TModel> Create(int seed)
    {
        var state = new ModelState<TModel>(seed);
        var block = state.Parameters.Span;
        for (var tensor = 0; tensor < state.Plan.Tensors.Count; tensor++)
        {
            var slot = state.Plan.Tensors[tensor];
            WeightInitializer.Fill(block.Slice(slot.Offset, slot.Length), slot, tensor, seed);
        }

        return state;
    }

    /// <summary>Weights that something else fills: all zero, seed 0.</summary>
    internal static ModelState<TModel> CreateEmpty() => new(seed: 0);

    /// <summary>In the network's units: the one output of a window, (timesteps, features); NaN in it is passed on.</summary>
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
    /// on to its outputs.
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

    /// <summary>In the network's units: samples into (samples, outputs).</summary>
    public float[,] PredictRows(Samples windows)
    {
        CheckSamples(windows);
        var output = new float[windows.Count, Plan.Shape.OutputLength];
        Predict(windows.Values, AsSpan(output));
        return output;
    }

    /// <summary>In the network's units: samples into (samples, timesteps, outputs).</summary>
    public float[,,] PredictSequences(Samples windows)
    {
        CheckSamples(windows);
        var output = new float[windows.Count, Plan.Shape.OutputTimesteps, Plan.Shape.Outputs];
        Predict(windows.Values, AsSpan(output));
        return output;
    }

    /// <summary>In the user's units: what the model says of each window of a data set, with the time of the window's target.</summary>
    public IReadOnlyList<ForecastPoint> PredictDataset(WindowedDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return DatasetPredictions.Points(this, data);
    }

    /// <summary>
    /// In the user's units: what a model that gives sequences says of each window of a data set, at each timestep, with the time of that
    /// timestep's target.
    /// </summary>
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

    /// <summary>In the network's units: one timestep of a stream, (features), into (outputs).</summary>
    /// <param name="block">The stream's block, as long as the streaming plan says.</param>
    /// <param name="x">The timestep; NaN in it stays in the state.</param>
    /// <param name="destination">Takes the output.</param>
    public void Step(Span<float> block, ReadOnlySpan<float> x, Span<float> destination)
    {
        var shape = Plan.Shape;
        if (x.Length != shape.Features || destination.Length != shape.Outputs)
        {
            throw new ArgumentException(
                $"{Plan.Name} takes timesteps of {shape.Features} values and gives {shape.Outputs}; found {x.Length} and a destination of "
                + $"{destination.Length}.");
        }

        predictor.Step(block, x, destination);
    }

    private static Span<float> AsSpan(Array array) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, float>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    private void CheckSamples(Samples samples)
    {
        var shape = Plan.Shape;
        int[] found = [.. samples.Shape];
        var fits = found.Length == 3 ? found[1] == shape.Timesteps && found[2] == shape.Features
            : found.Length == 2 && found[1] == shape.Timesteps && shape.Features == 1;
        if (!fits)
        {
            throw new ArgumentException(
                $"{Plan.Name} takes (samples, {shape.Timesteps}, {shape.Features}); found {samples.ShapeText}.");
        }

        // An embedding refuses what is no number of a vector by itself, and says how many it has.
        if (!EmbeddedInput.IsEmbedded(Plan))
            samples.RequireFinite("windows");
    }

    private ArgumentException Misfit(int length) => new(
        $"{Plan.Name} takes windows of {Plan.Shape.Timesteps} timesteps × {Plan.Shape.Features} features = {Plan.Shape.InputLength} values; "
        + $"found {length} values.");
}
