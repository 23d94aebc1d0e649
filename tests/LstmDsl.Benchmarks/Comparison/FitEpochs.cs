namespace LstmDsl.Benchmarks;

/// <summary>Epochs of <c>Fit</c>, silent and without callbacks; what a call costs beside its epochs is divided among them.</summary>
internal sealed class FitEpochs<TModel> : OwnWork where TModel : class, IRecurrentModel<TModel>
{
    private readonly Trainer<TModel> trainer;
    private readonly Samples x;
    private readonly Samples y;
    private readonly int batch;

    public FitEpochs(int samples, int batch, Optimizer optimizer, Device device)
    {
        this.batch = batch;
        (x, y) = Spread.Samples(TModel.Shape, samples);
        trainer = new Trainer<TModel>(TModel.Create(seed: 1), device)
        {
            Optimizer = optimizer,
            Loss = Loss.MeanSquaredError,
        };
    }

    public override void Run(int count) => trainer.Fit(x, y, batch, epochs: count, verbose: 0);
}
