using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>Optimizers and schedules from Keras's own configurations.</summary>
internal static class KerasOptimizers
{
    /// <summary>
    /// The optimizer; with <paramref name="rounds"/> the numbers that Keras on TensorFlow passes through float32 even in a float64 run are
    /// rounded here too.
    /// </summary>
    public static Optimizer Make(JsonElement configuration, bool rounds = false)
    {
        var arguments = new KerasArguments(configuration);
        double Rounded(double value) => rounds ? (float)value : value;
        Schedule Rate(double otherwise) => Learning(arguments.Find("learning_rate"), otherwise);
        var (beta1, beta2) = (arguments.Number("beta_1", 0.9), arguments.Number("beta_2", 0.999));
        var epsilon = arguments.Number("epsilon", 1e-7);
        Optimizer optimizer = arguments.Text("type") switch
        {
            "SGD" => new Sgd(Rate(0.01), Rounded(arguments.Number("momentum", 0)), arguments.Flag("nesterov")),
            "RMSprop" => new RmsProp(
                Rate(0.001), arguments.Number("rho", 0.9), epsilon, arguments.Number("momentum", 0), arguments.Flag("centered")),
            "Adam" => new Adam(Rate(0.001), beta1, beta2, epsilon, arguments.Flag("amsgrad")),
            "AdamW" => new AdamW(Rate(0.001), Rounded(arguments.Number("weight_decay", 0.004)), beta1, beta2, epsilon),
            "Adagrad" => new Adagrad(Rate(0.001), Rounded(arguments.Number("initial_accumulator_value", 0.1)), epsilon),
            "Adadelta" => new Adadelta(Rate(0.001), arguments.Number("rho", 0.95), epsilon),
            "Adamax" => new Adamax(Rate(0.001), beta1, beta2, epsilon),
            "Nadam" => new Nadam(Rate(0.001), beta1, beta2, epsilon),
            "Lion" => new Lion(Rate(0.001), Rounded(beta1), Rounded(arguments.Number("beta_2", 0.99))),
            "Ftrl" => new Ftrl(
                Rate(0.001),
                arguments.Number("learning_rate_power", -0.5),
                Rounded(arguments.Number("initial_accumulator_value", 0.1)),
                arguments.Number("l1_regularization_strength", 0),
                arguments.Number("l2_regularization_strength", 0),
                arguments.Number("l2_shrinkage_regularization_strength", 0),
                arguments.Number("beta", 0)),
            "Lamb" => new Lamb(Rate(0.001), beta1, beta2, epsilon),
            "Adafactor" => new Adafactor(Rate(0.001)),
            var other => throw new ArgumentException(other),
        };
        optimizer = optimizer with
        {
            ClipNorm = arguments.Optional("clipnorm"),
            ClipValue = arguments.Optional("clipvalue"),
            GlobalClipNorm = arguments.Optional("global_clipnorm"),
            WeightDecay = arguments.Optional("weight_decay") is { } decay ? Rounded(decay) : optimizer.WeightDecay,
            UseEma = arguments.Flag("use_ema"),
            EmaMomentum = arguments.Number("ema_momentum", 0.99),
            EmaOverwriteFrequency = (int?)arguments.Optional("ema_overwrite_frequency"),
            GradientAccumulationSteps = (int?)arguments.Optional("gradient_accumulation_steps"),
        };
        arguments.AssertAllRead();
        return optimizer;
    }

    /// <summary>The schedule.</summary>
    public static Schedule MakeSchedule(JsonElement configuration)
    {
        var arguments = new KerasArguments(configuration);
        double Initial() => arguments.Number("initial_learning_rate", double.NaN);
        int Steps(string name = "decay_steps") => (int)arguments.Number(name, 0);
        var schedule = arguments.Text("type") switch
        {
            "ExponentialDecay" => Schedule.ExponentialDecay(
                Initial(), Steps(), arguments.Number("decay_rate", double.NaN), arguments.Flag("staircase")),
            "InverseTimeDecay" => Schedule.InverseTimeDecay(
                Initial(), Steps(), arguments.Number("decay_rate", double.NaN), arguments.Flag("staircase")),
            "PiecewiseConstantDecay" => Schedule.PiecewiseConstantDecay(
                [.. arguments.Numbers("boundaries").Select(value => (long)value)], arguments.Numbers("values")),
            "PolynomialDecay" => Schedule.PolynomialDecay(
                Initial(), Steps(), arguments.Number("end_learning_rate", 0.0001), arguments.Number("power", 1), arguments.Flag("cycle")),
            "CosineDecay" => Schedule.CosineDecay(
                Initial(), Steps(), arguments.Number("alpha", 0), arguments.Optional("warmup_target"), Steps("warmup_steps")),
            "CosineDecayRestarts" => Schedule.CosineDecayRestarts(
                Initial(),
                Steps("first_decay_steps"),
                arguments.Number("t_mul", 2),
                arguments.Number("m_mul", 1),
                arguments.Number("alpha", 0)),
            var other => throw new ArgumentException(other),
        };
        arguments.AssertAllRead();
        return schedule;
    }

    private static Schedule Learning(JsonElement? given, double otherwise) => given switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.Object } schedule => MakeSchedule(schedule),
        { } number => number.GetDouble(),
    };
}
