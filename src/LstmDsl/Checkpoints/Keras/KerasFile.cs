namespace LstmDsl;

/// <summary>Looks at files that Keras wrote, without a model that they would fit.</summary>
public static class KerasFile
{
    /// <summary>
    /// The declaration of the model that a file holds, as C#: attributes and a class. What cannot be declared stands before its layer: a line
    /// of comment where training alone would differ, <c>#error</c>, which does not compile, where it would be another model. Several inputs stand
    /// in the order in which Keras's model takes them, that of the file's <c>input_layers</c>, so that <c>Predict([a, b])</c> takes the same.
    /// </summary>
    /// <param name="path">A <c>.keras</c> file, or a whole model in <c>.h5</c>.</param>
    /// <param name="name">The class's name.</param>
    /// <exception cref="ArgumentException">The extension is neither, or the name is empty.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// It is damaged, holds weights alone, from which layers cannot be told, or its layers are no chain from one input to one output.
    /// </exception>
    public static string Declaration(string path, string name = "Model")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var content = CheckpointFormat.For(path) switch
        {
            KerasFormat => KerasFormat.Open(path),
            KerasHdf5Format => KerasHdf5Format.Open(path),
            var format => throw new ArgumentException($"'{path}' is no file of Keras's: {format.Extension} names no layers.", nameof(path)),
        };
        var architecture = KerasReader.Architecture(content) ?? throw new InvalidDataException(
            $"'{path}' holds weights alone, from which layers cannot be told. Save the whole model: model.save(\"model.keras\").");
        return KerasDeclaration.Of(architecture, name);
    }
}
