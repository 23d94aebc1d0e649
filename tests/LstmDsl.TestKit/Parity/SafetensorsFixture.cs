namespace LstmDsl.Tests;

/// <summary>The tensors of one parity case, by name.</summary>
internal sealed class SafetensorsFixture
{
    private readonly Dictionary<string, StoredTensor> tensors;
    private readonly string path;

    private SafetensorsFixture(string path)
    {
        this.path = path;
        tensors = Safetensors.Read(path).Tensors.ToDictionary(tensor => tensor.Name);
    }

    /// <summary>Names of the tensors, in the order of the file.</summary>
    public IEnumerable<string> Names => tensors.Keys;

    /// <summary>Loads the tensors of a case: <c>Load("networks", "dense_first")</c>.</summary>
    public static SafetensorsFixture Load(string group, string name) => LoadFile($"{group}/{name}.safetensors");

    /// <summary>Loads by the path that an index gives in <c>file</c>: <c>networks/dense_first.safetensors</c>.</summary>
    public static SafetensorsFixture LoadFile(string file) => new(Path.Combine(ParityIndex.Folder, file));

    /// <summary>Whether the case has that tensor.</summary>
    public bool Has(string name) => tensors.ContainsKey(name);

    /// <summary>A tensor's shape.</summary>
    public int[] Shape(string name) => Tensor(name).Shape;

    /// <summary>A tensor's values as doubles, whatever its element type.</summary>
    public double[] Doubles(string name) => Tensor(name).Values switch
    {
        double[] values => values,
        float[] values => Array.ConvertAll(values, value => (double)value),
        int[] values => Array.ConvertAll(values, value => (double)value),
        var values => Array.ConvertAll((long[])values, value => (double)value),
    };

    /// <summary>A tensor's values as floats, whatever its element type; doubles are rounded.</summary>
    public float[] Floats(string name) => Tensor(name).Values switch
    {
        float[] values => values,
        double[] values => Array.ConvertAll(values, value => (float)value),
        int[] values => Array.ConvertAll(values, value => (float)value),
        var values => Array.ConvertAll((long[])values, value => (float)value),
    };

    /// <summary>The value of a tensor that holds a single one.</summary>
    public double Single(string name) => Doubles(name) is [var value]
        ? value
        : throw new InvalidOperationException($"'{name}' in {path} has shape ({string.Join(", ", Shape(name))}).");

    private StoredTensor Tensor(string name) => tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new KeyNotFoundException($"{path} has no tensor '{name}', only {string.Join(", ", tensors.Keys)}.");
}
