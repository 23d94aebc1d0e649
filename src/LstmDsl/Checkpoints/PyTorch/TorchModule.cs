using System.Globalization;

namespace LstmDsl;

/// <summary>A module of a state dict, or one layer of a module that has several.</summary>
/// <param name="Prefix">What its parameters' names begin with: <c>encoder.rnn</c>.</param>
/// <param name="Number">The layer's number; −1 for a module that has none.</param>
internal sealed record TorchModule(string Prefix, int Number)
{
    /// <summary>A count that PyTorch keeps beside moving averages, and that changes nothing.</summary>
    public const string BatchCount = "num_batches_tracked";

    private const string LayerMark = "_l";

    private readonly Dictionary<string, StoredTensor> parameters = [];

    /// <summary>Its names and shapes, for messages.</summary>
    public string Description => $"{FullName}: {Described(parameters.Select(parameter => (parameter.Key, parameter.Value.Shape)))}";

    /// <summary>Its name, for messages, and for putting modules in order.</summary>
    public string FullName => Number < 0 ? Prefix : FormattableString.Invariant($"{Prefix} (layer {Number})");

    /// <summary>Its name without numbers.</summary>
    public string Stem => string.Concat(Prefix.Where(letter => !char.IsAsciiDigit(letter)));

    /// <summary>The numbers of its name, by which modules of one stem are ordered.</summary>
    public IReadOnlyList<int> Numbers
    {
        get
        {
            var digits = Prefix.Select(letter => char.IsAsciiDigit(letter) ? letter : ' ').ToArray();
            var numbers = new string(digits).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return [.. numbers.Select(number => int.TryParse(number, CultureInfo.InvariantCulture, out var value) ? value : int.MaxValue), Number];
        }
    }

    /// <summary>The modules of a state dict.</summary>
    /// <exception cref="InvalidDataException">A tensor is no parameter of a module that is known here.</exception>
    public static IReadOnlyList<TorchModule> Of(CheckpointContent content, string file)
    {
        var modules = new Dictionary<(string, int), TorchModule>();
        foreach (var tensor in content.Tensors)
        {
            var cut = tensor.Name.LastIndexOf('.');
            var (prefix, last) = cut < 0 ? ("", tensor.Name) : (tensor.Name[..cut], tensor.Name[(cut + 1)..]);
            if (last == BatchCount)
                continue;
            var (name, number) = Split(last);
            if (name is not ("weight" or "bias" or "running_mean" or "running_var"
                or "weight_ih" or "weight_hh" or "bias_ih" or "bias_hh"
                or "weight_ih_reverse" or "weight_hh_reverse" or "bias_ih_reverse" or "bias_hh_reverse"))
            {
                throw new InvalidDataException(
                    $"'{file}': tensor '{tensor.Name}' is no parameter of a module that has a counterpart here. If the model does without it, as "
                    + $"without a buffer, leave it out: PyTorch.Load(model, path, skip: [\"{tensor.Name}\"]).");
            }

            if (!modules.TryGetValue((prefix, number), out var module))
                modules.Add((prefix, number), module = new(prefix, number));
            if (!module.parameters.TryAdd(name, tensor))
                throw new InvalidDataException($"'{file}': {module.FullName} has '{name}' twice.");
        }

        return [.. modules.Values];
    }

    /// <summary>Whether it has a layer's parameters, all of them and no others, in their shapes.</summary>
    public bool Fits(TorchLayer layer) =>
        parameters.Count == layer.Parameters.Count
        && layer.Parameters.All(wanted => parameters.TryGetValue(wanted.Name, out var found)
            && found.Shape.AsSpan().SequenceEqual(wanted.Shape) && found.Values is float[] or double[]);

    /// <summary>A parameter's values.</summary>
    public float[] Values(string name) => parameters[name].Values is double[] doubles
        ? Array.ConvertAll(doubles, number => (float)number)
        : (float[])parameters[name].Values;

    /// <summary>Names and shapes, for messages.</summary>
    public static string Described(IEnumerable<(string Name, int[] Shape)> parameters) =>
        string.Join(", ", parameters.Select(parameter => $"{parameter.Name} ({string.Join(", ", parameter.Shape)})"));

    /// <summary>Takes <c>weight_ih_l0_reverse</c> apart: <c>weight_ih_reverse</c> and 0.</summary>
    private static (string Name, int Number) Split(string name)
    {
        var mark = name.IndexOf(LayerMark, StringComparison.Ordinal);
        if (mark < 0)
            return (name, -1);
        var end = mark + LayerMark.Length;
        while (end < name.Length && char.IsAsciiDigit(name[end]))
            end++;
        return int.TryParse(name.AsSpan(mark + LayerMark.Length, end - mark - LayerMark.Length), CultureInfo.InvariantCulture, out var number)
            ? (name[..mark] + name[end..], number)
            : (name, -1);
    }
}
