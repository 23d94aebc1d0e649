namespace LstmDsl.Tests;

/// <summary>Every loss with its gradient, without and with weights of samples, as Keras computed them, on ILGPU's devices.</summary>
public sealed class DeviceLossTests
{
    public static IEnumerable<string> Cases => ParityIndex.Cases("losses").Select(ParityIndex.Name);

    [Theory]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void Agrees_with_Keras(string device, string name)
    {
        var parity = ParityCase.On(TestDevices.Get(device), "losses", name);
        var loss = KerasLosses.Of(ParityIndex.Case("losses", name).GetProperty("loss"));
        var fixture = SafetensorsFixture.Load("losses", name);
        var queue = DeviceBlocks.Open(device);
        using var entered = queue.Enter();
        foreach (var (suffix, weights) in new[] { ("", []), (".weighted", fixture.Floats("sample_weight")) })
        {
            var batch = new LossBatch(queue, fixture.Floats("y"), fixture.Floats("pred"), fixture.Shape("pred")[^1], weights);
            var rounding = KerasLosses.Rounding(loss, batch.MeanWeight);
            parity.AssertClose([fixture.Single("loss" + suffix) + rounding], [batch.Loss(loss)], "loss" + suffix);
            parity.AssertClose(fixture.Doubles("g" + suffix), batch.Gradient(), "gradient" + suffix);
        }
    }
}
