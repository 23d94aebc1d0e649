using System.IO.Compression;

namespace LstmDsl.Tests;

/// <summary>A file under another's name is recognised by its first bytes, and the message says what to do.</summary>
public sealed class FileKindTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("h5as.keras", "it is an HDF5 file; name it .h5 (a whole model as Keras 2 wrote it) or .weights.h5 (weights alone).")]
    [InlineData("lfs.keras", "it is a Git LFS pointer, which stands for a file that was not downloaded; fetch it with git lfs pull.")]
    [InlineData("html.keras", "it is an HTML page; download the file itself, not the page that shows it.")]
    public void What_is_no_zip_of_Keras_s_is_named(string name, string expected)
    {
        var path = FaultFiles.Of(name);
        var message = $"'{path}' is no .keras file that can be read: {expected}";
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => TwoUnits.Load(path)).Message);
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => KerasFile.Declaration(path)).Message);
    }

    [Theory]
    [InlineData(".h5", "no HDF5 file that can be read: it is a zip of Keras 3's; name it .keras; byte 0")]
    [InlineData(".safetensors", "not a valid safetensors file: it is a zip of Keras 3's; name it .keras.")]
    public void A_zip_of_Keras_s_is_named_under_any_other_extension(string extension, string expected)
    {
        var path = folder.File("model" + extension);
        var keras = folder.File("model.keras");
        TwoUnits.Create(1).Save(keras);
        File.Copy(keras, path);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => TwoUnits.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".keras")]
    [InlineData(".h5")]
    [InlineData(".safetensors")]
    public void What_torch_save_writes_is_named_and_sent_to_safetensors(string extension)
    {
        var path = folder.File("model" + extension);
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var member = archive.CreateEntry("archive/data.pkl").Open();
            member.Write(new byte[100]);
        }

        var message = Assert.Throws<InvalidDataException>(() => TwoUnits.Load(path)).Message;
        Assert.Contains("it is a zip of PyTorch's, as torch.save writes it", message, StringComparison.Ordinal);
        Assert.Contains("safetensors.torch.save_file(model.state_dict(), \"model.safetensors\")", message, StringComparison.Ordinal);
    }

    [Fact]
    public void PyTorch_Load_names_what_is_no_state_dict_in_safetensors_too()
    {
        var path = folder.File("model.pt");
        File.WriteAllBytes(path, [0x80, 0x02, 0x8a, 0x0a]);
        Assert.Contains(
            "it is a Python pickle, as torch.save once wrote it",
            Assert.Throws<InvalidDataException>(() => PyTorch.Load(TwoUnits.Create(1), path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Safetensors_under_PyTorch_s_usual_name_are_named()
    {
        var fault = Assert.Throws<ArgumentException>(() => TwoUnits.Load(FaultFiles.Of("model.pt")));
        Assert.Contains(
            "Known: .safetensors, .keras, .h5. By its first bytes it is a safetensors file; name it .safetensors; one of PyTorch's is read with "
            + "PyTorch.Load.",
            fault.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_dict_is_sent_to_PyTorch_Load()
    {
        var path = FaultFiles.Of("tln2.safetensors");
        Assert.Equal(
            $"'{path}' is a state dict of PyTorch's: it holds 'lstm.weight_ih_l0', and none of TwoUnits's own names. Read it with "
            + "PyTorch.Load(model, path).",
            Assert.Throws<InvalidDataException>(() => TwoUnits.Load(path)).Message);
    }

    [Theory]
    [InlineData("model.hdf5")]
    [InlineData("MODEL.HDF5")]
    public void The_extension_hdf5_is_h5(string name)
    {
        File.Copy(FaultFiles.Of("k2cudnn.h5"), folder.File(name));
        Assert.Equal(0.688098, FaultFiles.Predicted(TwoUnits.Load(folder.File(name))), FaultFiles.Tolerance);
        Assert.Throws<ArgumentException>(() => TwoUnits.Create(1).Save(folder.File(name)));
    }

    public void Dispose() => folder.Dispose();
}
