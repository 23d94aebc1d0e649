using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

/// <summary>Twelve batches' updates of two bare tensors from given gradients, as Keras made them, on ILGPU's devices.</summary>
public sealed class DeviceOptimizerTests
{
    // Two tensors, each on 64 bytes as in any parameter block: a (5, 3), b (4).
    private const int OffsetB = 16;
    private const int BlockLength = 32;

    public static IEnumerable<string> Cases => ParityIndex.Cases("optimizers").Select(ParityIndex.Name);

    [Theory]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void Agrees_with_Keras(string device, string name)
    {
        var parity = ParityCase.On(TestDevices.Get(device), "optimizers", name);
        var optimizer = KerasOptimizers.Make(ParityIndex.Case("optimizers", name).GetProperty("optimizer"));
        var fixture = SafetensorsFixture.Load("optimizers", name);
        var queue = DeviceBlocks.Open(device);
        using var entered = queue.Enter();
        var blocks = new DeviceBlocks(queue, BlockLength, Math.Max(1, optimizer.Slots.Count));
        var (weights, gradients) = (blocks.Program.Parameters, blocks.Program.Gradients);
        for (var slot = 0; slot < optimizer.Slots.Count; slot++)
            queue.Upload<float>(Enumerable.Repeat((float)optimizer.InitialValue(slot), BlockLength).ToArray(), blocks.Program.Slot(slot));
        queue.Upload<float>(fixture.Floats("w.a"), weights);
        queue.Upload<float>(fixture.Floats("w.b"), weights.SubView(OffsetB, 4));
        var update = new UpdateProgram(
            optimizer,
            [
                new("a", TensorRole.Kernel, 0, 5, 3, new Initializer(Init.Zeros)),
                new("b", TensorRole.Bias, OffsetB, 1, 4, new Initializer(Init.Zeros)),
            ]);

        for (var step = 1; step <= 12; step++)
        {
            queue.Upload<float>(fixture.Floats($"g.{step}.a"), gradients);
            queue.Upload<float>(fixture.Floats($"g.{step}.b"), gradients.SubView(OffsetB, 4));
            update.Begin(step, optimizer.LearningRate.At(step - 1));
            update.Run(ref blocks.Backend, BlockLength);
            AssertClose($"{step}");
        }

        if (!optimizer.UseEma)
            return;
        update.TakeAverages(ref blocks.Backend, 0, BlockLength);
        AssertClose("final");

        void AssertClose(string when)
        {
            var found = new float[BlockLength];
            queue.Download(weights, found);
            parity.AssertClose(fixture.Doubles(when + ".a"), found[..15], when + ".a");
            parity.AssertClose(fixture.Doubles(when + ".b"), found[OffsetB..(OffsetB + 4)], when + ".b");
            Assert.All(found[20..], padding => Assert.Equal(0, padding));
        }
    }
}
