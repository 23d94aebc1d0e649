namespace LstmDsl;

/// <summary>What every declared model offers, so that code can be written for any of them.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
public interface IRecurrentModel<TSelf> : CompilerServices.IModelProgram<TSelf> where TSelf : class, IRecurrentModel<TSelf>
{
    /// <summary>Makes a model with freshly drawn weights, for code that is written for any model.</summary>
    /// <param name="seed">The seed; the same seed gives the same weights.</param>
    /// <returns>The model.</returns>
    static abstract TSelf Create(int seed);

    /// <summary>Reads a model from a checkpoint: its weights and its pipeline.</summary>
    /// <param name="path">The file; its extension names the format.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">No format has that extension.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, or it holds another model's weights; the message says which differ.
    /// </exception>
    static abstract TSelf Load(string path);

    /// <summary>The table that Keras's <c>model.summary()</c> prints, 80 columns wide; no break after its last line.</summary>
    static abstract string Summary { get; }

    /// <summary>Number of weights.</summary>
    static virtual int ParameterCount => TSelf.Plan.ParameterCount;

    /// <summary>The shapes of one sample.</summary>
    static abstract ModelShape Shape { get; }

    /// <summary>In the network's units: predicts any number of windows.</summary>
    /// <param name="windows">
    /// The windows one after the other, (samples, timesteps, features), row-major; NaN in one is passed on to its outputs.
    /// </param>
    /// <param name="destination">Takes the outputs, (samples, output timesteps, outputs), row-major.</param>
    /// <exception cref="ArgumentException">A size is not the model's.</exception>
    void Predict(ReadOnlySpan<float> windows, Span<float> destination);

    /// <summary>Writes weights and pipeline to a file, whose extension names the format.</summary>
    /// <param name="path">The file; it is replaced as a whole, or left as it was.</param>
    /// <exception cref="ArgumentException">No format has that extension.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    void Save(string path);
}

/// <summary>
/// A model whose outputs can be fed back as inputs, so that it forecasts any number of steps ahead. Where it gives a sequence, the last
/// timestep is what it forecasts.
/// </summary>
/// <typeparam name="TSelf">The model.</typeparam>
public interface IForecastingModel<TSelf> : IRecurrentModel<TSelf> where TSelf : class, IForecastingModel<TSelf>
{
    /// <summary>
    /// In the series' own units, with dates where it has them: forecasts what follows a series by feeding each output, or the last timestep of
    /// each, back as the next timestep.
    /// </summary>
    /// <param name="series">The series; its last window is the start.</param>
    /// <param name="steps">How many steps ahead.</param>
    /// <returns>One value for each step.</returns>
    /// <exception cref="ArgumentException">The series is too short, or lacks a column of the model's.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model was not trained on a series, or not to forecast the next value of each of its columns.
    /// </exception>
    IReadOnlyList<ForecastPoint> Forecast(TimeSeries series, int steps);

    /// <summary>
    /// In the network's units: forecasts from a window by feeding each output, or the last timestep of each, back as the next timestep.
    /// </summary>
    /// <param name="window">The last known window, (timesteps, features), row-major; NaN in it is passed on.</param>
    /// <param name="destination">Takes the steps, (steps, features); its length says how many.</param>
    /// <exception cref="ArgumentException">A size is not the model's.</exception>
    void Forecast(ReadOnlySpan<float> window, Span<float> destination);
}
