namespace LstmDsl.Tests;

[Input(1, 3), Flatten, Dense(3, Activation = Activation.Softmax)]
internal sealed partial class ThreeClasses;

/// <summary>
/// Where a model ends in sigmoid or softmax, the crossentropies that belong to it work from its logits on every device: a head that is sure
/// and wrong costs what it should, and still learns.
/// </summary>
public sealed class SaturatedHeadTests
{
    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void A_probability_that_is_sure_and_wrong_costs_its_logit(string device) =>
        SaturatedHeads.AProbabilityCostsItsLogit(TestDevices.Get(device));

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void A_class_that_is_sure_and_wrong_costs_its_logit(string device)
    {
        var model = new ThreeClasses(seed: 1);
        model.Dense.Kernel.CopyFrom([1, 0, 0, 0, 1, 0, 0, 0, 1]);
        var trainer = new ThreeClasses.Trainer(model, TestDevices.Get(device))
        {
            Optimizer = new Sgd(0.001),
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = { Metric.SparseCategoricalCrossentropy() },
        };
        float[,,] x = { { { 100, 0, -20 } }, { { -200, 50, 0 } } };
        float[,] y = { { 1 }, { 0 } };

        // ln Σ eˣ is the highest logit, to float's precision.
        Assert.Equal(1, trainer.Evaluate(x, y).Loss / 175, SaturatedHeads.Tolerance);
        var step = trainer.TrainOnBatch(x, y);
        Assert.Equal(1, step.Loss / 175, SaturatedHeads.Tolerance);
        Assert.Equal(1, step[Monitored.Of(Metric.SparseCategoricalCrossentropy())] / 175, SaturatedHeads.Tolerance);
        // Of the first input: half of 100 · (1, −1, 0) from the first sample, and of −200 · (−1, 1, 0) from the second.
        Assert.Equal(1 - (0.001 * 150), model.Dense.Kernel[0, 0], SaturatedHeads.Tolerance);
        Assert.Equal(0.001 * 150, model.Dense.Kernel[0, 1], SaturatedHeads.Tolerance);
        Assert.Equal(0, model.Dense.Kernel[0, 2], SaturatedHeads.Tolerance);
    }

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void A_sigmoid_head_trains_as_its_logits_do(string device) =>
        SaturatedHeads.ASigmoidTrainsAsItsLogitsDo(TestDevices.Get(device), samples: 7, batchSize: 5);

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void A_softmax_head_trains_as_its_logits_do(string device) =>
        SaturatedHeads.ASoftmaxTrainsAsItsLogitsDo(TestDevices.Get(device), samples: 7, batchSize: 5);

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void What_the_output_costs_is_added_to_the_logits_gradient(string device)
    {
        SameStep<CostlyProbabilities>(device, Loss.BinaryCrossentropy());
        SameStep<CostlyClasses>(device, Loss.CategoricalCrossentropy());
    }

    /// <summary>Loss and gradients, without and with weights, against the scalar reference in double.</summary>
    private static void SameStep<TModel>(string device, Loss loss) where TModel : class, IRecurrentModel<TModel>
    {
        const int Count = 5;
        var shape = TModel.Shape;
        var model = TModel.Create(seed: 6);
        foreach (var weights in new double[]?[] { null, [0.5, 2, 1, 0, 1.5] })
        {
            var batch = new DeviceBatch
            {
                X = SaturatedHeads.Waves(Count * shape.InputLength, 0.37),
                Y = Array.ConvertAll(SaturatedHeads.Waves(Count * shape.OutputLength, 0.61), Math.Abs),
                Samples = Count,
                Loss = loss,
                Weights = weights,
            };
            var expected = DeviceStep<TModel>.Run(Device.ReferenceDouble, model, batch);
            var found = DeviceStep<TModel>.Run(TestDevices.Get(device), model, batch);
            Close.Relative([expected.Loss], [found.Loss], SaturatedHeads.Tolerance, "loss");
            Close.Relative([expected.EvaluatedLoss], [found.EvaluatedLoss], SaturatedHeads.Tolerance, "loss of the prediction");
            foreach (var tensor in TModel.Plan.Tensors)
                Close.Relative(expected.Gradient(tensor), found.Gradient(tensor), SaturatedHeads.Tolerance, tensor.Name);
        }
    }
}
