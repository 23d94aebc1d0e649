using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>What the shapes below say on this thread, so that one type serves many shapes.</summary>
internal sealed record DrawnShape(int Inputs, int Units)
{
    [ThreadStatic]
    private static DrawnShape? current;

    public Activation Activation { get; init; } = Activation.Tanh;

    public Activation RecurrentActivation { get; init; } = Activation.Sigmoid;

    public double NegativeSlope { get; init; } = 0.2;

    public bool UseBias { get; init; } = true;

    public bool ReturnSequences { get; init; }

    public bool GoBackwards { get; init; }

    public bool ResetAfter { get; init; } = true;

    public static DrawnShape Current
    {
        get => current ?? throw new InvalidOperationException("No shape was set on this thread.");
        set => current = value;
    }
}

internal readonly struct DrawnGated : IGatedShape
{
    public static int Layer => 0;

    public static string Name => "drawn";

    public static int Inputs => DrawnShape.Current.Inputs;

    public static int Units => DrawnShape.Current.Units;

    public static Activation Activation => DrawnShape.Current.Activation;

    public static Activation RecurrentActivation => DrawnShape.Current.RecurrentActivation;

    public static bool UseBias => DrawnShape.Current.UseBias;

    public static bool ReturnSequences => DrawnShape.Current.ReturnSequences;

    public static bool GoBackwards => DrawnShape.Current.GoBackwards;
}

internal readonly struct DrawnSimpleRnn : IRecurrentShape
{
    public static int Layer => 0;

    public static string Name => "drawn";

    public static int Inputs => DrawnShape.Current.Inputs;

    public static int Units => DrawnShape.Current.Units;

    public static Activation Activation => DrawnShape.Current.Activation;

    public static bool UseBias => DrawnShape.Current.UseBias;

    public static bool ReturnSequences => DrawnShape.Current.ReturnSequences;

    public static bool GoBackwards => DrawnShape.Current.GoBackwards;
}

internal readonly struct DrawnDense : IDenseShape
{
    public static int Layer => 0;

    public static string Name => "drawn";

    public static int Inputs => DrawnShape.Current.Inputs;

    public static int Units => DrawnShape.Current.Units;

    public static Activation Activation => DrawnShape.Current.Activation;

    public static bool UseBias => DrawnShape.Current.UseBias;
}

internal readonly struct DrawnActivation : IActivationShape
{
    public static int Layer => 0;

    public static string Name => "drawn";

    public static int Units => DrawnShape.Current.Units;

    public static Activation Activation => DrawnShape.Current.Activation;

    public static double NegativeSlope => DrawnShape.Current.NegativeSlope;
}
