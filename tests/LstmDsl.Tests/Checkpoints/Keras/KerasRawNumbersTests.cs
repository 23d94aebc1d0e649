using System.Text.Json;
using System.Text.Json.Nodes;

namespace LstmDsl.Tests;

/// <summary>A model of Keras's own making that begins with its <c>Normalization</c> and ends with its <c>Rescaling</c>.</summary>
public sealed class KerasRawNumbersTests
{
    private static readonly string Path = System.IO.Path.Combine(ParityIndex.Folder, "layers/normalization_rescaling.keras");

    [Fact]
    public void Raw_inputs_give_Keras_s_predictions()
    {
        var model = RawNumbersFile.Load(Path);
        using var case_ = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.ChangeExtension(Path, ".json")));
        float[] Numbers(string name) => [.. case_.RootElement.GetProperty(name).EnumerateArray().Select(number => number.GetSingle())];
        var (x, expected) = (Numbers("x"), Numbers("pred"));
        foreach (var device in new[] { Device.Cpu, Device.Reference, Device.ReferenceDouble })
        {
            var actual = new float[expected.Length];
            new Predictor<RawNumbersFile>(model, device).Predict(x, actual);
            // Keras's own are floats too, of magnitude 2, after some hundred operations.
            Close.Relative([.. expected.Select(value => (double)value)], actual, 1e-6, "prediction");
        }
    }

    [Fact]
    public void The_file_declares_its_constants() => Assert.Equal(
        "[Input(6, 2)]\n[Normalization(Mean = [0.1, 0.2], Variance = [1.5, 2])]\n[Lstm(4)]\n[Dense(1)]\n[Rescaling(2, 1)]\n"
        + "public sealed partial class Model;\n",
        KerasFile.Declaration(Path));

    [Theory]
    [InlineData("mean", "[0.1,0.3]", "> Normalization mean=[0.1, 0.3] ")]
    [InlineData("mean", "null", "> Normalization mean=null ")]
    [InlineData("variance", "2.0", "> Normalization variance=2 ")]
    [InlineData("invert", "true", "> Normalization invert=true ")]
    [InlineData("axis", "[1]", "> Normalization axis=1 ")]
    [InlineData("axis", "[]", "> Normalization axis=[] ")]
    public void Other_constants_are_a_difference(string option, string value, string difference)
    {
        using var folder = new TemporaryFolder();
        var path = Changed(folder, layers => layers[1]!["config"]![option] = JsonNode.Parse(value));
        Assert.Contains(difference, Assert.Throws<InvalidDataException>(() => RawNumbersFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scale", "3.0", "> Rescaling scale=3 offset=1 | Rescaling scale=2 offset=1")]
    [InlineData("offset", "0.0", "> Rescaling scale=2 offset=0 ")]
    [InlineData("scale", "[2.0,3.0]", "> Rescaling scale=[2, 3] offset=1 ")]
    public void Another_scale_is_a_difference(string option, string value, string difference)
    {
        using var folder = new TemporaryFolder();
        var path = Changed(folder, layers => layers[4]!["config"]![option] = JsonNode.Parse(value));
        Assert.Contains(difference, Assert.Throws<InvalidDataException>(() => RawNumbersFile.Load(path)).Message, StringComparison.Ordinal);
    }

    /// <summary>Axis 2 of (samples, timesteps, features) is the last.</summary>
    [Fact]
    public void The_last_axis_by_its_number_is_none()
    {
        using var folder = new TemporaryFolder();
        RawNumbersFile.Load(Changed(folder, layers => layers[1]!["config"]!["axis"] = new JsonArray(2)));
    }

    /// <summary>Older versions of Keras count the samples, as 32 or 64 bits.</summary>
    [Fact]
    public void A_count_of_samples_is_read_and_written()
    {
        using var folder = new TemporaryFolder();
        var model = new AdaptedFile(seed: 1);
        model.Normalization.Count.Set(0, 0, 1234);
        model.Normalization.Mean.CopyFrom([1, 2]);
        model.Save(folder.File("model.weights.h5"));
        var root = Hdf5File.Read(File.ReadAllBytes(folder.File("model.weights.h5")), "file").Root;
        Assert.Equal([1234L], (long[])root.FindDataset("layers/normalization/vars/2")!.Read().Values);
        var loaded = AdaptedFile.Load(folder.File("model.weights.h5"));
        Assert.Equal([1234], loaded.Normalization.Count.ToArray());
        Assert.Equal([1, 2], loaded.Normalization.Mean.ToArray());
    }

    /// <summary>A copy of the file in which something is otherwise.</summary>
    private static string Changed(TemporaryFolder folder, Action<JsonArray> change)
    {
        string[] names = ["metadata.json", "config.json", "model.weights.h5"];
        var members = KerasArchive.Read(File.ReadAllBytes(Path), Path, names);
        var configuration = JsonNode.Parse(members["config.json"])!.AsObject();
        change(configuration["config"]!["layers"]!.AsArray());
        members["config.json"] = JsonSerializer.SerializeToUtf8Bytes(configuration);
        var copy = folder.File("copy.keras");
        using var stream = File.Create(copy);
        KerasArchive.Write(stream, names.Select(name => (name, members[name])));
        return copy;
    }
}
