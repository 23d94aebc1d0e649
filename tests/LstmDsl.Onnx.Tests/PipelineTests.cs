using System.Text.Json;

namespace LstmDsl.Tests;

[Input(6, 2), Lstm(4), Dense(1)]
internal sealed partial class Weather;

[Input(6, 2), Lstm(4, ReturnSequences = true), Dense(2)]
internal sealed partial class WeatherSequence;

/// <summary>The transforms in the graph: raw values in, raw values out.</summary>
public sealed class PipelineTests
{
    private const int Windows = 7;

    public static TheoryData<string> Models => [nameof(Weather), nameof(WeatherSequence)];

    // Two in a row, so that their order counts; a mean that no float has, far from zero by its scale.
    private static readonly Transform[] Transforms =
        [new Standardization([1013.251234567, -3.1], [8.2, 2.7]), new Standardization([0.5, -1], [2, 3])];

    [Theory]
    [MemberData(nameof(Models))]
    public void Raw_values_go_in_and_come_out(string name)
    {
        if (name == nameof(Weather))
            Check(new Weather(seed: 1), targets: ["temperature"]);
        else
            Check(new WeatherSequence(seed: 1), targets: ["temperature", "pressure"]);
    }

    [Fact]
    public void The_pipeline_travels_in_the_metadata()
    {
        using var folder = new TemporaryFolder();
        var model = new Weather(seed: 1);
        Exported.StateOf(model).Pipeline = PipelineFor(["temperature"]);
        var pipeline = Assert.Single(Exported.Read(model, folder, new()).MetadataProps);
        Assert.Equal("pipeline", pipeline.Key);
        Assert.Equal(PipelineFor(["temperature"]), Pipeline.FromJson(JsonDocument.Parse(pipeline.Value).RootElement));
    }

    [Fact]
    public void A_model_without_a_pipeline_is_refused()
    {
        using var folder = new TemporaryFolder();
        var model = new Weather(seed: 1);
        var exception = Assert.Throws<InvalidOperationException>(() => Exported.Read(model, folder, new() { IncludePipeline = true }));
        Assert.Contains("Weather knows no pipeline", exception.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_pipeline_for_other_targets_is_refused()
    {
        using var folder = new TemporaryFolder();
        var model = new Weather(seed: 1);
        Exported.StateOf(model).Pipeline = PipelineFor(["temperature", "pressure"]);
        var exception = Assert.Throws<InvalidOperationException>(() => Exported.Read(model, folder, new() { IncludePipeline = true }));
        Assert.Contains("2 columns and 2 targets, the model for 2 features and 1 output", exception.Message, StringComparison.Ordinal);
    }

    private static Pipeline PipelineFor(string[] targets) =>
        new(["pressure", "temperature"], targets, timesteps: 6, transforms: Transforms);

    private static void Check<TModel>(TModel model, string[] targets) where TModel : class, IRecurrentModel<TModel>
    {
        var (shape, pipeline) = (TModel.Shape, PipelineFor(targets));
        model.State.Pipeline = pipeline;
        DrawnNumbers.FillWeights(model.State);
        var raw = DrawnNumbers.Of(Windows * shape.InputLength, seed: 3);
        for (var i = 0; i < raw.Length; i++)
            raw[i] = i % 2 == 0 ? 1013 + (20 * raw[i]) : 15 * raw[i];

        var scaled = new float[raw.Length];
        for (var row = 0; row < raw.Length; row += 2)
            pipeline.ScaleRow([raw[row], raw[row + 1]], scaled.AsSpan(row, 2));
        var outputs = new float[Windows * shape.OutputLength];
        new Predictor<TModel>(model, Device.ReferenceDouble).Predict(scaled, outputs);
        var expected = outputs.Select((value, i) => pipeline.UnscaleTarget(i % targets.Length, value)).ToArray();

        using var folder = new TemporaryFolder();
        var path = folder.File("weather.onnx");
        model.ExportOnnx(path, new() { IncludePipeline = true });
        var (_, values) = OnnxRuntime.Run(path, (OnnxModel.InputName, [Windows, shape.Timesteps, shape.Features], raw));
        for (var target = 0; target < targets.Length; target++)
        {
            // Each by its own magnitude: the sums' rounding, as without a pipeline.
            Close.Relative(OfTarget(expected), OfTarget([.. values.Select(value => (double)value)]), 2e-6, targets[target]);

            double[] OfTarget(double[] all) => [.. all.Where((_, i) => i % targets.Length == target)];
        }
    }
}
