namespace LstmDsl.Tests;

public class EarlyStoppingTests
{
    [Fact]
    public void A_monitor_that_is_never_produced_is_refused_with_the_ones_that_are()
    {
        var training = new FakeTraining("loss", "val_loss");
        var problem = Assert.Throws<InvalidOperationException>(() => new EarlyStopping("val_los").OnTrainBegin(training));
        Assert.Contains("\"val_los\"", problem.Message, StringComparison.Ordinal);
        Assert.Contains("loss, val_loss", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_monitor_without_validation_says_what_is_missing()
    {
        var problem = Assert.Throws<InvalidOperationException>(() => new EarlyStopping().OnTrainBegin(new FakeTraining("loss")));
        Assert.Contains("validation data", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_direction_that_nothing_tells_is_refused()
    {
        var training = new FakeTraining("loss", "accuracy", "val_accuracy");
        Assert.Throws<InvalidOperationException>(() => new EarlyStopping("val_accuracy").OnTrainBegin(training));
        training.Directions["accuracy"] = Direction.Maximize;
        var stopping = new EarlyStopping("val_accuracy", patience: 2);
        training.Run(stopping, "val_accuracy", 0.1, 0.5, 0.4, 0.3, 0.9);
        Assert.Equal(0.5, stopping.Best);
        Assert.Equal(1, stopping.BestEpoch);
        Assert.Equal(3, stopping.StoppedEpoch);
    }

    [Fact]
    public void NaN_never_improves()
    {
        var stopping = new EarlyStopping(Monitored.ValLoss, patience: 3, restoreBestWeights: true);
        var training = new FakeTraining("val_loss");
        training.Run(stopping, "val_loss", double.NaN, 0.9, double.NaN, double.NaN, double.NaN, 0.1);
        Assert.Equal(0.9, stopping.Best);
        Assert.Equal(4, stopping.StoppedEpoch);
        Assert.Equal(1, training.Weight);
        Assert.Equal("EarlyStopping: val_loss did not improve for 3 epochs (best 0.9 in epoch 2)", training.StopReason);
    }

    [Fact]
    public void Nothing_but_NaN_stops_without_a_best()
    {
        var stopping = new EarlyStopping(Monitored.ValLoss, patience: 2);
        var training = new FakeTraining("val_loss");
        training.Run(stopping, "val_loss", double.NaN, double.NaN, double.NaN);
        Assert.Equal(1, stopping.StoppedEpoch);
        Assert.Null(stopping.Best);
        Assert.Null(stopping.BestEpoch);
        Assert.Equal("EarlyStopping: val_loss did not improve for 2 epochs", training.StopReason);
    }

    [Fact]
    public void An_epoch_without_the_value_counts_for_nothing()
    {
        var stopping = new EarlyStopping(Monitored.ValLoss, patience: 2);
        var training = new FakeTraining("loss", "val_loss");
        stopping.OnTrainBegin(training);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            var logs = new Dictionary<string, double> { ["loss"] = 1 };
            if (epoch % 3 == 2) logs["val_loss"] = 1;
            training.RunEpoch(stopping, epoch, logs);
            Assert.Equal(epoch >= 8, training.StopRequested);
        }
    }

    [Fact]
    public void A_second_run_starts_afresh()
    {
        var stopping = new EarlyStopping(Monitored.ValLoss, patience: 2);
        new FakeTraining("val_loss").Run(stopping, "val_loss", 0.1, 0.2, 0.3, 0.4);
        var second = new FakeTraining("val_loss");
        second.Run(stopping, "val_loss", 5, 4, 3);
        Assert.False(second.StopRequested);
        Assert.Null(stopping.StoppedEpoch);
        Assert.Equal(3, stopping.Best);
    }

    [Fact]
    public void A_resumed_run_goes_on_as_if_it_had_not_stopped()
    {
        double[] values = [1, 0.5, 0.7, 0.8, 0.9, 0.2];
        var whole = new FakeTraining("val_loss");
        whole.Run(new EarlyStopping(Monitored.ValLoss, patience: 3, restoreBestWeights: true), "val_loss", values);

        var before = new EarlyStopping(Monitored.ValLoss, patience: 3, restoreBestWeights: true);
        var first = new FakeTraining("val_loss");
        before.OnTrainBegin(first);
        for (var epoch = 0; epoch < 3; epoch++) first.RunEpoch(before, epoch, Logs(values[epoch]));

        var after = new EarlyStopping(Monitored.ValLoss, patience: 3, restoreBestWeights: true);
        var second = new FakeTraining("val_loss");
        after.OnTrainBegin(second);
        after.Restore(before.Saved());
        Assert.Equal(((IResumable)before).StateName, ((IResumable)after).StateName);
        for (var epoch = 3; epoch < values.Length && !second.StopRequested; epoch++) second.RunEpoch(after, epoch, Logs(values[epoch]));
        after.OnTrainEnd(second);

        Assert.Equal(4, after.StoppedEpoch);
        Assert.Equal(whole.StopReason, second.StopReason);
        Assert.Equal(1, second.Weight);
        Assert.Equal(whole.Weight, second.Weight);
    }

    [Fact]
    public void A_resume_without_the_best_weights_warns_rather_than_restoring_others()
    {
        var stopping = new EarlyStopping(Monitored.ValLoss, patience: 3, restoreBestWeights: true);
        var training = new FakeTraining("val_loss");
        stopping.OnTrainBegin(training);
        stopping.Restore(new() { Numbers = new Dictionary<string, double> { ["wait"] = 1, ["best"] = 0.5, ["best_epoch"] = 1 } });
        training.RunEpoch(stopping, 3, Logs(0.7));
        Assert.Null(stopping.Saved().Weights);
        stopping.OnTrainEnd(training);
        Assert.Equal(3, training.Weight);
        Assert.Contains("best epoch, 2:", Assert.Single(training.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_says_what_it_did()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var stopping = new EarlyStopping(Monitored.ValLoss, patience: 1, verbose: 1, restoreBestWeights: true) { Output = output };
        new FakeTraining("val_loss").Run(stopping, "val_loss", 1, 2);
        Assert.Equal("Epoch 2: early stopping\nRestoring model weights from the end of the best epoch: 1.\n", output.ToString());
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(patience: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(startFromEpoch: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(minDelta: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(mode: (Mode)9));
        Assert.Throws<ArgumentException>(() => new EarlyStopping(default(Monitored)));
    }

    private static Dictionary<string, double> Logs(double value) => new() { ["val_loss"] = value };
}
