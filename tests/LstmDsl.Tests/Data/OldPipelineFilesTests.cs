using System.Globalization;

namespace LstmDsl.Tests;

[Input(4, 2)]
[Lstm(3)]
[Dense(1)]
public sealed partial class OldPipelineModel;

/// <summary>Files whose pipelines were written before columns had scalings of their own say the same as they did then.</summary>
public sealed class OldPipelineFilesTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "data", "pipelines");

    [Theory]
    [InlineData("version-1.keras")]
    [InlineData("version-1.safetensors")]
    public void A_model_predicts_in_units_what_it_did(string file)
    {
        var model = OldPipelineModel.Load(Path.Combine(Folder, file));
        Assert.Equal(Pipeline.FromJson(File.ReadAllText(Path.Combine(Folder, "version-1.json"))), model.Pipeline);
        Assert.Equal(Fitted().Training.Pipeline, model.Pipeline);
        Assert.Equal([Scaling.Standard, Scaling.None], model.Pipeline!.Columns.Select(column => column.Scaling.Kind));
        string[][] expected = [.. File.ReadLines(Path.Combine(Folder, "version-1-predictions.txt")).Select(line => line.Split(' '))];
        var points = Predict(model, PipelineTravelTests.StandardizedLike(model, Series()).Windows(4, batchSize: 8, targets: ["temp"]).Test);
        Assert.Equal(expected.Select(line => line[0]), points.Select(point => point.Time!.Value.DateTime.ToString("O", CultureInfo.InvariantCulture)));

        // Another processor's vectors may round the last bits otherwise; half a unit more in the mean would not.
        for (int i = 0; i < expected.Length; i++) Assert.Equal(double.Parse(expected[i][1], CultureInfo.InvariantCulture), points[i].Value, 1e-5);
    }

    [Fact]
    public void A_run_goes_on()
    {
        var model = OldPipelineModel.Load(Path.Combine(Folder, "version-1-run.safetensors"));
        var trainer = new OldPipelineModel.Trainer(model) { Optimizer = new Sgd(), Loss = Loss.MeanSquaredError };
        trainer.Resume(Path.Combine(Folder, "version-1-run.safetensors"));
        Assert.Equal([0, 1], trainer.Fit(Fitted().Training, Fitted().Validation, epochs: 2, initialEpoch: 1, verbose: 0).Epochs);
        Assert.Equal(2, Pipeline.FromJson(model.Pipeline!.ToJson()).Columns.Count);
    }

    private static DatasetSplit Fitted() =>
        Series().Split(0.6, 0.2).Standardize(except: ["kind"]).Windows(4, batchSize: 8, targets: ["temp"]);

    private static IReadOnlyList<ForecastPoint> Predict(OldPipelineModel model, WindowedDataset data) => model.Predict(data);

    /// <summary>The series of which the files were made.</summary>
    private static TimeSeries Series()
    {
        var values = new double[60, 2];
        for (int row = 0; row < 60; row++) (values[row, 0], values[row, 1]) = (10 + 8 * ((row * 37 % 60) / 60.0), row * 7 % 3);
        return TimeSeries.FromArrays(values, ["temp", "kind"], new DateTime(2020, 1, 1), TimeSpan.FromDays(1), unit: "°C");
    }
}
