namespace LstmDsl;

/// <summary>How scores of several outputs become one.</summary>
public enum Averaging
{
    /// <summary>The mean of all outputs' scores.</summary>
    Macro,

    /// <summary>The score of all outputs counted together.</summary>
    Micro,

    /// <summary>The mean, each output weighing as much as it has positive targets.</summary>
    Weighted,
}
