using System.Globalization;

namespace LstmDsl;

/// <summary>
/// Finds the weights of layers in Keras 3's layout, <c>layers/lstm_1/cell/vars/0</c>, also where Keras 2.13 wrote them: below
/// <c>_layer_checkpoint_dependencies</c>, where the second LSTM may be <c>lstm_2</c>, since layers with weights were counted twice; and
/// from Windows under names in which backslashes stand for the levels.
/// </summary>
internal static class KerasLayerPaths
{
    private const string Layers = "layers/";
    private const string OldLayers = "_layer_checkpoint_dependencies/";

    /// <summary>The data sets of all layers, with the paths that Keras 3 gives them.</summary>
    public static IReadOnlyList<(string Path, Hdf5Dataset Dataset)> Of(Hdf5Group root)
    {
        List<(string Path, Hdf5Dataset Dataset)> all = [.. root.AllDatasets().Select(dataset => (Normal(dataset.Path), dataset))];
        if (all.Exists(item => item.Path.StartsWith(Layers, StringComparison.Ordinal)))
            return all.FindAll(item => item.Path.StartsWith(Layers, StringComparison.Ordinal));

        var names = NewNames(root);
        return
        [
            .. from item in all
               where item.Path.StartsWith(OldLayers, StringComparison.Ordinal)
               let name = LayerOf(item.Path)
               select ($"{Layers}{names.GetValueOrDefault(name, name)}{item.Path[(OldLayers.Length + name.Length)..]}", item.Dataset),
        ];
    }

    /// <summary>Keras 3's names of the layers, by those in the file: of one class they are in order, however they were counted.</summary>
    private static Dictionary<string, string> NewNames(Hdf5Group root)
    {
        var counts = new Dictionary<string, int>();
        var names = new Dictionary<string, string>();
        var layers = Below(root).Select(group => Normal(group.Path))
            .Where(path => path.StartsWith(OldLayers, StringComparison.Ordinal))
            .Select(LayerOf).Distinct().Select(name => (Name: name, Parts: Parts(name)));
        foreach (var (name, (kind, _)) in layers.OrderBy(layer => layer.Parts.Number))
        {
            var count = counts.GetValueOrDefault(kind);
            counts[kind] = count + 1;
            names[name] = count == 0 ? kind : string.Create(CultureInfo.InvariantCulture, $"{kind}_{count}");
        }

        return names;
    }

    private static (string Kind, int Number) Parts(string name)
    {
        var cut = name.LastIndexOf('_');
        return cut > 0 && int.TryParse(name.AsSpan(cut + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (name[..cut], number)
            : (name, 0);
    }

    private static string LayerOf(string path)
    {
        var end = path.IndexOf('/', OldLayers.Length);
        return end < 0 ? path[OldLayers.Length..] : path[OldLayers.Length..end];
    }

    private static string Normal(string path) => path.Replace('\\', '/').TrimStart('/');

    private static IEnumerable<Hdf5Group> Below(Hdf5Group group) =>
        group.Groups.Values.SelectMany(inner => Below(inner).Prepend(inner));
}
