using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>What compile was told, as Keras's own <c>get_config</c> would write it; the expected texts follow its source.</summary>
public sealed class KerasCompilationTests
{
    /// <summary>Losses and what is written of them; quantiles are not Keras's.</summary>
    public static TheoryData<Loss, string> Losses => new()
    {
        { Loss.MeanSquaredError, "\"mean_squared_error\"" },
        { Loss.Huber(), "\"huber\"" },
        { Loss.Huber(2), """Huber {"name":"huber","reduction":"sum_over_batch_size","delta":2.0}""" },
        { Loss.LogCosh with { Reduction = Reduction.Sum }, """LogCosh {"name":"log_cosh","reduction":"sum"}""" },
        { Loss.CosineSimilarity, "\"cosine_similarity\"" },
        { Loss.BinaryCrossentropy(), "\"binary_crossentropy\"" },
        {
            Loss.BinaryCrossentropy(fromLogits: true, labelSmoothing: 0.25),
            """BinaryCrossentropy {"name":"binary_crossentropy","reduction":"sum_over_batch_size","from_logits":true,"label_smoothing":0.25,"axis":-1}"""
        },
        {
            Loss.BinaryFocalCrossentropy(applyClassBalancing: true, alpha: 0.75),
            """BinaryFocalCrossentropy {"name":"binary_focal_crossentropy","reduction":"sum_over_batch_size","from_logits":false,"label_smoothing":0.0,"axis":-1,"apply_class_balancing":true,"alpha":0.75,"gamma":2.0}"""
        },
        {
            Loss.CategoricalCrossentropy(labelSmoothing: 0.5) with { Reduction = Reduction.MeanWithSampleWeight },
            """CategoricalCrossentropy {"name":"categorical_crossentropy","reduction":"mean_with_sample_weight","from_logits":false,"label_smoothing":0.5,"axis":-1}"""
        },
        {
            Loss.SparseCategoricalCrossentropy(fromLogits: true),
            """SparseCategoricalCrossentropy {"name":"sparse_categorical_crossentropy","reduction":"sum_over_batch_size","from_logits":true,"ignore_class":null,"axis":-1}"""
        },
        { Loss.Tversky(0.25), """Tversky {"name":"tversky","reduction":"sum_over_batch_size","alpha":0.25,"beta":0.5,"axis":null}""" },
        { Loss.Quantile(0.9), "null" },
        { Loss.Of<CauchyLoss>(), "null" },
    };

    /// <summary>Metrics alike; MASE is not Keras's.</summary>
    public static TheoryData<Metric, string> Metrics => new()
    {
        { Metric.MeanAbsoluteError, "\"mean_absolute_error\"" },
        { Metric.RootMeanSquaredError, "\"root_mean_squared_error\"" },
        { Metric.LogCoshError, "\"log_cosh_error\"" },
        { Metric.CosineSimilarity, "\"cosine_similarity\"" },
        { Metric.Of(Loss.MeanSquaredError, "mse"), """MeanSquaredError {"name":"mse","dtype":"float32"}""" },
        { Metric.BinaryAccuracy(), "\"binary_accuracy\"" },
        { Metric.BinaryAccuracy(0), """BinaryAccuracy {"name":"binary_accuracy","dtype":"float32","threshold":0.0}""" },
        { Metric.TopKCategoricalAccuracy(3), """TopKCategoricalAccuracy {"name":"top_k_categorical_accuracy","dtype":"float32","k":3}""" },
        { Metric.SparseCategoricalAccuracy, "\"sparse_categorical_accuracy\"" },
        { Metric.R2Score, "\"r2_score\"" },
        { Metric.Precision(), "\"precision\"" },
        {
            Metric.Recall(0.25, classId: 1),
            """Recall {"name":"recall","dtype":"float32","thresholds":0.25,"top_k":null,"class_id":1}"""
        },
        { Metric.Auc(), "\"auc\"" },
        {
            Metric.Auc(AucCurve.PrecisionRecall, 50),
            """AUC {"name":"auc","dtype":"float32","num_thresholds":50,"curve":"PR","summation_method":"interpolation","multi_label":false,"num_labels":null,"label_weights":null,"from_logits":false}"""
        },
        { Metric.F1Score(), """F1Score {"name":"f1_score","dtype":"float32","average":"macro","threshold":null}""" },
        {
            Metric.FBetaScore(2, Averaging.Weighted, 0.5),
            """FBetaScore {"name":"fbeta_score","dtype":"float32","average":"weighted","threshold":0.5,"beta":2.0}"""
        },
        { Metric.Of(Loss.Huber()), "null" },
        { Metric.MeanAbsoluteScaledError(2), "null" },
        { Metric.SymmetricMeanAbsolutePercentageError, "null" },
    };

    /// <summary>Learning rates.</summary>
    public static TheoryData<Schedule, string> Schedules => new()
    {
        {
            Schedule.ExponentialDecay(0.5, 10, 0.9, staircase: true),
            """ExponentialDecay {"initial_learning_rate":0.5,"decay_steps":10,"decay_rate":0.9,"staircase":true,"name":"ExponentialDecay"}"""
        },
        {
            Schedule.InverseTimeDecay(1, 10, 2),
            """InverseTimeDecay {"initial_learning_rate":1.0,"decay_steps":10,"decay_rate":2.0,"staircase":false,"name":"InverseTimeDecay"}"""
        },
        {
            Schedule.PiecewiseConstantDecay([3, 5], [1, 0.5, 0.25]),
            """PiecewiseConstantDecay {"boundaries":[3,5],"values":[1.0,0.5,0.25],"name":"PiecewiseConstant"}"""
        },
        {
            Schedule.PolynomialDecay(0.5, 10, cycle: true),
            """PolynomialDecay {"initial_learning_rate":0.5,"decay_steps":10,"end_learning_rate":0.0001,"power":1.0,"cycle":true,"name":"PolynomialDecay"}"""
        },
        {
            Schedule.CosineDecay(0, 10, warmupTarget: 0.5, warmupSteps: 4),
            """CosineDecay {"initial_learning_rate":0.0,"decay_steps":10,"alpha":0.0,"name":"CosineDecay","warmup_target":0.5,"warmup_steps":4}"""
        },
        {
            Schedule.CosineDecayRestarts(0.5, 10),
            """CosineDecayRestarts {"initial_learning_rate":0.5,"first_decay_steps":10,"t_mul":2.0,"m_mul":1.0,"alpha":0.0,"name":"SGDRDecay"}"""
        },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_loss(Loss loss, string expected) => Assert.Equal(expected, Text(KerasLossObject.Of(loss), "keras.losses"));

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_metric(Metric metric, string expected) => Assert.Equal(expected, Text(KerasMetricObject.Of(metric), "keras.metrics"));

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_schedule(Schedule schedule, string expected) =>
        Assert.Equal(expected, Text(KerasScheduleObject.Of(schedule), "keras.optimizers.schedules"));

    [Fact]
    public void Optimizer_loss_and_metrics_of_a_trainer()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        var trainer = new Trainer<JenaLstmFile>(JenaLstmFile.Create(1))
        {
            Optimizer = new AdamW(Schedule.CosineDecay(0.01, 100)) { GlobalClipNorm = 1, UseEma = true },
            Loss = Loss.MeanAbsoluteError,
            Metrics = { Metric.MeanSquaredError, Metric.MeanAbsoluteScaledError(2) },
            WeightedMetrics = { Metric.RootMeanSquaredError },
        };
        trainer.Save(path);
        using var json = JsonDocument.Parse(KerasArchive.Read(File.ReadAllBytes(path), path, ["config.json"])["config.json"]);
        var compiled = json.RootElement.GetProperty("compile_config");
        Assert.Equal("mean_absolute_error", compiled.GetProperty("loss").GetString());
        Assert.Equal("""["mean_squared_error"]""", compiled.GetProperty("metrics").GetRawText());
        Assert.Equal("""["root_mean_squared_error"]""", compiled.GetProperty("weighted_metrics").GetRawText());
        var optimizer = compiled.GetProperty("optimizer");
        Assert.Equal("AdamW", optimizer.GetProperty("class_name").GetString());
        var options = optimizer.GetProperty("config");
        Assert.Equal("CosineDecay", options.GetProperty("learning_rate").GetProperty("class_name").GetString());
        Assert.Equal(
            """["name","learning_rate","weight_decay","clipnorm","global_clipnorm","clipvalue","use_ema","ema_momentum","ema_overwrite_frequency","loss_scale_factor","gradient_accumulation_steps","beta_1","beta_2","epsilon","amsgrad"]""",
            JsonSerializer.Serialize(options.EnumerateObject().Select(member => member.Name)));
        Assert.Equal((0.004, 1.0, true, false), (
            options.GetProperty("weight_decay").GetDouble(), options.GetProperty("global_clipnorm").GetDouble(),
            options.GetProperty("use_ema").GetBoolean(), options.GetProperty("amsgrad").GetBoolean()));
    }

    [Fact]
    public void The_rate_that_a_callback_has_set_is_written_as_a_float()
    {
        var written = KerasOptimizer.Describe(new Sgd(), learningRate: 0.1).Arguments.Single(argument => argument.Name == "learning_rate");
        Assert.Equal((double)0.1f, written.Value);
    }

    [Fact]
    public void The_pipeline_travels_beside_what_Keras_reads()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        var split = TimeSeries.FromArrays([.. Enumerable.Range(0, 100).Select(index => Math.Sin(index / 4.0))])
            .Split(0.7, 0.15).Standardize().Windows(timesteps: 20, batchSize: 16);
        var trainer = new Trainer<JenaLstmFile>(JenaLstmFile.Create(1)) { Loss = Loss.MeanSquaredError };
        trainer.Fit(split.Training, epochs: 1, verbose: 0);
        trainer.Save(path);
        var loaded = new Trainer<JenaLstmFile>(JenaLstmFile.Load(path));
        Assert.NotNull(trainer.State.Pipeline);
        Assert.Equal(trainer.State.Pipeline.ToJson(), loaded.State.Pipeline!.ToJson());
    }

    /// <summary>The class and its arguments; the short name where there is one.</summary>
    private static string Text(KerasObject? written, string module)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            KerasObject.Write(writer, written);
        using var json = JsonDocument.Parse(stream.ToArray());
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            return json.RootElement.GetRawText();
        Assert.Equal(module, json.RootElement.GetProperty("module").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("registered_name").ValueKind);
        return $"{json.RootElement.GetProperty("class_name").GetString()} {json.RootElement.GetProperty("config").GetRawText()}";
    }
}
