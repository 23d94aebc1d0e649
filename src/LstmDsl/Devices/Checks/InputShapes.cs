using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>What a model's samples must look like: (samples, timesteps, features), or, of several inputs, a list with such for each.</summary>
internal static class InputShapes
{
    /// <summary>What a model takes, in words.</summary>
    public static string Expectation(ModelPlan plan) => plan.Inputs.Count > 1
        ? $"[{string.Join(", ", plan.Inputs.Select(input => $"{input.Name} (samples, {input.Timesteps}, {input.Features})"))}], or "
            + $"(samples, {plan.Shape.InputLength}) with a sample's inputs one after the other"
        : $"(samples, {plan.Shape.Timesteps}, {plan.Shape.Features})";

    /// <summary>What one sample is made of, in words.</summary>
    public static string OneSample(ModelPlan plan) => plan.Inputs.Count > 1
        ? $"a sample's inputs one after the other, {string.Join(" + ", plan.Inputs.Select(input => $"{input.Name} {input.Timesteps} × {input.Features}"))}"
        : $"windows of {plan.Shape.Timesteps} timesteps × {plan.Shape.Features} features";

    /// <summary>The samples in the shape in which a program takes them; null where they do not fit the model.</summary>
    public static Samples? Fitting(ModelPlan plan, Samples samples)
    {
        var shape = plan.Shape;
        if (plan.Inputs.Count < 2)
            return samples.Inputs is null && Fits(samples, shape.Timesteps, shape.Features) ? samples : default(Samples?);

        if (samples.Inputs is { } inputs)
        {
            return inputs.Count == plan.Inputs.Count
                && inputs.Zip(plan.Inputs).All(pair => Fits(pair.First, pair.Second.Timesteps, pair.Second.Features)) ? samples : default(Samples?);
        }

        return samples.Shape is [_, var values] && values == shape.InputLength ? samples.In(samples.Count, 1, values)
            : samples.Shape is [_, 1, var features] && features == shape.InputLength ? samples
            : default(Samples?);
    }

    /// <summary>Of one feature the last axis may be left out.</summary>
    private static bool Fits(Samples samples, int timesteps, int features) =>
        (samples.Shape is [_, var foundTimesteps, var foundFeatures] && foundTimesteps == timesteps && foundFeatures == features)
        || (features == 1 && samples.Shape is [_, var only] && only == timesteps);
}
