using ILGPU;
using ILGPU.IR;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// A device, and the one queue through which everything reaches it. It has a context of its own: a kernel that does not compile leaves a
/// context of ILGPU's useless, so that another one is made then.
/// </summary>
internal sealed class DeviceConnection : IlgpuConnection
{
    private readonly Action<Context.Builder> select;
    private readonly LaunchPlan plan;
    private readonly bool readsKernels;
    private readonly Lock opening = new();
    private readonly Dictionary<MatrixPrecision, DeviceConnection> others = [];
    private DeviceQueue? queue;

    private DeviceConnection(
        string name, string hardware, long? memory, bool isGpu, LaunchPlan plan, Action<Context.Builder> select, bool readsKernels = true)
    {
        Name = name;
        Hardware = hardware;
        MemoryBytes = memory;
        IsGpu = isGpu;
        this.plan = plan;
        this.select = select;
        this.readsKernels = readsKernels;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Hardware { get; }

    /// <inheritdoc/>
    public override long? MemoryBytes { get; }

    /// <inheritdoc/>
    public override bool IsGpu { get; }

    /// <inheritdoc/>
    public override MatrixPrecision Precision => plan.Precision;

    /// <summary>A CUDA device.</summary>
    public static DeviceConnection ToCuda(CudaDevice device, string name)
    {
        var id = device.DeviceId;
        var plan = LaunchPlan.ForGpu(device.MaxNumThreadsPerGroup) with { HasTensorCores = Kernels.TensorCores.AreIn(device) };
        return new(name, device.Name, device.MemorySize, isGpu: true, plan, builder => builder.Cuda(other => other.DeviceId == id));
    }

    /// <summary>An OpenCL device.</summary>
    public static DeviceConnection ToOpenCl(CLDevice device, string name)
    {
        var id = device.DeviceId;
        var isGpu = device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU);
        var plan = LaunchPlan.ForGpu(device.MaxNumThreadsPerGroup);
        return new(name, device.Name, device.MemorySize, isGpu, plan, builder => builder.OpenCL(other => other.DeviceId == id));
    }

    /// <summary>ILGPU's CPU accelerator.</summary>
    /// <param name="plan">How kernels are laid out; tests try others than the usual.</param>
    /// <param name="memory">Bytes that it is said to have; null for as many as there are.</param>
    /// <param name="readsKernels">Whether ILGPU compiles kernels, as it does for other devices, although they run without that.</param>
    public static DeviceConnection ToCpuAccelerator(LaunchPlan plan, long? memory = null, bool readsKernels = false)
    {
        var threads = Math.Max(2, Math.Max(plan.MaximumSequenceGroup, Math.Max(plan.ElementGroup, plan.MaximumTileGroup)));
        return new(
            "ilgpu-cpu",
            $"ILGPU's CPU accelerator, {plan.MaximumGroups} processors",
            memory,
            isGpu: false,
            plan,
            builder => builder.CPU(new CPUDevice(numThreadsPerWarp: threads, numWarpsPerMultiprocessor: 1, plan.MaximumGroups)),
            readsKernels);
    }

    /// <summary>The settings of every context: the algorithms that PTX lacks, and the operations that ILGPU lacks.</summary>
    public static void Configure(Context.Builder builder)
    {
        builder.EnableAlgorithms().Optimize(OptimizationLevel.O2).Inlining(InliningMode.Aggressive);
        Kernels.DeviceIntrinsics.Register(builder.GetIntrinsicManager());
    }

    /// <inheritdoc/>
    public override TrainingSession CreateTrainingSession<TModel>(TrainingSetup setup) => new IlgpuTrainingSession<TModel>(Open(), setup);

    /// <inheritdoc/>
    public override Predictor CreatePredictor<TModel>(ModelState state) => new IlgpuPredictor<TModel>(Open(), state);

    /// <inheritdoc/>
    public override IlgpuConnection In(MatrixPrecision precision)
    {
        if (precision == Precision)
            return this;
        lock (opening)
        {
            if (!others.TryGetValue(precision, out var other))
            {
                var named = plan with { Precision = precision };
                other = new(Name + PrecisionNames.Suffix(precision), Hardware, MemoryBytes, IsGpu, named, select, readsKernels);
                others.Add(precision, other);
            }

            return other;
        }
    }

    /// <summary>The queue; a new one after a kernel that did not compile.</summary>
    public DeviceQueue Open()
    {
        lock (opening)
        {
            if (queue is null || queue.IsBroken)
            {
                var context = Context.Create(builder =>
                {
                    select(builder);
                    Configure(builder);
                });
                queue = new DeviceQueue(Name, context.Devices[0].CreateAccelerator(context), plan, MemoryBytes, readsKernels);
            }

            return queue;
        }
    }
}
