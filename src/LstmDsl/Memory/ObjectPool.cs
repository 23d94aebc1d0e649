namespace LstmDsl;

/// <summary>Keeps objects for the next caller, without locks. Holds as many as were in use at once, up to a limit.</summary>
/// <typeparam name="T">What is kept.</typeparam>
internal sealed class ObjectPool<T>(Func<T> create) where T : class
{
    private const int Limit = 128;

    private readonly T?[] kept = new T?[Limit];

    /// <summary>Takes one, or makes one.</summary>
    public T Rent()
    {
        foreach (ref var place in kept.AsSpan())
        {
            if (place is not null && Interlocked.Exchange(ref place, null) is { } taken)
                return taken;
        }

        return create();
    }

    /// <summary>Gives one back.</summary>
    public void Return(T item)
    {
        foreach (ref var place in kept.AsSpan())
        {
            if (place is null && Interlocked.CompareExchange(ref place, item, null) is null)
                return;
        }
    }
}
