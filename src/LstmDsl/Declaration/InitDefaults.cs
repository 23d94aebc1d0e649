namespace LstmDsl;

/// <summary>What an initializer's arguments are where nothing is said: Keras's own defaults.</summary>
internal static class InitDefaults
{
    public const double Value = 0;
    public const double Mean = 0;
    public const double StdDev = 0.05;
    public const double MinValue = -0.05;
    public const double MaxValue = 0.05;
    public const double Scale = 1;
    public const double Gain = 1;
    public const FanMode Mode = FanMode.FanIn;
    public const WeightDistribution Distribution = WeightDistribution.TruncatedNormal;
}
