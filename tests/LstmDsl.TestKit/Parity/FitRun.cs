using System.Globalization;
using System.Text.Json;

namespace LstmDsl.Tests;

[Input(20, 1), Lstm(20, Init.Zeros), Dense(1)]
internal sealed partial class WeatherLstm20;

[Input(5, 2), Lstm(12), Dense(1)]
internal sealed partial class EarlyStoppingLstm12;

[Input(5, 2), SimpleRnn(6), Dense(1)]
internal sealed partial class ValidationFreqRnn6;

[Input(5, 2), Lstm(6), Dense(1)]
internal sealed partial class SampleWeightsLstm6;

[Input(5, 2), SimpleRnn(5), Dense(2)]
internal sealed partial class WeightedMetricsRnn5;

[Input(5, 2), Lstm(5), Dense(1)]
internal sealed partial class StepsLstm5;

[Input(5, 2), Lstm(6), Dense(3)]
internal sealed partial class ClassWeightsLstm6;

[Input(6, 2), Gru(7), Dense(2)]
internal sealed partial class SplitMetricsGru7;

[Input(5, 2), SimpleRnn(8), Dense(1)]
internal sealed partial class PlateauRnn8;

[Input(5, 2), Lstm(5), Kernel(L2 = 0.01f), Dense(1)]
internal sealed partial class CosineLstm5;

[Input(10, 2), Conv1D(6, 3, Padding = Padding.Causal, Activation = Activation.Relu), MaxPooling1D(2), Lstm(5), Dense(1)]
internal sealed partial class ConvLstm5;

[Input(6, 3), BatchNormalization(Momentum = 0.9), Lstm(5), BatchNormalization, Dense(1)]
internal sealed partial class BatchNormalizedLstm5;

[Input(7, 2), Masking, Lstm(5, ReturnSequences = true), Dense(2)]
internal sealed partial class MaskedSequencesLstm5;

/// <summary>Repeats training runs of Keras on a device, and compares history, final weights, predictions and files.</summary>
internal static class FitRun
{
    /// <summary>A series of temperatures with a callback that stops and one that writes a file.</summary>
    public static void Weather(Device device) => Check<WeatherLstm20>("weather_lstm20_zeros", device, (model, on, folder) => new(model, on)
    {
        Optimizer = new RmsProp(),
        Loss = Loss.MeanSquaredError,
        Metrics = { Metric.MeanAbsoluteError },
        Callbacks =
        {
            new EarlyStopping(Monitored.ValLoss, patience: 2),
            new ModelCheckpoint(Path.Combine(folder, "jena_lstm.safetensors"), saveBestOnly: true),
        },
    });

    /// <summary>A run that is stopped, and whose best weights come back.</summary>
    public static void RestoringTheBest(Device device)
    {
        Check<EarlyStoppingLstm12>("early_stopping_restores", device, (model, on, _) => new(model, on)
        {
            Optimizer = new Adam(0.05),
            Loss = Loss.MeanSquaredError,
            Callbacks = { new EarlyStopping(Monitored.ValLoss, patience: 3, restoreBestWeights: true) },
        });
    }

    /// <summary>A validation every other epoch, from the fourth on; Keras takes the momentum in float32 even in float64.</summary>
    public static void SparseValidation(Device device)
    {
        Check<ValidationFreqRnn6>("validation_freq_initial_epoch", device, (model, on, _) => new(model, on)
        {
            Optimizer = new Sgd(momentum: 0.9f),
            Loss = Loss.MeanAbsoluteError,
        });
    }

    /// <summary>Weights that are split with their samples.</summary>
    public static void SampleWeights(Device device)
    {
        Check<SampleWeightsLstm6>("sample_weights_split", device, (model, on, _) => new(model, on)
        {
            Optimizer = new Adam(0.02),
            Loss = Loss.MeanSquaredError,
        });
    }

    /// <summary>Metrics that see weights beside metrics that do not.</summary>
    public static void WeightedMetrics(Device device)
    {
        Check<WeightedMetricsRnn5>("weighted_metrics", device, (model, on, _) => new(model, on)
        {
            Optimizer = new Sgd(0.1),
            Loss = Loss.MeanSquaredError,
            Metrics = { Metric.MeanAbsoluteError },
            WeightedMetrics = { Metric.MeanSquaredError },
        });
    }

    /// <summary>Epochs of some steps, each of which goes on where the last one stopped.</summary>
    public static void StepsPerEpoch(Device device) => Check<StepsLstm5>("steps_per_epoch", device, (model, on, _) => new(model, on)
    {
        Optimizer = new Adam(0.02),
        Loss = Loss.MeanSquaredError,
    });

    /// <summary>
    /// Class weights, which weigh training alone. Keras computes the loss of a softmax head from its logits, so the same numbers come from a
    /// head without softmax.
    /// </summary>
    public static void ClassWeights(Device device)
    {
        Check<ClassWeightsLstm6>("class_weights", device, head: Softmax, makeTrainer: (model, on, _) => new(model, on)
        {
            Optimizer = new Adam(0.02),
            Loss = Loss.SparseCategoricalCrossentropy(fromLogits: true),
            Metrics = { Metric.SparseCategoricalAccuracy },
        });
    }

    /// <summary>A layer whose weights are packed three by three, and a root of a mean.</summary>
    public static void SplitMetrics(Device device) => Check<SplitMetricsGru7>("adam_split_metrics", device, (model, on, _) => new(model, on)
    {
        Optimizer = new Adam(0.01),
        Loss = Loss.MeanSquaredError,
        Metrics = { Metric.RootMeanSquaredError, Metric.MeanAbsoluteError },
    });

    /// <summary>A rate that falls where the loss does not.</summary>
    public static void Plateau(Device device) => Check<PlateauRnn8>("reduce_on_plateau", device, (model, on, _) => new(model, on)
    {
        Optimizer = new Sgd(0.1),
        Loss = Loss.MeanSquaredError,
        Callbacks = { new ReduceLROnPlateau(Monitored.ValLoss, factor: 0.5, patience: 1, minLearningRate: 0.001, cooldown: 1) },
    });

    /// <summary>A rate for each epoch.</summary>
    public static void RateOfEachEpoch(Device device) => Check<StepsLstm5>("rate_scheduler", device, (model, on, _) => new(model, on)
    {
        Optimizer = new RmsProp(0.01),
        Loss = Loss.MeanSquaredError,
        Callbacks = { new LearningRateScheduler(epoch => epoch switch { 0 => 0.01, 1 => 0.005, 2 => 0.02, _ => 0.001 }) },
    });

    /// <summary>
    /// A rate for each batch, weight decay and the norm of all gradients. Keras takes the decay and the regulariser's factor in float32 even
    /// in float64.
    /// </summary>
    public static void CosineWithDecayAndClipping(Device device)
    {
        Check<CosineLstm5>("cosine_clip_regularized", device, (model, on, _) => new(model, on)
        {
            Optimizer = new AdamW(Schedule.CosineDecay(0.05, decaySteps: 20), weightDecay: 0.004f) { GlobalClipNorm = 0.5 },
            Loss = Loss.MeanSquaredError,
        });
    }

    /// <summary>Other layers before a recurrent one.</summary>
    public static void Convolution(Device device) => Check<ConvLstm5>("conv_lstm_training", device, (model, on, _) => new(model, on)
    {
        Optimizer = new Adam(0.02),
        Loss = Loss.MeanSquaredError,
    });

    /// <summary>Averages that follow the batches, and are no optimizer's.</summary>
    public static void BatchNormalization(Device device)
    {
        Check<BatchNormalizedLstm5>("batch_normalized_training", device, (model, on, _) => new(model, on)
        {
            Optimizer = new Adam(0.02),
            Loss = Loss.MeanSquaredError,
        });
    }

    /// <summary>Series of several lengths, of which neither loss nor metrics see the padding.</summary>
    public static void MaskedSequences(Device device)
    {
        Check<MaskedSequencesLstm5>("masked_sequence_metrics", device, (model, on, _) => new(model, on)
        {
            Optimizer = new Adam(0.02),
            Loss = Loss.MeanSquaredError,
            Metrics = { Metric.MeanSquaredError, Metric.MeanAbsoluteError },
        });
    }

    /// <summary>A thousand epochs on a damped oscillation, and a free run of 180 steps.</summary>
    public static void Damped<TModel>(string name, Device device) where TModel : class, IForecastingModel<TModel>
    {
        var model = Check<TModel>(name, device, static (model, on, _) => new(model, on)
        {
            Optimizer = new Sgd(),
            Loss = Loss.MeanSquaredError,
        });

        // The start is the first window of targets.
        var fixture = SafetensorsFixture.Load("fit", name);
        var expected = fixture.Doubles("forecast");
        var forecast = new float[ParityIndex.Case("fit", name).GetProperty("forecast").GetInt32()];
        model.Forecast(fixture.Floats("y").AsSpan(0, TModel.Shape.InputLength), forecast);
        ParityCase.On(device, "fit", name, "forecast").AssertClose(expected, forecast, "forecast");
    }

    private static void Softmax(Span<float> row)
    {
        var sum = 0.0;
        foreach (var value in row)
            sum += Math.Exp(value);
        foreach (ref var value in row)
            value = (float)(Math.Exp(value) / sum);
    }

    private delegate void RowFunction(Span<float> row);

    private static TModel Check<TModel>(
        string name, Device device, Func<TModel, Device, string, Trainer<TModel>> makeTrainer, RowFunction? head = null)
        where TModel : class, IRecurrentModel<TModel>
    {
        var parity = ParityIndex.Case("fit", name);
        var fixture = SafetensorsFixture.Load("fit", name);
        var model = TModel.Create(seed: 1);
        foreach (var (tensor, path) in KerasPaths.Of(TModel.Plan))
            model.State.Write(tensor, 0, fixture.Floats("w." + path));

        using var folder = new TemporaryFolder();
        var trainer = makeTrainer(model, device, folder.Path);
        AssertTrainsAsKerasDid(parity, trainer, hasOtherHead: head is not null);
        Assert.Equal(parity.TryGetProperty("sample_weight", out _), fixture.Has("sample_weight"));
        if (parity.TryGetProperty("validation_count", out var validationCount))
            Assert.Equal(validationCount.GetInt32(), fixture.Shape("validation.x")[0]);
        var rates = new List<double>();
        trainer.Callbacks.Add(new LambdaCallback(onEpochEnd: run => rates.Add(run.LearningRate)));
        var fit = parity.GetProperty("fit");
        var history = trainer.Fit(
            Shaped(fixture, "x"),
            Shaped(fixture, "y"),
            fit.GetProperty("batch_size").GetInt32(),
            fit.GetProperty("epochs").GetInt32(),
            fit.TryGetProperty("validation_split", out var split) ? split.GetDouble() : 0,
            fixture.Has("validation.x") ? (Shaped(fixture, "validation.x"), Shaped(fixture, "validation.y")) : null,
            shuffle: false,
            initialEpoch: Integer(fit, "initial_epoch") ?? 0,
            verbose: 0,
            sampleWeight: fixture.Has("sample_weight") ? Shaped(fixture, "sample_weight") : default(Samples?),
            classWeight: parity.TryGetProperty("class_weight", out var weights)
                ? weights.EnumerateObject().ToDictionary(
                    pair => int.Parse(pair.Name, CultureInfo.InvariantCulture), pair => pair.Value.GetDouble())
                : null,
            validationFreq: Integer(fit, "validation_freq") ?? 1,
            stepsPerEpoch: Integer(fit, "steps_per_epoch"),
            validationSteps: Integer(fit, "validation_steps"));

        // In double both sides are float64, but a thousand updates feed the rounding of each into the next; weights come back as floats,
        // and Keras gives rates in float32.
        var ofRates = ParityCase.On(device, "fit", name, "rates", inDouble: ParityCase.FloatTolerance);
        var ofHistory = ParityCase.On(device, "fit", name, "history", inDouble: 1e-9);
        var ofWeights = ParityCase.On(device, "fit", name, "weights", inDouble: 1e-7);
        ofRates.AssertClose(Doubles(parity.GetProperty("rates")), rates, "rates");
        Assert.Equal(parity.GetProperty("epochs").EnumerateArray().Select(epoch => epoch.GetInt32()), history.Epochs);
        foreach (var values in parity.GetProperty("history").EnumerateObject())
            ofHistory.AssertClose(Doubles(values.Value), [.. history[values.Name]], values.Name);
        foreach (var (tensor, path) in KerasPaths.Of(TModel.Plan))
            ofWeights.AssertClose(fixture.Doubles("final." + path), model.State.Read(tensor).ToArray(), path);

        var expected = fixture.Doubles("pred");
        var x = fixture.Floats(fixture.Has("validation.x") ? "validation.x" : "x");
        var predictions = new float[expected.Length];
        model.Predict(x.AsSpan(0, expected.Length / TModel.Shape.OutputLength * TModel.Shape.InputLength), predictions);
        for (var row = 0; head is not null && row < predictions.Length; row += TModel.Shape.Outputs)
            head(predictions.AsSpan(row, TModel.Shape.Outputs));
        var ofPredictions = device == Device.ReferenceDouble ? ofWeights with { Tolerance = 1e-6 } : ofWeights;
        ofPredictions.AssertClose(expected, predictions, "predictions");

        var files = parity.GetProperty("checkpoint_files").EnumerateArray().Select(file => Path.ChangeExtension(file.GetString(), ".safetensors"));
        Assert.Equal(files, Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        return model;
    }

    /// <summary>Loss, optimizer, metrics and callbacks are written out above; what the case says is the same.</summary>
    private static void AssertTrainsAsKerasDid<TModel>(JsonElement parity, Trainer<TModel> trainer, bool hasOtherHead)
        where TModel : class, IRecurrentModel<TModel>
    {
        IEnumerable<JsonElement> List(string name) => parity.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];
        var loss = KerasLosses.Of(parity.GetProperty("loss"));
        if (hasOtherHead)
            Assert.Equal(loss.Name, trainer.Loss!.Name);
        else
            Assert.Equal(loss, trainer.Loss);
        Assert.Equal(KerasOptimizers.Make(parity.GetProperty("optimizer"), rounds: true), trainer.Optimizer);
        Assert.Equal(List("metrics").Select(KerasMetrics.Of), trainer.Metrics);
        Assert.Equal(List("weighted_metrics").Select(KerasMetrics.Of), trainer.WeightedMetrics);
        Assert.Equal(
            List("callbacks").Select(callback => callback.GetProperty("type").GetString()),
            trainer.Callbacks.Select(callback => callback.GetType().Name));
    }

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    private static int? Integer(JsonElement fit, string name) => fit.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    private static Samples Shaped(SafetensorsFixture fixture, string name)
    {
        var shape = fixture.Shape(name);
        var values = fixture.Floats(name);
        if (shape.Length == 1)
            return values;
        if (shape is [var rows, var columns])
        {
            var matrix = new float[rows, columns];
            Buffer.BlockCopy(values, 0, matrix, 0, values.Length * sizeof(float));
            return matrix;
        }

        var cube = new float[shape[0], shape[1], shape[2]];
        Buffer.BlockCopy(values, 0, cube, 0, values.Length * sizeof(float));
        return cube;
    }
}
