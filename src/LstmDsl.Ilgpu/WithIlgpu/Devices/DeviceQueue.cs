using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using LstmDsl.Kernels;

namespace LstmDsl;

/// <summary>
/// The way to a device: launches and copies, which run there one after the other. Whoever uses it holds <see cref="Enter"/>'s lock, so that
/// sessions and predictors on any threads may share it.
/// </summary>
/// <param name="name">The device's name.</param>
/// <param name="accelerator">The device.</param>
/// <param name="plan">How kernels are laid out here.</param>
/// <param name="memory">Bytes that it has; null for as many as there are.</param>
/// <param name="readsKernels">Whether ILGPU compiles what runs here; see <see cref="UnreadKernel{TKernel, TArguments}"/>.</param>
internal sealed class DeviceQueue(string name, Accelerator accelerator, LaunchPlan plan, long? memory, bool readsKernels)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Type, Delegate> launchers = [];

    /// <summary>How kernels are laid out here.</summary>
    public LaunchPlan Plan => plan;

    /// <summary>Whether a kernel did not compile, after which nothing here does.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The device's name.</summary>
    public string Name => name;

    /// <summary>Kernels that have been launched.</summary>
    public long Launches { get; private set; }

    /// <summary>Memory that is free now, in bytes; of the computer's own, what this process may use.</summary>
    public long FreeMemory => accelerator is CudaAccelerator cuda
        ? cuda.GetFreeMemory()
        : memory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Takes the queue for the calling thread until the result is disposed.</summary>
    public Lock.Scope Enter()
    {
        var scope = gate.EnterScope();
        accelerator.Bind();
        return scope;
    }

    /// <summary>Makes a buffer of zeros.</summary>
    public MemoryBuffer1D<T, Stride1D.Dense> Allocate<T>(long length) where T : unmanaged
    {
        var buffer = TryAllocate<T>(length);
        if (buffer is null)
        {
            // What sessions have dropped is given back when they are collected.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            buffer = TryAllocate<T>(length);
        }

        if (buffer is null)
        {
            throw new InsufficientMemoryException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} has no room for {length * Unsafe.SizeOf<T>():N0} bytes more; {FreeMemory:N0} bytes are free."));
        }

        // The whole buffer: see Clear for parts of one.
        buffer.MemSetToZero(accelerator.DefaultStream);
        return buffer;
    }

    /// <summary>Runs a kernel.</summary>
    /// <param name="groups">Number of groups.</param>
    /// <param name="groupSize">Threads of a group.</param>
    /// <param name="arguments">The kernel's arguments.</param>
    public void Launch<TKernel, TArguments>(int groups, int groupSize, TArguments arguments)
        where TKernel : struct, IDeviceKernel<TArguments>
        where TArguments : struct
    {
        var launcher = launchers.TryGetValue(typeof(TKernel), out var known) ? known : Load<TKernel, TArguments>();
        var launch = (Action<AcceleratorStream, KernelConfig, TArguments>)launcher;
        Launches++;
        launch(accelerator.DefaultStream, new KernelConfig(groups, groupSize), arguments);
    }

    /// <summary>Copies to the device, and waits: the source may change as soon as this returns.</summary>
    public void Upload<T>(ReadOnlySpan<T> source, ArrayView<T> destination) where T : unmanaged
    {
        if (source.Length > 0)
            destination.SubView(0, source.Length).CopyFromCPU(accelerator.DefaultStream, source);
    }

    /// <summary>Copies to the device without waiting; the source is pinned, and does not change before <see cref="Synchronize"/>.</summary>
    public void UploadLater<T>(ReadOnlySpan<T> pinned, ArrayView<T> destination) where T : unmanaged =>
        destination.CopyFromCPUUnsafeAsync(accelerator.DefaultStream, ref MemoryMarshal.GetReference(pinned), pinned.Length);

    /// <summary>Waits, and copies from the device.</summary>
    public void Download<T>(ArrayView<T> source, Span<T> destination) where T : unmanaged
    {
        if (destination.Length > 0)
            source.SubView(0, destination.Length).CopyToCPU(accelerator.DefaultStream, destination);
    }

    /// <summary>Copies on the device.</summary>
    public void Copy(ArrayView<float> source, ArrayView<float> destination) => source.CopyTo(accelerator.DefaultStream, destination);

    /// <summary>Writes zeros. By a kernel: of a part of a buffer, ILGPU 1.5.3's MemSet scales the offset twice on OpenCL.</summary>
    public void Clear<T>(ArrayView<T> view) where T : unmanaged
    {
        var length = checked((int)view.Length);
        Launch<ClearKernel<T>, ClearArguments<T>>(
            plan.ElementGroups(length), plan.ElementGroup, new ClearArguments<T> { View = view, Length = length });
    }

    /// <summary>Waits until everything has run.</summary>
    public void Synchronize() => accelerator.DefaultStream.Synchronize();

    /// <summary>Lets go of what ILGPU read and optimised for a kernel, which it would keep for good: megabytes for each.</summary>
    public static void ForgetMethods(Context context)
    {
        using var generation = context.BeginCodeGeneration();
        generation.IRContext.ClearCache(ClearCacheMode.Default);
    }

    private MemoryBuffer1D<T, Stride1D.Dense>? TryAllocate<T>(long length) where T : unmanaged
    {
        try
        {
            return accelerator.Allocate1D<T>(Math.Max(1, length));
        }
        catch (Exception problem) when (problem is AcceleratorException or OutOfMemoryException)
        {
            return null;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "ILGPU's compiler throws anything.")]
    private Action<AcceleratorStream, KernelConfig, TArguments> Load<TKernel, TArguments>()
        where TKernel : struct, IDeviceKernel<TArguments>
        where TArguments : struct
    {
        try
        {
            var launcher = readsKernels
                ? accelerator.LoadKernel<TArguments>(TKernel.Run)
                : accelerator.LoadKernel<TArguments>(UnreadKernel<TKernel, TArguments>.Run);
            launchers.Add(typeof(TKernel), launcher);
            ForgetMethods(accelerator.Context);
            return launcher;
        }
        catch (Exception problem)
        {
            IsBroken = true;
            throw new NotSupportedException($"{typeof(TKernel).Name} could not be compiled for {name}: {problem.Message}", problem);
        }
    }
}
