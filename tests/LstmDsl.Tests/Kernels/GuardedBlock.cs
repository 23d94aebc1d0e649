using System.Runtime.InteropServices;

namespace LstmDsl.Tests;

/// <summary>
/// A block of floats in which tensors lie apart, each between guards: NaNs of one bit pattern. A kernel that writes beyond its tensor
/// changes a guard; one that reads beyond it and uses what it reads gets NaN.
/// </summary>
internal sealed unsafe class GuardedBlock(int alignment) : IDisposable
{
    private const int Guard = 0x7FC0BEEF;

    /// <summary>Longer than the widest vector, and odd, so that tensors start at any alignment.</summary>
    private const int GuardLength = 19;

    private const int Capacity = 1 << 18;

    private readonly float* block = Allocate();
    private readonly List<(int Offset, int Length)> tensors = [];
    private int end;

    public float* Pointer => block;

    /// <summary>Takes room for a tensor; returns its offset.</summary>
    public int Take(int length)
    {
        var offset = (end + GuardLength + alignment - 1) / alignment * alignment;
        if (offset + length + GuardLength > Capacity) throw new InvalidOperationException("The test's block is too small.");
        tensors.Add((offset, length));
        end = offset + length;
        new Span<float>(block + offset, length).Clear();
        return offset;
    }

    /// <summary>Takes room for a tensor and fills it.</summary>
    public int Take(int length, ref TestNumbers numbers, float scale)
    {
        var offset = Take(length);
        for (var i = 0; i < length; i++) block[offset + i] = numbers.Float(scale);
        return offset;
    }

    public Span<float> this[int offset, int length] => new(block + offset, length);

    public void AssertGuardsStand()
    {
        var at = 0;
        foreach (var (offset, length) in tensors)
        {
            AssertGuard(at, offset);
            at = offset + length;
        }
        AssertGuard(at, at + GuardLength);
    }

    public void Dispose() => NativeMemory.AlignedFree(block);

    private static float* Allocate()
    {
        var block = (float*)NativeMemory.AlignedAlloc(Capacity * sizeof(float), 64);
        new Span<int>(block, Capacity).Fill(Guard);
        return block;
    }

    private void AssertGuard(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (BitConverter.SingleToInt32Bits(block[i]) != Guard) Assert.Fail($"Element {i} lies outside every tensor and was written.");
        }
    }
}
