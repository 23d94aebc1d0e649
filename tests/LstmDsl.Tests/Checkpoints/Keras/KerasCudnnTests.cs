using System.Text;

namespace LstmDsl.Tests;

/// <summary>Files of Keras that hold weights otherwise: cuDNN's layers, bfloat16.</summary>
public sealed class KerasCudnnTests
{
    [Fact]
    public void A_CuDNNLSTM_predicts_as_cuDNN_computes() =>
        Assert.Equal(0.688098, FaultFiles.Predicted(TwoUnits.Load(FaultFiles.Of("k2cudnn.h5"))), FaultFiles.Tolerance);

    [Fact]
    public void A_CuDNNGRU_in_both_directions_predicts_as_cuDNN_computes() =>
        Assert.Equal(1.242594, FaultFiles.Predicted(TwoUnitsBothWays.Load(FaultFiles.Of("k2cudnn_bigru.h5"))), FaultFiles.Tolerance);

    [Fact]
    public void Their_declaration_is_that_of_the_layer_that_they_compute()
    {
        Assert.Equal(
            "[Input(3, 2)]\n[Lstm(2)]\n[Dense(1)]\npublic sealed partial class Model;\n", KerasFile.Declaration(FaultFiles.Of("k2cudnn.h5")));
        Assert.Equal(
            "[Input(3, 2)]\n[Bidirectional]\n[Gru(2)]\n[Dense(1)]\npublic sealed partial class Model;\n",
            KerasFile.Declaration(FaultFiles.Of("k2cudnn_bigru.h5")));
    }

    [Fact]
    public void What_goes_without_saying_in_cuDNN_is_said()
    {
        const string Old = """{"layers": [{"class_name": "CuDNNGRU", "config": {"units": 1.50, "name": "CuDNNGRU"}}, {"class_name": "LSTM", "config": {}}]}""";
        const string New =
            """{"layers":[{"class_name":"GRU","config":{"activation":"tanh","recurrent_activation":"sigmoid","reset_after":true,"units":1.50,"name":"CuDNNGRU"}},"""
            + """{"class_name":"LSTM","config":{}}]}""";
        Assert.Equal(New, Encoding.UTF8.GetString(KerasCudnn.AsLayers(Encoding.UTF8.GetBytes(Old), "file", new(Old.Length))));
        byte[] plain = [.. """{"class_name": "GRU"}"""u8];
        Assert.Same(plain, KerasCudnn.AsLayers(plain, "file", new(plain.Length)));
        byte[] broken = [.. """{"class_name": "CuDNNGRU","""u8];
        Assert.Same(broken, KerasCudnn.AsLayers(broken, "file", new(broken.Length)));
    }

    [Fact]
    public void Keras_s_bfloat16_is_read() =>
        Assert.Equal(0.521940, FaultFiles.Predicted(TwoUnits.Load(FaultFiles.Of("bf16.weights.h5"))), FaultFiles.Tolerance);

    [Fact]
    public void What_is_not_read_is_named()
    {
        // Without the attribute that says what they are, two bytes are two bytes.
        var bytes = File.ReadAllBytes(FaultFiles.Of("bf16.weights.h5"));
        for (int at; (at = bytes.AsSpan().IndexOf("bfloat16"u8)) >= 0;)
            "bfloat17"u8.CopyTo(bytes.AsSpan(at));
        var weight = Hdf5File.Read(bytes, "model.weights.h5").Root.FindDataset("layers/dense/vars/0")!;
        Assert.Contains(
            "its elements are opaque elements of 2 bytes, which are not read (numbers and texts are)",
            Assert.Throws<InvalidDataException>(weight.Read).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_is_listed_and_not_there_is_told_with_the_file()
    {
        using var folder = new TemporaryFolder();
        var bytes = File.ReadAllBytes(FaultFiles.Of("k2cudnn.h5"));
        var listed = bytes.AsSpan().LastIndexOf("dense/kernel:0"u8);
        bytes[listed] = (byte)'D';
        var path = folder.File("old.h5");
        File.WriteAllBytes(path, bytes);
        Assert.Equal(
            $"'{path}': 'Dense/kernel:0' in /model_weights/dense is listed, but not there.",
            Assert.Throws<InvalidDataException>(() => TwoUnits.Load(path)).Message);
    }
}
