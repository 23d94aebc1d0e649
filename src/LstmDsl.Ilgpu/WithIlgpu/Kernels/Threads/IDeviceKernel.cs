namespace LstmDsl.Kernels;

/// <summary>
/// A kernel: a struct without fields whose <see cref="Run"/> every thread of a launch executes. Its type arguments are the constants it
/// is compiled with; everything else is in its arguments, numbers and views of device memory.
/// </summary>
/// <remarks>
/// Every kernel takes any number of groups, and strides through its work by it; results depend neither on that number nor, but for sums,
/// on the size of a group. What runs here may not throw, and uses no classes.
/// </remarks>
/// <typeparam name="TArguments">Its arguments.</typeparam>
internal interface IDeviceKernel<in TArguments> where TArguments : struct
{
    /// <summary>What one thread does.</summary>
    static abstract void Run(TArguments arguments);
}
