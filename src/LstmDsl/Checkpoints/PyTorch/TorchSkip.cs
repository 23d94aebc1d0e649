namespace LstmDsl;

/// <summary>What of a state dict is left out: tensors by their full names, modules with all that they hold.</summary>
/// <param name="names">The names.</param>
internal sealed class TorchSkip(IReadOnlyCollection<string> names)
{
    private readonly HashSet<string> found = [];

    /// <summary>Whether a tensor is left out.</summary>
    public bool Takes(string tensor)
    {
        var taken = false;
        foreach (var name in names)
        {
            if (!tensor.StartsWith(name, StringComparison.Ordinal) || (tensor.Length > name.Length && tensor[name.Length] != '.'))
                continue;
            found.Add(name);
            taken = true;
        }

        return taken;
    }

    /// <summary>Throws where a name was that of nothing: it may be misspelt.</summary>
    /// <param name="file">The file.</param>
    /// <param name="skip">The caller's parameter that held the names.</param>
    /// <exception cref="ArgumentException">The message says which.</exception>
    public void RequireAllFound(string file, string skip)
    {
        if (names.FirstOrDefault(name => !found.Contains(name)) is { } missing)
            throw new ArgumentException($"'{file}' has no tensor '{missing}' to skip, nor a module of that name.", skip);
    }
}
