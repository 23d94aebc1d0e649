using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// What stateful layers carry from batch to batch, on a device while a batch runs. Between batches the model has it, where checkpoints, other
/// devices and <c>ResetStates</c> find it, so that such a model waits for the device once a batch.
/// </summary>
internal sealed class DeviceStates(DeviceQueue queue, DeviceProgram program, ModelPlan plan, LayerStates states)
{
    private float[] staging = [];

    /// <summary>Writes the states that a batch begins in.</summary>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="training">Whether the batch is laid out for training.</param>
    public void Load(int samples, bool training)
    {
        for (var index = 0; index < plan.States.Count; index++)
        {
            var slot = plan.States[index];
            var values = states.Rows(index, first: 0, samples);
            var floats = Staging(values.Length);
            for (var value = 0; value < values.Length; value++)
                floats[value] = (float)values[value];
            queue.Upload<float>(floats, program.Activation((training ? slot.TrainingFirst : slot.InferenceFirst) * samples, values.Length));
        }
    }

    /// <summary>Keeps the states that a batch ends in; arguments as in <see cref="Load"/>.</summary>
    public void Keep(int samples, bool training)
    {
        for (var index = 0; index < plan.States.Count; index++)
        {
            var slot = plan.States[index];
            var values = states.Rows(index, first: 0, samples);
            var floats = Staging(values.Length);
            queue.Download(program.Activation((training ? slot.TrainingLast : slot.InferenceLast) * samples, values.Length), floats);
            for (var value = 0; value < values.Length; value++)
                values[value] = floats[value];
        }
    }

    private Span<float> Staging(int length)
    {
        if (staging.Length < length)
            staging = new float[length];
        return staging.AsSpan(0, length);
    }
}
