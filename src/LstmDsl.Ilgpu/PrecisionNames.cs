namespace LstmDsl;

/// <summary>How precisions are called behind the name of a device: <c>cuda:0/tf32</c>.</summary>
internal static class PrecisionNames
{
    /// <summary>What is put behind the name.</summary>
    public static string Suffix(MatrixPrecision precision) => precision switch
    {
        MatrixPrecision.Float32 => "",
        MatrixPrecision.TensorFloat32 => "/tf32",
        MatrixPrecision.BFloat16 => "/bf16",
        _ => throw new ArgumentOutOfRangeException(
            nameof(precision), precision, "A precision is one of Float32, TensorFloat32 and BFloat16."),
    };

    /// <summary>Takes a name apart: the device's, and the precision behind it, if there is one.</summary>
    public static (string Device, MatrixPrecision Precision) Split(string name)
    {
        foreach (var precision in new[] { MatrixPrecision.TensorFloat32, MatrixPrecision.BFloat16 })
        {
            if (name.EndsWith(Suffix(precision), StringComparison.Ordinal))
                return (name[..^Suffix(precision).Length], precision);
        }

        return (name, MatrixPrecision.Float32);
    }
}
