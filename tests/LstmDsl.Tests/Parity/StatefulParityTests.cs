using System.Numerics;
using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

/// <summary>
/// Three batches in a row through stateful layers and the first again after a reset, as Keras computed them, on each backend and with both
/// the inference and the training plan.
/// </summary>
public sealed class StatefulParityTests
{
    [Fact]
    public void AnLstm() => CheckBackends<StatefulLstm>("stateful_lstm");

    [Fact]
    public void AGruThatGivesSequences() => CheckBackends<StatefulGruSequence>("stateful_gru_sequence");

    [Fact]
    public void AStack() => CheckBackends<StatefulStack>("stateful_stack");

    [Fact]
    public void NoCaseIsLeftOut() =>
        Assert.Equal(["stateful_lstm", "stateful_gru_sequence", "stateful_stack"], ParityIndex.Cases("stateful").Select(ParityIndex.Name));

    private static void CheckBackends<TModel>(string name) where TModel : class, IRecurrentModel<TModel>
    {
        Check<TModel, ReferenceBackend<double>, double>(name);
        Check<TModel, ReferenceBackend<float>, float>(name);
        Check<TModel, CpuBackend<Lanes128>, float>(name);
        Check<TModel, CpuBackend<Lanes256>, float>(name);
        Check<TModel, CpuBackend<Lanes512>, float>(name);
    }

    private static void Check<TModel, TBackend, T>(string name)
        where TModel : class, IModelProgram<TModel>
        where TBackend : struct, IHostBackend<TBackend, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parity = ParityCase.On<TBackend, T>("stateful", name);
        var fixture = SafetensorsFixture.Load("stateful", name);
        var run = new ProgramRun<TModel, TBackend, T>();
        foreach (var (tensor, path) in KerasPaths.Of(TModel.Plan))
            run.SetWeight(tensor, fixture.Floats("w." + path));

        var samples = TModel.Plan.BatchSize;
        Assert.Equal(samples, fixture.Shape("0.x")[0]);
        foreach (var training in new[] { false, true })
        {
            run.States.Reset();
            for (var batch = 0; batch < 3; batch++)
                Compare($"{batch}.x", $"{batch}.pred");
            run.States.Reset();
            Compare("0.x", "reset.pred");

            void Compare(string x, string prediction)
            {
                var expected = fixture.Doubles(prediction);
                var found = training
                    ? run.Train(fixture.Floats(x), new float[expected.Length], samples, Loss.MeanSquaredError).Prediction
                    : run.Predict(fixture.Floats(x), samples);
                parity.AssertClose(expected, found, prediction);
            }
        }
    }
}
