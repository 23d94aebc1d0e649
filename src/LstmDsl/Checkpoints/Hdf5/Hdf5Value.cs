namespace LstmDsl;

/// <summary>What a data set or attribute holds.</summary>
/// <param name="Shape">Its dimensions; none for a single element.</param>
/// <param name="Values">float[], double[], int[], long[] or string[], row-major.</param>
internal sealed record Hdf5Value(int[] Shape, Array Values);
