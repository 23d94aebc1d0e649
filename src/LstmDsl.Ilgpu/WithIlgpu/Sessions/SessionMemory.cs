using System.Globalization;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>How much memory a model's training takes on a device, which the plan tells before anything is allocated.</summary>
internal static class SessionMemory<TModel> where TModel : class, IModelProgram<TModel>
{
    /// <summary>Activations of a sample: the program's, then the targets in the output's layout, each on 64 bytes.</summary>
    public static int FloatsPerSample => Math.Max(TModel.Plan.Training.Floats, TModel.Plan.Inference.Floats) + RoundedOutput;

    /// <summary>Floats of a sample's targets.</summary>
    public static int RoundedOutput => (TModel.Plan.Shape.OutputLength + 15) / 16 * 16;

    /// <summary>Bytes for a batch of that size: parameters, gradients, slots, activations and scratch.</summary>
    public static long Bytes(int slots, LaunchPlan plan, int samples) =>
        sizeof(float) * (((2L + slots) * TModel.Plan.ParameterFloats) + ((long)samples * FloatsPerSample) + Scratch(plan, samples));

    /// <summary>Floats of scratch that training and predicting such a batch take.</summary>
    public static long Scratch(LaunchPlan plan, int samples)
    {
        var program = new DeviceProgram(queue: null, plan) { ParameterFloats = TModel.Plan.ParameterFloats, BatchSamples = samples };
        var backend = new IlgpuBackend(program);
        TModel.Forward(ref backend, samples);
        TModel.Backward(ref backend, samples, inputGradient: false);
        TModel.Gradients(ref backend, samples);
        TModel.Infer(ref backend, samples);
        return program.ScratchNeed;
    }

    /// <summary>Refuses a batch that does not fit.</summary>
    /// <exception cref="InsufficientMemoryException">It does not; the message says the largest that does.</exception>
    public static void Check(string device, long free, int slots, LaunchPlan plan, int samples)
    {
        if (Fits(free, slots, plan, samples))
            return;

        var (fits, fails) = (0, samples);
        while (fails - fits > 1)
        {
            var middle = fits + ((fails - fits) / 2);
            (fits, fails) = Fits(free, slots, plan, middle) ? (middle, fails) : (fits, middle);
        }

        var largest = fits > 0 ? $"The largest batch that fits is {fits}." : "Not even a batch of one sample fits.";
        throw new InsufficientMemoryException(string.Create(
            CultureInfo.InvariantCulture,
            $"Training {TModel.Plan.Name} on {device} with batches of {samples} takes {BytesOrTooMany(slots, plan, samples)}, "
            + $"and {free:N0} bytes are free. {largest}"));
    }

    private static bool Fits(long free, int slots, LaunchPlan plan, int samples) =>
        IsAddressable(samples) && Bytes(slots, plan, samples) <= free;

    // Offsets are 32 bits wide.
    private static bool IsAddressable(int samples) => (long)samples * FloatsPerSample <= int.MaxValue;

    private static string BytesOrTooMany(int slots, LaunchPlan plan, int samples) => IsAddressable(samples)
        ? string.Create(CultureInfo.InvariantCulture, $"{Bytes(slots, plan, samples):N0} bytes")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"activations of {(long)samples * FloatsPerSample:N0} floats, of which {int.MaxValue:N0} can be addressed");
}
