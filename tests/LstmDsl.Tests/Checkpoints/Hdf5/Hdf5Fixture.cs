namespace LstmDsl.Tests;

/// <summary>HDF5 files among the fixtures.</summary>
internal static class Hdf5Fixture
{
    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(ParityIndex.Folder, path));

    public static Hdf5File Open(string path) => Hdf5File.Read(Bytes(path), path);

    public static double[] Doubles(Hdf5Value value) => value.Values switch
    {
        float[] values => Array.ConvertAll(values, number => (double)number),
        double[] values => values,
        int[] values => Array.ConvertAll(values, number => (double)number),
        var values => Array.ConvertAll((long[])values, number => (double)number),
    };

    /// <summary>Reads everything that a file holds.</summary>
    public static int ReadAll(Hdf5File file)
    {
        var count = 0;
        Stack<Hdf5Group> open = new([file.Root]);
        while (open.TryPop(out var group))
        {
            foreach (var attribute in group.Attributes.Values.Concat(group.Datasets.Values.SelectMany(dataset => dataset.Attributes.Values)))
                count += attribute.Read().Values.Length;
            foreach (var dataset in group.Datasets.Values)
                count += dataset.Read().Values.Length;
            foreach (var child in group.Groups.Values)
                open.Push(child);
        }

        return count;
    }
}
