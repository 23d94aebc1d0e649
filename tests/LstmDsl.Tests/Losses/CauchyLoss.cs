using System.Numerics;

namespace LstmDsl.Tests;

/// <summary>A user's own loss: ln(1 + (error / width)²).</summary>
internal readonly struct CauchyLoss : ILossFunction
{
    public float Width { get; init; }

    public T Value<T>(T target, T prediction) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var error = (prediction - target) / T.CreateTruncating(Width);
        return T.Log(T.One + (error * error));
    }

    public T Derivative<T>(T target, T prediction) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var error = (prediction - target) / T.CreateTruncating(Width);
        return (T.One + T.One) * error / (T.CreateTruncating(Width) * (T.One + (error * error)));
    }
}
