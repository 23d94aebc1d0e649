namespace LstmDsl.Tests;

public class LambdaCallbackTests
{
    [Fact]
    public void Calls_each_function_at_its_moment()
    {
        var calls = new List<string>();
        var training = new FakeTraining("loss") { BatchesInEpoch = 2 };
        var callback = new LambdaCallback(
            onEpochEnd: run => calls.Add($"epoch {run.Epoch} ends"),
            onBatchEnd: run => calls.Add($"batch {run.Batch} ends"),
            onEpochBegin: run => calls.Add($"epoch {run.Epoch} begins"),
            onTrainBegin: _ => calls.Add("begin"),
            onTrainEnd: _ => calls.Add("end"));
        training.Run(callback, "loss", 1);
        Assert.Equal(["begin", "epoch 0 begins", "batch 0 ends", "batch 1 ends", "epoch 0 ends", "end"], calls);
    }

    [Fact]
    public void Batches_are_wanted_only_where_a_function_takes_them()
    {
        Assert.False(new LambdaCallback(onEpochEnd: _ => { }).WantsBatches);
        Assert.True(new LambdaCallback(onBatchEnd: _ => { }).WantsBatches);
        new FakeTraining("loss").Run(new LambdaCallback(), "loss", 1);
    }
}
