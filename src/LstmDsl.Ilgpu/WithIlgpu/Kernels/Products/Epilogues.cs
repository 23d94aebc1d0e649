using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>What becomes of a product's elements before they are written.</summary>
internal interface IEpilogue
{
    /// <summary>The element to write.</summary>
    static abstract float Apply(float value);
}

/// <summary>Nothing.</summary>
internal readonly struct NoEpilogue : IEpilogue
{
    public static float Apply(float value) => value;
}

/// <summary>A dense layer's activation.</summary>
internal readonly struct DenseEpilogue<TShape> : IEpilogue where TShape : struct, IDenseShape
{
    public static float Apply(float value) => Activations.Apply(TShape.Activation, new DeviceLane(value)).Value;
}
