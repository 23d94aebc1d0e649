namespace LstmDsl;

/// <summary>An element type of safetensors files that this library reads; the members bear the format's own names.</summary>
internal enum SafetensorsType
{
    /// <summary>IEEE half precision; read as float.</summary>
    F16,

    /// <summary>The upper half of a float; read as float.</summary>
    BF16,

    /// <summary>float.</summary>
    F32,

    /// <summary>double.</summary>
    F64,

    /// <summary>int.</summary>
    I32,

    /// <summary>long.</summary>
    I64,
}

/// <summary>Names and sizes of the element types, and which one an array has.</summary>
internal static class SafetensorsTypes
{
    /// <summary>Every type by name, for messages.</summary>
    public const string Known = "F16, BF16, F32, F64, I32 and I64";

    /// <summary>The type of that name; null for one that this library does not read.</summary>
    public static SafetensorsType? Named(string? name) => name switch
    {
        "F16" => SafetensorsType.F16,
        "BF16" => SafetensorsType.BF16,
        "F32" => SafetensorsType.F32,
        "F64" => SafetensorsType.F64,
        "I32" => SafetensorsType.I32,
        "I64" => SafetensorsType.I64,
        _ => null,
    };

    /// <summary>The type under which an array is written; null for an array of something else.</summary>
    public static SafetensorsType? Of(Array values) => values switch
    {
        float[] => SafetensorsType.F32,
        double[] => SafetensorsType.F64,
        // The runtime lets uint[] pass for int[], and enums too, so the element type is asked for by name.
        int[] when values.GetType() == typeof(int[]) => SafetensorsType.I32,
        long[] when values.GetType() == typeof(long[]) => SafetensorsType.I64,
        _ => null,
    };

    /// <summary>The format's name of a type.</summary>
    public static string Name(this SafetensorsType type) => type switch
    {
        SafetensorsType.F16 => "F16",
        SafetensorsType.BF16 => "BF16",
        SafetensorsType.F32 => "F32",
        SafetensorsType.F64 => "F64",
        SafetensorsType.I32 => "I32",
        _ => "I64",
    };

    /// <summary>Bytes of one element.</summary>
    public static int Size(this SafetensorsType type) => type switch
    {
        SafetensorsType.F16 or SafetensorsType.BF16 => 2,
        SafetensorsType.F32 or SafetensorsType.I32 => 4,
        _ => 8,
    };
}
