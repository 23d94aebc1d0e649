namespace LstmDsl;

/// <summary>The shapes of one sample of a model.</summary>
/// <param name="Timesteps">Timesteps of the input.</param>
/// <param name="Features">Values at each timestep of the input.</param>
/// <param name="OutputTimesteps">Timesteps of the output; 1 where it has no time axis.</param>
/// <param name="Outputs">Values of the output, at each of its timesteps.</param>
/// <param name="ReturnsSequences">Whether the output has a time axis.</param>
public readonly record struct ModelShape(int Timesteps, int Features, int OutputTimesteps, int Outputs, bool ReturnsSequences)
{
    /// <summary>Values of one sample's input.</summary>
    public int InputLength => Timesteps * Features;

    /// <summary>Values of one sample's output.</summary>
    public int OutputLength => OutputTimesteps * Outputs;

    /// <summary>The output's shape in words, with a free number of samples: <c>(samples, 20, 1)</c>.</summary>
    public string OutputText => ReturnsSequences ? $"(samples, {OutputTimesteps}, {Outputs})" : $"(samples, {Outputs})";
}
