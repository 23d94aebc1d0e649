using System.Text.Json;

namespace LstmDsl.Tests;

[Input(6, 2), Lstm(4), Dense(1)]
internal sealed partial class Weather;

[Input(6, 2), Lstm(4, ReturnSequences = true), Dense(2)]
internal sealed partial class WeatherSequence;

[Input(6, 2), Lstm(4), Dense(6)]
internal sealed partial class WeatherThreeSteps;

/// <summary>The transforms in the graph: raw values in, raw values out.</summary>
public sealed class PipelineTests
{
    private const int Windows = 7;

    public static TheoryData<string> Models => [nameof(Weather), nameof(WeatherSequence)];

    // A mean that no float has, far from zero by its scale.
    private static readonly Dictionary<string, ColumnScaling> Standard = new()
    {
        ["pressure"] = new(Scaling.Standard, 1017.351234567, 16.4),
        ["temperature"] = new(Scaling.Standard, -5.8, 8.1),
    };

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
        new(["pressure", "temperature"], targets, timesteps: 6, scalings: Standard);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_scaling_goes_in_and_comes_out(string kinds)
    {
        var (first, second) = (Enum.Parse<Scaling>(kinds.Split(' ')[0]), Enum.Parse<Scaling>(kinds.Split(' ')[1]));
        var scalings = new Dictionary<string, ColumnScaling> { ["pressure"] = Fitted(first), ["temperature"] = Fitted(second) };
        string[] both = ["pressure", "temperature"];
        Check(new WeatherSequence(seed: 1), both, new(both, both, timesteps: 6, scalings: scalings), positive: true);

        static ColumnScaling Fitted(Scaling kind) => kind switch
        {
            Scaling.None => ColumnScaling.None,
            Scaling.Log or Scaling.Log1p => new(kind, 1.7, 0.6),
            _ => new(kind, 4.2, 3.1),
        };
    }

    [Fact]
    public void Several_steps_of_a_vector_come_out_in_their_units()
    {
        var scalings = new Dictionary<string, ColumnScaling> { ["pressure"] = new(Scaling.Log, 1.7, 0.6), ["temperature"] = new(Scaling.Standard, 4.2, 3.1) };
        string[] both = ["pressure", "temperature"];
        Check(new WeatherThreeSteps(seed: 1), both, new(both, both, timesteps: 6, scalings: scalings, targetSteps: 3), positive: true);
    }

    public static TheoryData<string> Kinds =>
        [.. FittedKinds.SelectMany(_ => FittedKinds, (first, second) => $"{first} {second}")];

    private static IEnumerable<Scaling> FittedKinds => Enum.GetValues<Scaling>().Where(kind => kind <= Scaling.None);

    private static void Check<TModel>(TModel model, string[] targets) where TModel : class, IRecurrentModel<TModel> =>
        Check(model, targets, PipelineFor(targets), positive: false);

    private static void Check<TModel>(TModel model, string[] targets, Pipeline pipeline, bool positive) where TModel : class, IRecurrentModel<TModel>
    {
        var shape = TModel.Shape;
        model.State.Pipeline = pipeline;
        DrawnNumbers.FillWeights(model.State);
        var raw = DrawnNumbers.Of(Windows * shape.InputLength, seed: 3);
        for (var i = 0; i < raw.Length; i++)
            raw[i] = positive ? 0.1f + (5 * Math.Abs(raw[i])) : i % 2 == 0 ? 1013 + (20 * raw[i]) : 15 * raw[i];

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
