using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LstmDsl;

/// <summary>
/// A CUDA or OpenCL device, or ILGPU's own CPU accelerator, which runs the same kernels slowly and is there to check them. A trainer takes
/// it like any other device: <c>new JenaModel.Trainer(model, IlgpuDevice.Best())</c>. Weights, gradients, the optimizer's state,
/// activations and the data set stay on it while it trains. Every layer, loss, optimizer and metric runs there; streams do not.
/// </summary>
/// <remarks>
/// ILGPU compiles kernels at run time, so that this does not work in an application that is published as native code or trimmed. A build
/// for which no package source had ILGPU has the same surface and no device; <see cref="Status"/> says so.
/// </remarks>
public sealed class IlgpuDevice : Device
{
    internal const string WhyNotNative = "ILGPU reads the kernels' code and compiles it at run time.";

    private readonly IlgpuConnection plain;
    private readonly IlgpuConnection connection;

    internal IlgpuDevice(IlgpuConnection connection)
        : this(connection, connection)
    {
    }

    private IlgpuDevice(IlgpuConnection plain, IlgpuConnection connection) => (this.plain, this.connection) = (plain, connection);

    /// <summary>
    /// The name that <see cref="Find"/> knows it by: <c>cuda:0</c>, <c>opencl:1</c> or <c>ilgpu-cpu</c>, and behind it <c>/tf32</c> or
    /// <c>/bf16</c> where it has that precision.
    /// </summary>
    public string Name => connection.Name;

    /// <summary>How precisely it multiplies matrices; <see cref="MatrixPrecision.Float32"/> unless <see cref="In"/> said otherwise.</summary>
    public MatrixPrecision Precision => connection.Precision;

    /// <summary>What the driver calls it.</summary>
    public string Hardware => connection.Hardware;

    /// <summary>Its memory in bytes; null where it is the computer's own.</summary>
    public long? MemoryBytes => connection.MemoryBytes;

    /// <inheritdoc/>
    public override string Description => MemoryBytes is { } bytes
        ? string.Create(CultureInfo.InvariantCulture, $"{Name}, {Hardware}, {bytes / (double)(1L << 30):0.#} GiB")
        : $"{Name}, {Hardware}";

    /// <summary>One line: what was looked for, and what was found.</summary>
    public static string Status
    {
        [RequiresDynamicCode(WhyNotNative)]
        [RequiresUnreferencedCode(WhyNotNative)]
        get => IlgpuPlatform.Missing ?? Found(Enumerate());
    }

    /// <summary>All devices: CUDA's, OpenCL's, and ILGPU's CPU accelerator last; none in a build without ILGPU.</summary>
    [RequiresDynamicCode(WhyNotNative)]
    [RequiresUnreferencedCode(WhyNotNative)]
    public static IReadOnlyList<IlgpuDevice> Enumerate() =>
        [.. IlgpuPlatform.Connections.Select(connection => new IlgpuDevice(connection))];

    /// <summary>
    /// The first CUDA device, else the first graphics processor that OpenCL reaches, else the native CPU kernels, in which case one line
    /// says what was looked for, what was found and what runs instead.
    /// </summary>
    /// <param name="report">Takes that line; default: standard error.</param>
    [RequiresDynamicCode(WhyNotNative)]
    [RequiresUnreferencedCode(WhyNotNative)]
    public static Device Best(Action<string>? report = null)
    {
        if (Enumerate().FirstOrDefault(device => device.connection.IsGpu) is { } gpu)
            return gpu;

        (report ?? Console.Error.WriteLine)($"{Status}; running on {Cpu.Description} instead");
        return Cpu;
    }

    /// <summary>A device by its name, for command lines.</summary>
    /// <param name="name">
    /// <c>cuda:0</c>, <c>opencl:1</c> and so on; <c>cuda</c> or <c>opencl</c> for the first one; <c>ilgpu-cpu</c>; each of these with
    /// <c>/tf32</c> or <c>/bf16</c> behind it for another precision (<see cref="In"/>); <c>cpu</c> for the native CPU kernels; <c>best</c>
    /// for <see cref="Best"/>.
    /// </param>
    /// <exception cref="ArgumentException">There is no such device; the message lists what there is.</exception>
    [RequiresDynamicCode(WhyNotNative)]
    [RequiresUnreferencedCode(WhyNotNative)]
    public static Device Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == "cpu")
            return Cpu;
        if (name == "best")
            return Best();

        var devices = Enumerate();
        var (plain, precision) = PrecisionNames.Split(name);
        if (devices.FirstOrDefault(device => device.Name == plain || device.Name == plain + ":0") is { } found)
            return found.In(precision);

        var names = string.Join(", ", devices.Select(device => device.Name).Prepend("cpu").Append("best"));
        throw new ArgumentException($"There is no device \"{name}\": {Status}. The devices here are {names}.");
    }

    /// <summary>
    /// The same device, which multiplies matrices in another precision: <c>IlgpuDevice.Find("cuda:0")</c> in TF32 is
    /// <c>IlgpuDevice.Find("cuda:0/tf32")</c>. Products are those of dense layers and convolutions, of inputs with kernels, of gradients, and of
    /// states in recurrent layers of more than 128 units. CUDA devices of compute capability 8.0 and more use their tensor cores; other devices
    /// round as these do and multiply as ever, which is no faster.
    /// </summary>
    /// <param name="precision">The precision.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such precision.</exception>
    public IlgpuDevice In(MatrixPrecision precision) => new(plain, plain.In(precision));

    /// <inheritdoc/>
    internal override TrainingSession CreateTrainingSession<TModel>(TrainingSetup setup) => connection.CreateTrainingSession<TModel>(setup);

    /// <inheritdoc/>
    internal override Predictor CreatePredictor<TModel>(CompilerServices.ModelState state) => connection.CreatePredictor<TModel>(state);

    [RequiresDynamicCode(WhyNotNative)]
    [RequiresUnreferencedCode(WhyNotNative)]
    private static string Found(IReadOnlyList<IlgpuDevice> devices)
    {
        var hardware = devices.Where(device => device.MemoryBytes is not null).Select(device => device.Description);
        var found = string.Join("; ", hardware.Concat(IlgpuPlatform.Unsuitable));
        return $"looked for CUDA and OpenCL devices, found {(found.Length == 0 ? "none" : found)}";
    }
}
