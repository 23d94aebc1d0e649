using ILGPU.IR.Intrinsics;

namespace LstmDsl.Kernels;

/// <summary>
/// A kernel that ILGPU does not read. On its CPU accelerator .NET runs the method as it compiled it: what ILGPU would make of it, in most of
/// the time that a small model takes there, is thrown away.
/// </summary>
internal readonly struct UnreadKernel<TKernel, TArguments> : IDeviceKernel<TArguments>
    where TKernel : struct, IDeviceKernel<TArguments>
    where TArguments : struct
{
    /// <inheritdoc/>
    public static void Run(TArguments arguments) => RunUnread(arguments);

    // The body of what is said to be an operation of the device's own is not looked at.
    [IntrinsicImplementation]
    private static void RunUnread(TArguments arguments) => TKernel.Run(arguments);
}
