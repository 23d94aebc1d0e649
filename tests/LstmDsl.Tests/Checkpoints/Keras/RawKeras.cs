using System.Text;

namespace LstmDsl.Tests;

/// <summary>Files in Keras's format of any content, right or wrong.</summary>
internal static class RawKeras
{
    /// <summary>Writes one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="version">What <c>keras_version</c> says; null for a file without it.</param>
    /// <param name="layers">The list of layers, as JSON.</param>
    /// <param name="fill">Fills the weights.</param>
    /// <param name="compiled">What <c>compile_config</c> holds, as JSON.</param>
    public static void Write(string path, string? version, string layers, Action<Hdf5NewGroup> fill, string compiled = "null")
    {
        var weights = new Hdf5NewGroup();
        fill(weights);
        var configuration = "{\"class_name\":\"Sequential\",\"config\":{\"layers\":" + layers + "},\"compile_config\":" + compiled + "}";
        List<(string, byte[])> members = [("config.json", Encoding.UTF8.GetBytes(configuration)), ("model.weights.h5", Hdf5Writer.Write(weights))];
        if (version is not null)
            members.Add(("metadata.json", Encoding.UTF8.GetBytes("{\"keras_version\":\"" + version + "\"}")));
        using var stream = File.Create(path);
        KerasArchive.Write(stream, members);
    }

    /// <summary>Adds variables to the group of an object, each with one value in all places.</summary>
    public static void Add(this Hdf5NewGroup root, string path, params (float Value, int[] Shape)[] variables)
    {
        var group = root.At(path + "/vars");
        for (var i = 0; i < variables.Length; i++)
        {
            var values = new float[variables[i].Shape.Aggregate(1, (product, size) => product * size)];
            Array.Fill(values, variables[i].Value);
            group.Datasets[$"{i}"] = new(variables[i].Shape, values);
        }
    }

    /// <summary>The one output of a model for one window.</summary>
    public static float[] Predict<TModel>(TModel model, float[] x, int outputs) where TModel : class, IRecurrentModel<TModel>
    {
        var predictions = new float[outputs];
        model.Predict(x, predictions);
        return predictions;
    }
}
