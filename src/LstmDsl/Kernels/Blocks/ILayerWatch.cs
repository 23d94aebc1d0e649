namespace LstmDsl.Kernels;

/// <summary>Looks on while a program runs: is told of what each layer has made on its way forwards, in the order in which it is made.</summary>
internal unsafe interface ILayerWatch
{
    /// <summary>A recurrent layer's states and gates, timestep by timestep.</summary>
    /// <param name="layer">Its name.</param>
    /// <param name="input">Its input, (timesteps, n, inputs).</param>
    /// <param name="inputs">Columns of the input.</param>
    /// <param name="timesteps">Timesteps.</param>
    /// <param name="units">Units.</param>
    /// <param name="parts">What it keeps, in the order in which a timestep makes it.</param>
    void Recurrent(string layer, float* input, int inputs, int timesteps, int units, ReadOnlySpan<KeptPart> parts);

    /// <summary>The output of any other layer.</summary>
    /// <param name="layer">Its name.</param>
    /// <param name="output">(rows, columns).</param>
    /// <param name="rows">Timesteps × samples, or samples.</param>
    /// <param name="columns">Width of the output.</param>
    void Output(string layer, float* output, int rows, int columns);

    /// <summary>The loss.</summary>
    void Loss(double loss);
}

/// <summary>Something that a recurrent layer keeps of each timestep.</summary>
/// <param name="name">Its name.</param>
/// <param name="symbol">Its letter.</param>
/// <param name="gates">Letters of the gates that lie one after the other; empty for a state.</param>
/// <param name="values">(timesteps, n, gates · units).</param>
/// <param name="samples">n.</param>
internal readonly unsafe struct KeptPart(string name, string symbol, string gates, float* values, int samples)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its letter.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>Letters of the gates that lie one after the other; empty for a state.</summary>
    public string Gates { get; } = gates;

    /// <summary>(timesteps, n, gates · units).</summary>
    public float* Values { get; } = values;

    /// <summary>n.</summary>
    public int Samples { get; } = samples;
}
