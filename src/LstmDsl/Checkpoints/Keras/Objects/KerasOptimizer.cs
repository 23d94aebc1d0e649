using System.Text.Json;

namespace LstmDsl;

/// <summary>Says in Keras's words what an optimizer is, and takes that back.</summary>
internal static class KerasOptimizer
{
    /// <summary>Where the numbers of a schedule stand among an optimizer's hyper-parameters.</summary>
    private const string SchedulePrefix = "learning_rate.";

    /// <summary>Keras's classes by this library's names.</summary>
    private static readonly Dictionary<string, string> Classes = new()
    {
        ["sgd"] = "SGD",
        ["rmsprop"] = "RMSprop",
        ["adam"] = "Adam",
        ["adamw"] = "AdamW",
        ["adagrad"] = "Adagrad",
        ["adadelta"] = "Adadelta",
        ["adamax"] = "Adamax",
        ["adafactor"] = "Adafactor",
        ["nadam"] = "Nadam",
        ["ftrl"] = "Ftrl",
        ["lion"] = "Lion",
        ["lamb"] = "Lamb",
    };

    /// <summary>The name that Keras gives an optimizer.</summary>
    public static string NameOf(Optimizer optimizer) => KerasNames.Snake(Classes[optimizer.Name]);

    /// <summary>The optimizer with the learning rate of the next step.</summary>
    public static KerasObject Describe(Optimizer optimizer, double learningRate)
    {
        List<(string Name, object? Value)> arguments =
        [
            ("name", NameOf(optimizer)),
            // Keras keeps the rate in a variable, which is a float.
            ("learning_rate", KerasScheduleObject.Of(optimizer.LearningRate) ?? (object)(double)(float)learningRate),
            ("weight_decay", optimizer.WeightDecay),
            ("clipnorm", optimizer.ClipNorm),
            ("global_clipnorm", optimizer.GlobalClipNorm),
            ("clipvalue", optimizer.ClipValue),
            ("use_ema", optimizer.UseEma),
            ("ema_momentum", optimizer.EmaMomentum),
            ("ema_overwrite_frequency", optimizer.EmaOverwriteFrequency),
            ("loss_scale_factor", null),
            ("gradient_accumulation_steps", optimizer.GradientAccumulationSteps),
        ];
        foreach (var (name, value) in optimizer.OwnHyperParameters)
            arguments.Add((name, IsFlag(name) ? value != 0 : value));
        if (optimizer is Adafactor)
            arguments.Add(("relative_step", true));
        return new("keras.optimizers", Classes[optimizer.Name], arguments);
    }

    /// <summary>What Keras's configuration says of an optimizer; null for one that is not known here.</summary>
    /// <param name="optimizer">The object with <c>class_name</c> and <c>config</c>.</param>
    /// <returns>This library's name, and the hyper-parameters as checkpoints hold them.</returns>
    public static (string Name, Dictionary<string, double> Numbers)? Described(JsonElement optimizer)
    {
        if (KerasJson.Text(optimizer, "class_name") is not { } kind
            || KerasJson.Member(optimizer, "config") is not { ValueKind: JsonValueKind.Object } config)
            return null;

        // Keras 2 calls its own classes custom ones in a whole model's file.
        var name = Classes.FirstOrDefault(pair => pair.Value == kind.Replace("Custom>", "", StringComparison.Ordinal)).Key;
        if (name is null)
            return null;
        var numbers = new Dictionary<string, double>();
        foreach (var member in config.EnumerateObject())
        {
            if (member.Name == "learning_rate" && KerasJson.Member(member.Value, "config") is { ValueKind: JsonValueKind.Object } schedule)
            {
                foreach (var part in schedule.EnumerateObject())
                    Add(numbers, SchedulePrefix + part.Name, part.Value);
            }
            else
            {
                Add(numbers, member.Name, member.Value);
            }
        }

        if (numbers.GetValueOrDefault("use_ema") == 0)
            numbers.Remove("ema_momentum");
        numbers.Remove("use_ema");
        return (name, numbers);
    }

    /// <summary>Whether the learning rate follows a schedule, so that it is no variable of the optimizer.</summary>
    public static bool FollowsSchedule(IReadOnlyDictionary<string, double> numbers) =>
        numbers.Keys.Any(name => name.StartsWith(SchedulePrefix, StringComparison.Ordinal));

    private static bool IsFlag(string name) => name is "nesterov" or "centered" or "amsgrad";

    private static void Add(Dictionary<string, double> numbers, string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            numbers[name] = value.GetBoolean() ? 1 : 0;
        else if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
            numbers[name] = number;
    }
}
