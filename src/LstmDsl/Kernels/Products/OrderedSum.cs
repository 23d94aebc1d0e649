using System.Runtime.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>A sum in double of floats in ascending order, so that it is the same for every vector width.</summary>
internal unsafe struct OrderedSum
{
    /// <summary>The sum so far.</summary>
    public double Value { get; private set; }

    /// <summary>Adds the lanes, first to last.</summary>
    [MethodImpl(KernelCompilation.Loop)]
    public void Add<TLanes>(TLanes values) where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        var buffer = stackalloc float[TLanes.Count];
        TLanes.Store(values, buffer);
        for (var lane = 0; lane < TLanes.Count; lane++) Value += buffer[lane];
    }
}
