namespace LstmDsl.Tests;

/// <summary>What h5py and h5dump say of our files is what they say of Keras's own.</summary>
public sealed class KerasOtherProgramsTests
{
    /// <summary>Every object with its kind, shape, type, attributes and the sum of its values.</summary>
    private const string Listing =
        """
        import h5py, sys
        def show(name, item):
            attributes = {key: (value, item.attrs.get_id(key).dtype, item.attrs.get_id(key).shape) for key, value in item.attrs.items()}
            if isinstance(item, h5py.Dataset):
                print(name, item.shape, item.dtype, item.chunks, item.compression, item.maxshape, item[()].tobytes().hex(), attributes)
            else:
                print(name, sorted(item.keys()), attributes)
        with h5py.File(sys.argv[1], 'r') as file:
            show('/', file)
            file.visititems(show)
        """;

    [OtherProgramsFact]
    public void H5py_reads_in_our_file_what_it_reads_in_Keras_s()
    {
        using var folder = new TemporaryFolder();
        var (keras, own) = Files(folder);
        Assert.Equal(OtherPrograms.RunPython(Listing, keras), OtherPrograms.RunPython(Listing, own));
    }

    [OtherProgramsFact]
    public void H5dump_prints_of_our_file_what_it_prints_of_Keras_s()
    {
        using var folder = new TemporaryFolder();
        var (keras, own) = Files(folder);
        foreach (var option in new[] { "-y", "-A", "-B" })
            Assert.Equal(Dump(option, keras), Dump(option, own));
    }

    [OtherProgramsFact]
    public void H5py_reads_every_kind_of_layer()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.weights.h5");
        WindowLayersFile.Create(1).Save(path);
        var sizes = OtherPrograms.RunPython(
            "import h5py, sys\nfile = h5py.File(sys.argv[1])\nnames = []\n"
            + "file.visititems(lambda name, item: names.append(item.size) if isinstance(item, h5py.Dataset) else None)\nprint(sum(names))",
            path);
        Assert.Equal(WindowLayersFile.ParameterCount, int.Parse(sizes, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Weights and optimizer of one model, by Keras and by us.</summary>
    private static (string Keras, string Own) Files(TemporaryFolder folder)
    {
        var trainer = new Trainer<JenaLstmFile>(JenaLstmFile.Create(1)) { Loss = Loss.MeanSquaredError };
        trainer.Load(Path.Combine(ParityIndex.Folder, "files/jena_lstm.keras"));
        var own = folder.File("own.weights.h5");
        trainer.Save(own);
        return (Path.Combine(ParityIndex.Folder, "files/jena_lstm.weights.h5"), own);
    }

    /// <summary>All but the first line, which names the file.</summary>
    private static string Dump(string option, string path)
    {
        var text = OtherPrograms.Dump(option, path);
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }
}
