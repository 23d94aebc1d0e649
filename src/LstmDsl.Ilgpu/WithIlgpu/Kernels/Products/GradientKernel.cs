using ILGPU;

namespace LstmDsl.Kernels;

/// <summary>Up to six products of one launch, whose tiles follow one another; the last of them are often empty.</summary>
internal struct GradientArguments
{
    /// <summary>Products of a launch at most: those of a recurrent and a dense layer, and some more.</summary>
    public const int Products = 6;

    public ProductArguments Product0;
    public ProductArguments Product1;
    public ProductArguments Product2;
    public ProductArguments Product3;
    public ProductArguments Product4;
    public ProductArguments Product5;

    /// <summary>Where the tiles of each product but the first begin, and where all end.</summary>
    public int First1, First2, First3, First4, First5, End;
}

/// <summary>The gradients of several weights, each of which is added to what stands there.</summary>
internal readonly struct GradientKernel<TTile> : IDeviceKernel<GradientArguments> where TTile : struct, ITile
{
    public static void Run(GradientArguments arguments)
    {
        var shared = SharedMemory.Allocate1D<float, Stride1D.Dense>(TileProduct<TTile>.SharedFloats, default);
        for (var tile = Grid.IdxX; tile < arguments.End; tile += Grid.DimX)
        {
            var product = arguments.Product0;
            var first = 0;
            if (tile >= arguments.First1)
                (product, first) = (arguments.Product1, arguments.First1);
            if (tile >= arguments.First2)
                (product, first) = (arguments.Product2, arguments.First2);
            if (tile >= arguments.First3)
                (product, first) = (arguments.Product3, arguments.First3);
            if (tile >= arguments.First4)
                (product, first) = (arguments.Product4, arguments.First4);
            if (tile >= arguments.First5)
                (product, first) = (arguments.Product5, arguments.First5);
            ProductTile<TTile, NoEpilogue>.Run(product, shared, tile - first);
        }
    }
}
