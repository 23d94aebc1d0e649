using LstmDsl.CompilerServices;

namespace LstmDsl.Benchmarks;

/// <summary>An LSTM layer's size, and the block of samples that training cuts its batch into.</summary>
internal interface ILstmSize
{
    static abstract int Inputs { get; }

    static abstract int Units { get; }

    static abstract int Timesteps { get; }

    static abstract int Samples { get; }

    static abstract bool ReturnSequences { get; }
}

/// <summary>A layer of a size, with Keras's defaults.</summary>
internal readonly struct SizedLstm<TSize> : ILstmShape where TSize : struct, ILstmSize
{
    public static int Inputs => TSize.Inputs;

    public static int Units => TSize.Units;

    public static Activation Activation => Activation.Tanh;

    public static Activation RecurrentActivation => Activation.Sigmoid;

    public static bool UseBias => true;

    public static bool ReturnSequences => TSize.ReturnSequences;
}

internal readonly struct Lstm20Size : ILstmSize
{
    public static int Inputs => 1;

    public static int Units => 20;

    public static int Timesteps => 20;

    public static int Samples => 8;

    public static bool ReturnSequences => false;
}

internal readonly struct Lstm32Size : ILstmSize
{
    public static int Inputs => 14;

    public static int Units => 32;

    public static int Timesteps => 120;

    public static int Samples => 8;

    public static bool ReturnSequences => false;
}

internal readonly struct Lstm40Size : ILstmSize
{
    public static int Inputs => 1;

    public static int Units => 40;

    public static int Timesteps => 20;

    public static int Samples => 5;

    public static bool ReturnSequences => true;
}

internal readonly struct Lstm128Size : ILstmSize
{
    public static int Inputs => 16;

    public static int Units => 128;

    public static int Timesteps => 100;

    public static int Samples => 8;

    public static bool ReturnSequences => false;
}

internal readonly struct Lstm512Size : ILstmSize
{
    public static int Inputs => 64;

    public static int Units => 512;

    public static int Timesteps => 100;

    public static int Samples => 8;

    public static bool ReturnSequences => false;
}
