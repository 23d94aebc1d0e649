using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

public sealed class WeightTensorsTests
{
    private const int ParameterFloats = 64;

    private static readonly TensorSlot[] Slots =
    [
        new("lstm.kernel", TensorRole.Kernel, 0, 1, 8, default),
        new("lstm.recurrent_kernel", TensorRole.RecurrentKernel, 16, 2, 8, default),
        new("lstm.bias", TensorRole.Bias, 32, 1, 8, default),
        new("dense.kernel", TensorRole.Kernel, 48, 2, 1, default),
    ];

    [Fact]
    public void Weights_come_back_and_padding_stays()
    {
        var tensors = WeightTensors.From(Slots, Numbered(100));
        Assert.Equal(Slots.Select(slot => slot.Name), tensors.Select(tensor => tensor.Name));
        Assert.Equal([[1, 8], [2, 8], [8], [2, 1]], tensors.Select(tensor => tensor.Shape));

        var restored = new float[ParameterFloats];
        WeightTensors.Restore(new() { Tensors = [.. tensors.Reverse()] }, Slots, restored, "file");
        for (var i = 0; i < ParameterFloats; i++)
        {
            var isWeight = Slots.Any(slot => i >= slot.Offset && i < slot.Offset + slot.Length);
            Assert.Equal(isWeight ? 100 + i : 0, restored[i]);
        }
    }

    [Fact]
    public void The_optimizer_does_not_disturb_the_weights()
    {
        var tensors = WeightTensors.From(Slots, Numbered(1)).Concat(OptimizerTensors.From(Slots, ["velocity"], Numbered(2), ParameterFloats, 3));
        var restored = new float[ParameterFloats];
        WeightTensors.Restore(new() { Tensors = [.. tensors] }, Slots, restored, "file");
        Assert.Equal(1, restored[0]);
    }

    [Fact]
    public void A_layer_may_be_called_optimizer()
    {
        TensorSlot[] slots = [new("optimizer.kernel", TensorRole.Kernel, 0, 1, 8, default)];
        CheckpointContent content = new()
        {
            Tensors = [.. WeightTensors.From(slots, Numbered(5)), .. OptimizerTensors.From(slots, ["velocity"], Numbered(6), ParameterFloats, 3)],
        };
        var (weights, velocity) = (new float[ParameterFloats], new float[ParameterFloats]);
        WeightTensors.Restore(content, slots, weights, "file");
        Assert.Equal(3, OptimizerTensors.Restore(content, slots, ["velocity"], velocity, ParameterFloats, "file"));
        Assert.Equal((5, 6), (weights[0], velocity[0]));
    }

    [Fact]
    public void Every_difference_is_named_and_nothing_is_written()
    {
        List<StoredTensor> tensors = [.. WeightTensors.From(Slots, Numbered(1))];
        tensors[0] = new("lstm.kernel", [3, 8], new float[24]);
        tensors[1] = new("lstm.recurrent_kernel", [2, 8], new double[16]);
        tensors[3] = new("dense_1.kernel", [2, 1], new float[2]);
        AssertRefused(
            tensors,
            "The weights in 'best.safetensors' are not those of this model: "
            + "tensor 'lstm.kernel': this model has shape (1, 8), the file (3, 8); "
            + "tensor 'lstm.recurrent_kernel': this model has F32, the file F64; "
            + "tensor 'dense.kernel': missing in the file; this model has shape (2, 1); "
            + "tensor 'dense_1.kernel': only the file has it, as F32 (2, 1).");
    }

    [Fact]
    public void Of_many_differences_the_first_ten_are_listed() =>
        AssertRefused(
            [.. WeightTensors.From(Slots, Numbered(1)), .. Enumerable.Range(0, 25).Select(i => new StoredTensor($"t{i}", [1], new float[1]))],
            "The weights in 'best.safetensors' are not those of this model: "
            + string.Concat(Enumerable.Range(0, 10).Select(i => $"tensor 't{i}': only the file has it, as F32 (1); "))
            + "and 15 more.");

    [Fact]
    public void Slots_come_back_with_the_iteration()
    {
        float[] blocks = [.. Numbered(1000), .. Numbered(2000)];
        var tensors = OptimizerTensors.From(Slots, ["momentum", "velocity"], blocks, ParameterFloats, iteration: 5_000_000_000);
        Assert.Equal(1 + (2 * Slots.Length), tensors.Count);
        Assert.Equal("optimizer.iteration", tensors[0].Name);
        Assert.Equal("optimizer.momentum.lstm.kernel", tensors[1].Name);
        Assert.Equal("optimizer.velocity.dense.kernel", tensors[^1].Name);

        var restored = new float[2 * ParameterFloats];
        // Weights stand beside the slots in a whole checkpoint.
        CheckpointContent content = new() { Tensors = [.. WeightTensors.From(Slots, Numbered(0)), .. tensors] };
        Assert.Equal(5_000_000_000, OptimizerTensors.Restore(content, Slots, ["momentum", "velocity"], restored, ParameterFloats, "file"));
        Assert.Equal(1000 + 16, restored[16]);
        Assert.Equal(2000 + 49, restored[ParameterFloats + 49]);
        Assert.Equal(0, restored[50]);
    }

    [Fact]
    public void An_optimizer_without_slots_has_its_iteration()
    {
        var tensors = OptimizerTensors.From(Slots, [], [], ParameterFloats, iteration: 7);
        Assert.Equal(7, OptimizerTensors.Restore(new() { Tensors = tensors }, Slots, [], [], ParameterFloats, "file"));
    }

    [Fact]
    public void The_state_of_another_optimizer_is_refused()
    {
        var tensors = OptimizerTensors.From(Slots[..1], ["velocity"], Numbered(1), ParameterFloats, iteration: 7);
        var blocks = Numbered(9);
        var thrown = Assert.Throws<InvalidDataException>(() =>
            OptimizerTensors.Restore(new() { Tensors = tensors }, Slots[..1], ["momentum"], blocks, ParameterFloats, "best.safetensors"));
        Assert.Equal(
            "The optimizer's state in 'best.safetensors' does not fit this optimizer and model: "
            + "tensor 'optimizer.momentum.lstm.kernel': missing in the file; this model has shape (1, 8); "
            + "tensor 'optimizer.velocity.lstm.kernel': only the file has it, as F32 (1, 8).",
            thrown.Message);
        Assert.Equal(Numbered(9), blocks);
    }

    [Fact]
    public void An_iteration_must_be_a_count()
    {
        CheckpointContent content = new() { Tensors = [new("optimizer.iteration", [1], new[] { -1L })] };
        var thrown = Assert.Throws<InvalidDataException>(() => OptimizerTensors.Restore(content, Slots, [], [], ParameterFloats, "file"));
        Assert.Contains("tensor 'optimizer.iteration': one I64 from 0 up is expected, the file has I64 (1)", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_weights_alone_says_so()
    {
        CheckpointContent content = new() { Tensors = WeightTensors.From(Slots, Numbered(1)) };
        var thrown = Assert.Throws<InvalidDataException>(() => OptimizerTensors.Restore(content, Slots, [], [], ParameterFloats, "best.safetensors"));
        Assert.StartsWith("'best.safetensors' holds weights alone", thrown.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(IReadOnlyList<StoredTensor> tensors, string message)
    {
        var block = Numbered(7);
        var thrown = Assert.Throws<InvalidDataException>(() => WeightTensors.Restore(new() { Tensors = tensors }, Slots, block, "best.safetensors"));
        Assert.Equal(message, thrown.Message);
        Assert.Equal(Numbered(7), block);
    }

    private static float[] Numbered(int from) => [.. Enumerable.Range(from, ParameterFloats).Select(number => (float)number)];
}
