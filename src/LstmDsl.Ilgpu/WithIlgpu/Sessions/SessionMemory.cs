using System.Globalization;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>How much memory a model's training takes on a device, which the plan tells before anything is allocated.</summary>
internal static class SessionMemory<TModel> where TModel : class, IModelProgram<TModel>
{
    /// <summary>The layout of a setup's activations.</summary>
    public static TargetLayout Layout(TrainingSetup setup) => new(TModel.Plan, setup.Loss.TargetColumns(TModel.Plan.Shape.Outputs));

    /// <summary>Bytes for a batch of that size: parameters, gradients, slots, activations and scratch.</summary>
    public static long Bytes(TrainingSetup setup, LaunchPlan plan, int samples) =>
        sizeof(float) * (((2L + setup.Optimizer.Slots.Count) * TModel.Plan.ParameterFloats) + ((long)samples * Layout(setup).FloatsPerSample) + Scratch(plan, samples));

    /// <summary>Floats of scratch that training and predicting such a batch take.</summary>
    public static long Scratch(LaunchPlan plan, int samples)
    {
        var program = new DeviceProgram(queue: null, plan) { ParameterFloats = TModel.Plan.ParameterFloats, BatchSamples = samples };
        var backend = new IlgpuBackend(program);
        TModel.Forward(ref backend, samples);
        TModel.Backward(ref backend, samples, inputGradient: false);
        TModel.Gradients(ref backend, samples);
        program.LaunchGradients();
        TModel.Infer(ref backend, samples);
        return program.ScratchNeed;
    }

    /// <summary>Refuses a batch that does not fit.</summary>
    /// <exception cref="InsufficientMemoryException">It does not; the message says the largest that does.</exception>
    public static void Check(TrainingSetup setup, string device, long free, LaunchPlan plan)
    {
        var samples = setup.BatchSize;
        if (Fits(setup, free, plan, samples))
            return;

        var (fits, fails) = (0, samples);
        while (fails - fits > 1)
        {
            var middle = fits + ((fails - fits) / 2);
            (fits, fails) = Fits(setup, free, plan, middle) ? (middle, fails) : (fits, middle);
        }

        var largest = fits > 0 ? $"The largest batch that fits is {fits}." : "Not even a batch of one sample fits.";
        throw new InsufficientMemoryException(string.Create(
            CultureInfo.InvariantCulture,
            $"Training {TModel.Plan.Name} on {device} with batches of {samples} takes {BytesOrTooMany(setup, plan, samples)}, "
            + $"and {free:N0} bytes are free. {largest}"));
    }

    private static bool Fits(TrainingSetup setup, long free, LaunchPlan plan, int samples) =>
        IsAddressable(setup, samples) && Bytes(setup, plan, samples) <= free;

    // Offsets are 32 bits wide.
    private static bool IsAddressable(TrainingSetup setup, int samples) => (long)samples * Layout(setup).FloatsPerSample <= int.MaxValue;

    private static string BytesOrTooMany(TrainingSetup setup, LaunchPlan plan, int samples) => IsAddressable(setup, samples)
        ? string.Create(CultureInfo.InvariantCulture, $"{Bytes(setup, plan, samples):N0} bytes")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"activations of {(long)samples * Layout(setup).FloatsPerSample:N0} floats, of which {int.MaxValue:N0} can be addressed");
}
