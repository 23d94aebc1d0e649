using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>What is made of the outputs of two layers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Combination
{
    /// <summary>The values of the first, then those of the second, row by row.</summary>
    Concatenate,

    /// <summary>The timesteps of the first, then those of the second; a row is all timesteps of a sample.</summary>
    Append,

    /// <summary>The sum.</summary>
    Add,

    /// <summary>The sum, divided by their number.</summary>
    Average,

    /// <summary>The product.</summary>
    Multiply,

    /// <summary>The first less the second.</summary>
    Subtract,

    /// <summary>The larger one. The first gets the gradient where both are equal, as in TensorFlow.</summary>
    Maximum,
}

/// <summary>What combinations have in common.</summary>
internal static class CombinationKinds
{
    /// <summary>Whether both outputs are kept as they are, so that what is made of them is larger.</summary>
    public static bool KeepsBoth(this Combination combination) => combination is Combination.Concatenate or Combination.Append;
}
