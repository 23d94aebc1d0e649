namespace LstmDsl;

/// <summary>
/// An element type of safetensors files; the members bear the format's own names. Those from <see cref="Bool"/> on are known by their size,
/// so that a file may be read around them, but not read.
/// </summary>
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

    /// <summary>One byte; not read.</summary>
    Bool,

    /// <summary>One byte; not read.</summary>
    U8,

    /// <summary>One byte; not read.</summary>
    I8,

    /// <summary>One byte, a float of 4 bits of exponent; not read.</summary>
    F8E4M3,

    /// <summary>One byte, a float of 5 bits of exponent; not read.</summary>
    F8E5M2,

    /// <summary>Two bytes; not read.</summary>
    U16,

    /// <summary>Two bytes; not read.</summary>
    I16,

    /// <summary>Four bytes; not read.</summary>
    U32,

    /// <summary>Eight bytes; not read.</summary>
    U64,
}

/// <summary>Names and sizes of the element types, and which one an array has.</summary>
internal static class SafetensorsTypes
{
    /// <summary>Every type that is read by name, for messages.</summary>
    public const string Known = "F16, BF16, F32, F64, I32 and I64";

    /// <summary>The type of that name; null for one of which this library does not know how many bytes an element has.</summary>
    public static SafetensorsType? Named(string? name)
    {
        foreach (var type in Enum.GetValues<SafetensorsType>())
        {
            if (type.Name() == name)
                return type;
        }

        return null;
    }

    /// <summary>Whether tensors of that type are read.</summary>
    public static bool IsRead(this SafetensorsType type) => type < SafetensorsType.Bool;

    /// <summary>What stands for the values of a tensor that is described, but was not read.</summary>
    public static Array Unread(this SafetensorsType type) => type switch
    {
        SafetensorsType.F64 => Array.Empty<double>(),
        SafetensorsType.I32 => Array.Empty<int>(),
        SafetensorsType.I64 => Array.Empty<long>(),
        _ => Array.Empty<float>(),
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
        SafetensorsType.I64 => "I64",
        SafetensorsType.Bool => "BOOL",
        SafetensorsType.U8 => "U8",
        SafetensorsType.I8 => "I8",
        SafetensorsType.F8E4M3 => "F8_E4M3",
        SafetensorsType.F8E5M2 => "F8_E5M2",
        SafetensorsType.U16 => "U16",
        SafetensorsType.I16 => "I16",
        SafetensorsType.U32 => "U32",
        _ => "U64",
    };

    /// <summary>Bytes of one element.</summary>
    public static int Size(this SafetensorsType type) => type switch
    {
        SafetensorsType.Bool or SafetensorsType.U8 or SafetensorsType.I8 or SafetensorsType.F8E4M3 or SafetensorsType.F8E5M2 => 1,
        SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.U16 or SafetensorsType.I16 => 2,
        SafetensorsType.F32 or SafetensorsType.I32 or SafetensorsType.U32 => 4,
        _ => 8,
    };
}
