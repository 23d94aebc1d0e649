namespace LstmDsl.Kernels;

/// <summary>A small number as a type argument, so that loops over it can be written out and dead branches vanish.</summary>
internal interface ICount
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}

/// <summary>1.</summary>
internal readonly struct One : ICount
{
    public static int Value => 1;
}

/// <summary>2.</summary>
internal readonly struct Two : ICount
{
    public static int Value => 2;
}

/// <summary>3.</summary>
internal readonly struct Three : ICount
{
    public static int Value => 3;
}

/// <summary>4.</summary>
internal readonly struct Four : ICount
{
    public static int Value => 4;
}

/// <summary>5.</summary>
internal readonly struct Five : ICount
{
    public static int Value => 5;
}

/// <summary>6.</summary>
internal readonly struct Six : ICount
{
    public static int Value => 6;
}
