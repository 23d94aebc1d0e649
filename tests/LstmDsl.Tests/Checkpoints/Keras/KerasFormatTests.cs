using System.IO.Compression;
using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>Files in Keras's format: what is written, what comes back, and what is refused.</summary>
public sealed class KerasFormatTests
{
    [Theory]
    [InlineData("model.keras")]
    [InlineData("model.weights.h5")]
    public void Weights_come_back(string name)
    {
        using var folder = new TemporaryFolder();
        var model = BidirectionalFile.Create(3);
        model.Save(folder.File(name));
        Assert.Equal(Predictions(model), Predictions(BidirectionalFile.Load(folder.File(name))));
    }

    [Fact]
    public void The_same_model_is_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var model = JenaLstmFile.Create(3);
        model.Save(folder.File("one.keras"));
        model.Save(folder.File("two.keras"));
        Assert.Equal(File.ReadAllBytes(folder.File("one.keras")), File.ReadAllBytes(folder.File("two.keras")));
    }

    [Fact]
    public void No_changed_number_goes_unseen()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.keras");
        JenaLstmFile.Create(3).Save(path);
        var whole = File.ReadAllBytes(path);
        var kernel = whole.AsSpan().IndexOf(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>([.. JenaLstmFile.Load(path).Lstm.Kernel.ToArray().Cast<float>().Take(8)]));
        Assert.True(kernel > 0);
        byte[] changed = [.. whole];
        changed[kernel + 2] ^= 1;
        File.WriteAllBytes(path, changed);
        Assert.Contains(
            "its member 'model.weights.h5' is damaged: its bytes are not those of its checksum",
            Assert.Throws<InvalidDataException>(() => JenaLstmFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stateful_layers_keep_their_batch_size()
    {
        using var folder = new TemporaryFolder();
        new StatefulLstm(seed: 3).Save(folder.File("one.keras"));
        using var written = Configuration(folder.File("one.keras"));
        var layers = written.RootElement.GetProperty("config").GetProperty("layers");
        Assert.Equal("[3,4,2]", layers[0].GetProperty("config").GetProperty("batch_shape").GetRawText());
        Assert.True(layers[1].GetProperty("config").GetProperty("stateful").GetBoolean());
        Assert.Equal("[3,4,2]", layers[1].GetProperty("build_config").GetProperty("input_shape").GetRawText());
        Assert.Equal("[3,5]", layers[2].GetProperty("build_config").GetProperty("input_shape").GetRawText());
        StatefulLstm.Load(folder.File("one.keras"));
    }

    [Fact]
    public void Constraints_are_written_as_Keras_does()
    {
        using var folder = new TemporaryFolder();
        new ConstrainedStack(seed: 3).Save(folder.File("one.keras"));
        using var written = Configuration(folder.File("one.keras"));
        string Written(int layer, string weight)
        {
            var constraint = written.RootElement.GetProperty("config").GetProperty("layers")[layer].GetProperty("config").GetProperty(weight);
            Assert.Equal("keras.constraints", constraint.GetProperty("module").GetString());
            return constraint.GetProperty("class_name").GetString() + constraint.GetProperty("config").GetRawText();
        }

        Assert.Equal("UnitNorm{\"axis\":2}", Written(1, "kernel_constraint"));
        Assert.Equal("MaxNorm{\"max_value\":0.5,\"axis\":0}", Written(2, "kernel_constraint"));
        Assert.Equal("NonNeg{}", Written(3, "kernel_constraint"));
        Assert.Equal("MinMaxNorm{\"min_value\":0.3,\"max_value\":0.8,\"rate\":0.25,\"axis\":1}", Written(4, "kernel_constraint"));
    }

    [Fact]
    public void Another_architecture_is_refused_with_a_table_that_marks_the_first_difference()
    {
        var path = Path.Combine(ParityIndex.Folder, "files/gru_stack.keras");
        var fault = Assert.Throws<InvalidDataException>(() => Keras2GruFile.Load(path));
        var marked = fault.Message.Split('\n').Where(line => line.StartsWith("> ", StringComparison.Ordinal)).ToArray();
        Assert.Contains("Dense units=4", Assert.Single(marked), StringComparison.Ordinal);
        Assert.Contains("| Dense units=2", marked[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_model_in_h5_is_not_written()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            ".weights.h5 for weights alone", Assert.Throws<ArgumentException>(() => JenaLstmFile.Create(1).Save(folder.File("x.h5"))).Message,
            StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("../config.json")]
    [InlineData("/config.json")]
    [InlineData("a\\..\\config.json")]
    public void A_member_that_leads_out_of_the_archive_is_refused(string member)
    {
        using var stream = new MemoryStream();
        KerasArchive.Write(stream, [(member, [1])]);
        var fault = Assert.Throws<InvalidDataException>(() => KerasArchive.Read(stream.ToArray(), "x.keras", ["config.json"]));
        Assert.Contains("leads out of the archive", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_would_become_much_larger_than_the_file_is_refused()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var member = archive.CreateEntry("config.json", CompressionLevel.SmallestSize).Open();
            member.Write(new byte[64 << 20]);
        }

        var fault = Assert.Throws<InvalidDataException>(() => KerasArchive.Read(stream.ToArray(), "x.keras", ["config.json"]));
        Assert.Contains("claims 67108864 bytes", fault.Message, StringComparison.Ordinal);
    }

    private static float[] Predictions(BidirectionalFile model)
    {
        var x = new float[5 * 8 * 3];
        for (var i = 0; i < x.Length; i++)
            x[i] = (i % 11) - 5;
        var predictions = new float[5];
        model.Predict(x, predictions);
        return predictions;
    }

    private static JsonDocument Configuration(string path) =>
        JsonDocument.Parse(KerasArchive.Read(File.ReadAllBytes(path), path, ["config.json"])["config.json"]);
}
