namespace LstmDsl.Tests;

[Input(4, 2, BatchSize = 3), Lstm(3, Stateful = true, ReturnSequences = true), Gru(2, Stateful = true), Dense(1)]
internal sealed partial class StatefulRun;

[Input(4, 2, Name = "Past", BatchSize = 3), Lstm(3, Stateful = true, Name = "Encoder")]
[Input(2, 1, Name = "Future", BatchSize = 3), Gru(2, Stateful = true), Concatenate("Encoder"), Dense(1)]
internal sealed partial class StatefulBranches;

/// <summary>Between fits a checkpoint holds what stateful layers carry, and a trainer that resumes from it has it.</summary>
public sealed class StatefulResumeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, bool> Cases => new()
    {
        { ".safetensors", false },
        { ".safetensors", true },
        { ".keras", false },
        { ".keras", true },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void TwoFitsAreAFitASaveAResumeAndAFit(string extension, bool hasBranches)
    {
        if (hasBranches)
            GoesOn(seed => new StatefulBranches(seed), extension, between: _ => { });
        else
            GoesOn(seed => new StatefulRun(seed), extension, between: _ => { });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void WhatIsPredictedOrResetBetweenCountsOnBothSidesOfTheFile(string extension, bool hasBranches)
    {
        if (hasBranches)
        {
            GoesOn(seed => new StatefulBranches(seed), extension, between: Reset);
            GoesOn(seed => new StatefulBranches(seed), extension, between: Evaluate);
        }
        else
        {
            GoesOn(seed => new StatefulRun(seed), extension, between: Reset);
            GoesOn(seed => new StatefulRun(seed), extension, between: Evaluate);
        }
    }

    [Fact]
    public void AResumedTrainerWritesWhatItHasRead()
    {
        var (first, second) = (folder.File("first.safetensors"), folder.File("second.safetensors"));
        var before = Trainer(new StatefulRun(seed: 1));
        Fit(before, from: 0, to: 2);
        before.Save(first);
        var after = Trainer(new StatefulRun(seed: 2));
        after.Resume(first);
        after.Save(second);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        Assert.Contains(StatesOf(after), value => value != 0);
    }

    [Fact]
    public void ACheckpointThatTheNextFitWritesAsItBeginsStandsBeforeTheSameEpoch()
    {
        var (between, begun) = (folder.File("between.safetensors"), folder.File("begun.safetensors"));
        var before = Trainer(new StatefulRun(seed: 1));
        Fit(before, from: 0, to: 2);
        before.Save(between);
        var expected = Fit(before, from: 2, to: 4);
        var again = Trainer(new StatefulRun(seed: 2));
        again.Callbacks.Add(new LambdaCallback(onTrainBegin: context => context.Save(begun, weightsOnly: false)));
        again.Resume(between);
        Fit(again, from: 0, to: 4);
        var last = Trainer(new StatefulRun(seed: 3));
        last.Callbacks.Add(new LambdaCallback());
        last.Resume(begun);
        Assert.Equal(2, last.NextEpoch);
        Assert.Equal(expected["loss"], Fit(last, from: 0, to: 4)["loss"].Skip(2));
        Assert.Equal(ModelWeights.Of(before.Model), ModelWeights.Of(last.Model));
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".keras")]
    public void StatesOfAnotherLengthAreRefusedAndChangeNothing(string extension)
    {
        var path = folder.File("stateless" + extension);
        var other = Trainer(new StatefulRun(seed: 1));
        Fit(other, from: 0, to: 1);
        ModelFile.Write(other.State, path, WithoutStates(other.ToCheckpoint()));
        var trainer = Trainer(new StatefulRun(seed: 2));
        var before = ModelWeights.Of(trainer.Model);
        Assert.Equal(
            $"'{path}' holds 0 values that layers carry from batch to batch; those of StatefulRun carry 24. "
            + "Read the file with Load, and begin at an epoch of your choice.",
            Assert.Throws<InvalidDataException>(() => trainer.Resume(path)).Message);
        Assert.Equal(before, ModelWeights.Of(trainer.Model));
        Assert.Equal(0, trainer.NextEpoch);
    }

    private static TrainerCheckpoint WithoutStates(TrainerCheckpoint whole) => whole with { Run = whole.Run with { States = [] } };

    private void GoesOn<TModel>(Func<int, TModel> create, string extension, Action<Trainer<TModel>> between)
        where TModel : class, IRecurrentModel<TModel>
    {
        var (one, other) = (folder.File("one" + extension), folder.File("other" + extension));
        var whole = Trainer(create(1));
        Fit(whole, from: 0, to: 2);
        var stopped = Trainer(create(1));
        Fit(stopped, from: 0, to: 2);
        stopped.Save(one);

        between(stopped);
        stopped.Save(other);
        between(whole);
        var expected = Fit(whole, from: 2, to: 4);

        // Before the file, or behind it.
        foreach (var path in new[] { one, other })
        {
            var resumed = Trainer(create(2));
            resumed.Resume(path);
            if (path == one)
                between(resumed);
            Assert.Equal(StatesOf(stopped), StatesOf(resumed));
            var found = Fit(resumed, from: 0, to: 4);
            Assert.Equal(expected["loss"], found["loss"].Skip(2));
            Assert.Equal(ModelWeights.Of(whole.Model), ModelWeights.Of(resumed.Model));
            Assert.Equal(StatesOf(whole), StatesOf(resumed));
        }
    }

    private static double[] StatesOf<TModel>(Trainer<TModel> trainer) where TModel : class, IRecurrentModel<TModel> => trainer.State.LayerStates!.Copy();

    private static Trainer<TModel> Trainer<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel> =>
        new(model) { Loss = Loss.MeanSquaredError, Optimizer = new Adam(0.02) };

    private static (Samples X, Samples Y) Data<TModel>() where TModel : class, IRecurrentModel<TModel> =>
        RandomSamples.For(TModel.Shape, samples: 9);

    private static History Fit<TModel>(Trainer<TModel> trainer, int from, int to) where TModel : class, IRecurrentModel<TModel>
    {
        var (x, y) = Data<TModel>();
        return trainer.Fit(x, y, batchSize: 3, initialEpoch: from, epochs: to, shuffle: false, verbose: 0);
    }

    private static void Reset<TModel>(Trainer<TModel> trainer) where TModel : class, IRecurrentModel<TModel> => trainer.State.ResetStates();

    private static void Evaluate<TModel>(Trainer<TModel> trainer) where TModel : class, IRecurrentModel<TModel>
    {
        var (x, y) = Data<TModel>();
        trainer.Evaluate(x, y, batchSize: 3);
    }
}
