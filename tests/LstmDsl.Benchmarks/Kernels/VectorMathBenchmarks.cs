using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using LstmDsl.Kernels;

namespace LstmDsl.Benchmarks;

/// <summary>The vector functions over 4,096 numbers between −4 and 4, in the first-level cache.</summary>
public unsafe class VectorMathBenchmarks
{
    private const int Length = 4096;

    private readonly AlignedBlock<float> input = new(Length);
    private readonly AlignedBlock<float> output = new(Length);

    private interface IFunction
    {
        static abstract TLanes Of<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes>;
    }

    [GlobalSetup]
    public void Prepare()
    {
        for (var index = 0; index < Length; index++)
            input.Span[index] = (8f * index / Length) - 4;
    }

    [Benchmark(OperationsPerInvoke = Length)]
    public void Exp() => Run<ExpFunction>();

    [Benchmark(OperationsPerInvoke = Length)]
    public void Tanh() => Run<TanhFunction>();

    [Benchmark(OperationsPerInvoke = Length)]
    public void Sigmoid() => Run<SigmoidFunction>();

    private void Run<TFunction>() where TFunction : struct, IFunction
    {
        switch (CpuVectorWidth.Bits)
        {
            case 512: Sweep<TFunction, Lanes512>(input.Pointer, output.Pointer); break;
            case 256: Sweep<TFunction, Lanes256>(input.Pointer, output.Pointer); break;
            default: Sweep<TFunction, Lanes128>(input.Pointer, output.Pointer); break;
        }
    }

    [MethodImpl(KernelCompilation.Loop)]
    private static void Sweep<TFunction, TLanes>(float* from, float* to)
        where TFunction : struct, IFunction
        where TLanes : unmanaged, IVectorLanes<TLanes>
    {
        for (var index = 0; index < Length; index += TLanes.Count)
            TLanes.Store(TFunction.Of(TLanes.Load(from + index)), to + index);
    }

    private readonly struct ExpFunction : IFunction
    {
        public static TLanes Of<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes> => VectorMath.Exp(x);
    }

    private readonly struct TanhFunction : IFunction
    {
        public static TLanes Of<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes> => VectorMath.Tanh(x);
    }

    private readonly struct SigmoidFunction : IFunction
    {
        public static TLanes Of<TLanes>(TLanes x) where TLanes : unmanaged, IVectorLanes<TLanes> => VectorMath.Sigmoid(x);
    }
}
