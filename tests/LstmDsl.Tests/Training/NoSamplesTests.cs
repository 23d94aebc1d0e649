namespace LstmDsl.Tests;

public sealed class NoSamplesTests
{
    [Fact]
    public void Of_no_windows_nothing_is_predicted()
    {
        var model = new SmallStack(seed: 1);
        Assert.Empty(model.Predict(new float[0, 12, 2]));
        model.Predict(default, default);
        foreach (var device in new[] { Device.Cpu, Device.Reference, Device.ReferenceDouble })
            new Predictor<SmallStack>(model, device).Predict(default, default);
        Assert.Throws<ArgumentException>(() => model.Predict(default, new float[1]));
    }
}
