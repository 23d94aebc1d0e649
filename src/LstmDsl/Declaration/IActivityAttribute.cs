namespace LstmDsl;

/// <summary>What the attributes of layers have in common whose output may cost something.</summary>
internal interface IActivityAttribute
{
    /// <summary>Factor of the output's magnitudes.</summary>
    double ActivityL1 { get; }

    /// <summary>Factor of the output's squares.</summary>
    double ActivityL2 { get; }
}
