namespace LstmDsl;

/// <summary>
/// What dropout draws: a number depends on the seed, the step, the sample's place in its batch, the layer and gate and the unit, never on
/// how the batch is cut.
/// </summary>
/// <param name="Seed">The seed.</param>
/// <param name="Step">The training step, counted from the first of all epochs.</param>
/// <param name="FirstSample">Where in its batch the block of samples at hand begins.</param>
internal readonly record struct DropoutDraws(int Seed, uint Step, int FirstSample)
{
    /// <summary>Units that one draw serves.</summary>
    public const int AtATime = 4;

    /// <summary>Gates of a layer, those of the input before those of the state.</summary>
    public const int GatesPerLayer = 8;

    /// <summary>Draws for the units 4·group to 4·group + 3 of a sample of the block.</summary>
    public PhiloxWords Draw(int sample, int layer, int gate, int group) => Philox.Draw(
        Seed, RandomPurpose.Dropout, Step, (uint)(FirstSample + sample), (uint)((layer * GatesPerLayer) + gate), (uint)group);

    /// <summary>Whether a unit of a sample is kept.</summary>
    public bool Keeps(int sample, int layer, int gate, int unit, ulong threshold) =>
        Draw(sample, layer, gate, unit / AtATime)[unit % AtATime] >= threshold;

    /// <summary>The words from here on keep their unit.</summary>
    public static ulong Threshold(double rate) => (ulong)(rate * (1UL << 32));

    /// <summary>What is kept is multiplied with this.</summary>
    public static double Scale(double rate) => 1 / (1 - rate);

    /// <summary>What a layer counts a unit of a timestep as: through its timesteps, or within each where all have one mask.</summary>
    public static int Counted(int t, int unit, int units, bool sameOverTime) => sameOverTime ? unit : (t * units) + unit;
}
