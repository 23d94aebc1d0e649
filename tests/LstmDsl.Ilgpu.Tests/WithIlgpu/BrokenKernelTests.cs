using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>A kernel that does not compile is reported, and does not take the device with it.</summary>
public sealed class BrokenKernelTests
{
    [Fact]
    public void A_kernel_that_does_not_compile_is_named_and_the_next_session_works()
    {
        var connection = DeviceConnection.ToCpuAccelerator(LaunchPlan.ForCpuAccelerator, readsKernels: true);
        var queue = connection.Open();
        var problem = Assert.Throws<NotSupportedException>(() =>
        {
            using var entered = queue.Enter();
            queue.Launch<ThrowingKernel, RearrangeArguments>(1, 1, default);
        });
        Assert.StartsWith("ThrowingKernel could not be compiled for ilgpu-cpu: ", problem.Message, StringComparison.Ordinal);
        Assert.NotSame(queue, connection.Open());

        var prediction = new float[1];
        var model = new LstmOneSample(seed: 1);
        new Predictor<LstmOneSample>(model, new IlgpuDevice(connection)).Predict(new float[24], prediction);
        Assert.True(float.IsFinite(prediction[0]));
    }

    private readonly struct ThrowingKernel : IDeviceKernel<RearrangeArguments>
    {
        public static void Run(RearrangeArguments arguments) => throw new InvalidOperationException();
    }
}
