using System.Text;

namespace LstmDsl.Tests;

/// <summary>What a state dict holds besides, such as buffers, is left out by name.</summary>
public sealed class PyTorchSkipTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("model.safetensors");

    [Fact]
    public void Buffers_are_left_out_by_their_own_names_or_their_module_s()
    {
        var model = TwoUnits.Create(3);
        Write(model, new("scaler.mean", [2], new float[2]), new("scaler.scale", [2], new float[2]), new("position", [1], new long[1]));
        var back = TwoUnits.Create(4);
        PyTorch.Load(back, Path, skip: ["scaler", "position"]);
        Assert.Equal(ModelWeights.Of(model), ModelWeights.Of(back));
        PyTorch.Load(TwoUnits.Create(4), Path, skip: ["scaler.mean", "scaler.scale", "position"]);
    }

    [Fact]
    public void A_module_without_a_layer_is_left_out_whole()
    {
        var model = TwoUnits.Create(3);
        Write(model, new("auxiliary.weight", [1, 2], new float[2]), new("auxiliary.bias", [1], new float[1]));
        var back = TwoUnits.Create(4);
        PyTorch.Load(back, Path, skip: ["auxiliary"]);
        Assert.Equal(ModelWeights.Of(model), ModelWeights.Of(back));
    }

    [Fact]
    public void What_is_left_out_may_be_of_a_type_that_is_not_read()
    {
        var model = TwoUnits.Create(3);
        PyTorch.Save(model, Path);
        var bytes = File.ReadAllBytes(Path);
        var length = (int)BitConverter.ToInt64(bytes);
        var header = Encoding.UTF8.GetString(bytes, 8, length).TrimEnd();
        var data = bytes.Length - 8 - length;
        header = FormattableString.Invariant($"{header[..^1]},\"mask\":{{\"dtype\":\"BOOL\",\"shape\":[5],\"data_offsets\":[{data},{data + 5}]}}}}");
        File.WriteAllBytes(Path, RawSafetensors.Bytes(header, [.. bytes[(8 + length)..], 1, 0, 1, 0, 1]));
        Assert.Contains(
            "tensor 'mask' has dtype BOOL; this library reads",
            Assert.Throws<InvalidDataException>(() => PyTorch.Load(TwoUnits.Create(4), Path)).Message,
            StringComparison.Ordinal);
        var back = TwoUnits.Create(4);
        PyTorch.Load(back, Path, skip: ["mask"]);
        Assert.Equal(ModelWeights.Of(model), ModelWeights.Of(back));
    }

    [Fact]
    public void A_buffer_that_is_not_named_is_refused_and_the_message_says_how_to_leave_it_out()
    {
        Write(TwoUnits.Create(3), new StoredTensor("scaler.mean", [2], new float[2]));
        var fault = Assert.Throws<InvalidDataException>(() => PyTorch.Load(TwoUnits.Create(4), Path));
        Assert.Contains("leave it out: PyTorch.Load(model, path, skip: [\"scaler.mean\"])", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_not_in_the_file_is_refused()
    {
        Write(TwoUnits.Create(3));
        var fault = Assert.Throws<ArgumentException>(() => PyTorch.Load(TwoUnits.Create(4), Path, skip: ["scaler"]));
        Assert.Contains($"'{Path}' has no tensor 'scaler' to skip, nor a module of that name", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private void Write(TwoUnits model, params StoredTensor[] besides)
    {
        PyTorch.Save(model, Path);
        Safetensors.Write(Path, new() { Tensors = [.. Safetensors.Read(Path).Tensors, .. besides] });
    }
}
