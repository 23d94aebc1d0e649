using System.Runtime.CompilerServices;

namespace LstmDsl;

/// <summary>
/// A flat block of numbers that starts on 64 bytes and never moves: managed and pinned, so that nothing has to be disposed of and
/// kernels can use plain pointers for as long as the block is reachable.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class AlignedBlock<T> where T : unmanaged
{
    private const int Alignment = 64;

    private readonly T[] storage;
    private readonly int start;

    /// <summary>Makes a block of zeros.</summary>
    public AlignedBlock(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        storage = GC.AllocateArray<T>(checked(length + (Alignment / sizeof(T))), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref storage[0]);
        var misalignment = (int)(address % Alignment);
        start = misalignment == 0 ? 0 : (Alignment - misalignment) / sizeof(T);
        Length = length;
    }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>The first element. Valid while this object is reachable.</summary>
    public T* Pointer => (T*)Unsafe.AsPointer(ref storage[start]);

    /// <summary>All elements.</summary>
    public Span<T> Span => storage.AsSpan(start, Length);
}
