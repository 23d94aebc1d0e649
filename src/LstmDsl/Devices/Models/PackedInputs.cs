using System.Buffers;
using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>Windows of several inputs, laid side by side in a rented array, so that each sample has all of its inputs one after the other.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct PackedInputs
{
    private readonly ModelPlan plan;
    private readonly float[] packed;
    private readonly int samples;

    /// <summary>Room for as many samples as the first input has.</summary>
    /// <param name="plan">The model's plan.</param>
    /// <param name="first">The first input's windows.</param>
    /// <exception cref="ArgumentException">The input does not hold whole windows.</exception>
    public PackedInputs(ModelPlan plan, ReadOnlySpan<float> first)
    {
        this.plan = plan;
        samples = first.Length / plan.Inputs[0].Length;
        packed = ArrayPool<float>.Shared.Rent(samples * plan.Shape.InputLength);
        Put(0, first);
    }

    /// <summary>The windows, (samples, values of all inputs).</summary>
    public ReadOnlySpan<float> Windows => packed.AsSpan(0, samples * plan.Shape.InputLength);

    /// <summary>Lays an input's windows beside the others.</summary>
    /// <param name="input">Its place among the inputs.</param>
    /// <param name="windows">Its windows, (samples, timesteps, features).</param>
    /// <exception cref="ArgumentException">It has another number of windows than the first, or no whole ones.</exception>
    public void Put(int input, ReadOnlySpan<float> windows)
    {
        var (slot, length) = (plan.Inputs[input], plan.Inputs[input].Length);
        if (windows.Length != samples * length)
        {
            Dispose();
            throw new ArgumentException(
                $"{slot.Name} of {plan.Name} has {slot.Timesteps} × {slot.Features} = {length} values a sample; found {windows.Length}, "
                + (input == 0 ? "which are no whole samples." : $"for {samples} samples of {plan.Inputs[0].Name}."),
                slot.Name);
        }

        var start = plan.Inputs.Take(input).Sum(before => before.Length);
        for (var sample = 0; sample < samples; sample++)
            windows.Slice(sample * length, length).CopyTo(packed.AsSpan((sample * plan.Shape.InputLength) + start));
    }

    /// <summary>Gives the array back.</summary>
    public void Dispose() => ArrayPool<float>.Shared.Return(packed);
}
