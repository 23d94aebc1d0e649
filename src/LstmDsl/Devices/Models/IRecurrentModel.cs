namespace LstmDsl;

/// <summary>What every declared model offers, so that code can be written for any of them.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
public interface IRecurrentModel<TSelf> : CompilerServices.IModelProgram<TSelf> where TSelf : class, IRecurrentModel<TSelf>
{
    /// <summary>Makes a model with freshly drawn weights.</summary>
    /// <param name="seed">The seed; the same seed gives the same weights.</param>
    static abstract TSelf Create(int seed);

    /// <summary>Reads a model from a checkpoint: its weights and its pipeline.</summary>
    /// <param name="path">The file.</param>
    static abstract TSelf Load(string path);

    /// <summary>The table that Keras's <c>model.summary()</c> prints, 80 columns wide.</summary>
    static abstract string Summary { get; }

    /// <summary>Number of weights.</summary>
    static abstract int ParameterCount { get; }

    /// <summary>The shapes of one sample.</summary>
    static abstract ModelShape Shape { get; }

    /// <summary>In the network's units: predicts any number of windows, (samples, timesteps, features), row-major.</summary>
    /// <param name="windows">The windows, one after the other; NaN in one is passed on to its outputs.</param>
    /// <param name="destination">Takes the outputs, (samples, output timesteps, outputs), row-major.</param>
    void Predict(ReadOnlySpan<float> windows, Span<float> destination);

    /// <summary>Writes weights and pipeline to a file, whose extension names the format.</summary>
    /// <param name="path">The file; it is replaced as a whole, or left as it was.</param>
    void Save(string path);
}

/// <summary>
/// A model whose outputs can be fed back as inputs, so that it forecasts any number of steps ahead. Where it gives a sequence, the last
/// timestep is what it forecasts.
/// </summary>
/// <typeparam name="TSelf">The model.</typeparam>
public interface IForecastingModel<TSelf> : IRecurrentModel<TSelf> where TSelf : class, IForecastingModel<TSelf>
{
    /// <summary>Forecasts what follows a series, in the series' own units, with dates where it has them.</summary>
    /// <param name="series">The series; its last window is the start.</param>
    /// <param name="steps">How many steps ahead.</param>
    IReadOnlyList<ForecastPoint> Forecast(TimeSeries series, int steps);

    /// <summary>In the network's units: forecasts from a window, (timesteps, features), into a destination, (steps, features).</summary>
    /// <param name="window">The last known window; NaN in it is passed on.</param>
    /// <param name="destination">Takes the steps; its length says how many.</param>
    void Forecast(ReadOnlySpan<float> window, Span<float> destination);
}
