using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Where windows or their targets begin. Those that begin at equal distances take no memory, however many they are.
/// </summary>
/// <typeparam name="T">What a place is counted in.</typeparam>
[CollectionBuilder(typeof(Places), nameof(Places.Of))]
internal sealed class Places<T> : IReadOnlyList<T> where T : struct, IBinaryInteger<T>
{
    private readonly T[]? list;
    private readonly T first, step;
    private readonly int offset;

    /// <summary>Takes places; the array is not copied.</summary>
    public Places(T[] list) : this(list, 0, list.Length) { }

    /// <summary>Takes places at equal distances.</summary>
    public Places(T first, T step, int count) => (this.first, this.step, Count) = (first, step, count);

    private Places(T[] list, int offset, int count) => (this.list, this.offset, Count) = (list, offset, count);

    /// <summary>Number of places.</summary>
    public int Count { get; }

    /// <summary>A place.</summary>
    public T this[int index] => list is null ? first + (T.CreateTruncating(index) * step) : list[offset + index];

    /// <summary>Some of them; <c>places[from..to]</c> calls this.</summary>
    public Places<T> Slice(int start, int length) => list is null ? new(this[start], step, length) : new(list, offset + start, length);

    /// <summary>Each place times a factor and moved: at equal distances again where these are.</summary>
    public Places<long> Scaled(long factor, long moved) => list is null
        ? new Places<long>((long.CreateChecked(first) * factor) + moved, long.CreateChecked(step) * factor, Count)
        : new Places<long>([.. this.Select(place => (long.CreateChecked(place) * factor) + moved)]);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes places of what is listed.</summary>
internal static class Places
{
    /// <summary>Takes places.</summary>
    public static Places<T> Of<T>(ReadOnlySpan<T> list) where T : struct, IBinaryInteger<T> => new(list.ToArray());
}
