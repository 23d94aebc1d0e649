using System.Globalization;

namespace LstmDsl;

/// <summary>Which Keras wrote a file: to one of them some words mean something else than to the next.</summary>
internal enum KerasVersion
{
    /// <summary>The file does not say.</summary>
    Unknown,

    /// <summary>Keras 2.0 to 2.15, and the package tf-keras that carries it on as 2.16 and later.</summary>
    Two,

    /// <summary>Keras 3.</summary>
    Three,
}

/// <summary>Reads versions of Keras.</summary>
internal static class KerasVersions
{
    /// <summary>The version that a text names: <c>2.15.0</c>, <c>2.2.4-tf</c>, <c>3.15.1</c>.</summary>
    /// <param name="text">What the file says; null where it says nothing.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="InvalidDataException">It is Keras 1.</exception>
    public static KerasVersion Of(string? text, string file)
    {
        var major = text is not null && int.TryParse(text.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return major switch
        {
            1 => throw new InvalidDataException(
                $"'{file}' was written by Keras {text}, whose options have other names and meanings. Load it in Keras 2 and save it there."),
            2 => KerasVersion.Two,
            >= 3 => KerasVersion.Three,
            _ => KerasVersion.Unknown,
        };
    }
}
