namespace LstmDsl;

/// <summary>
/// Exchanges weights with PyTorch, as state dicts in safetensors: <c>safetensors.torch.save_file(model.state_dict(), path)</c> there,
/// <c>model.load_state_dict(safetensors.torch.load_file(path))</c> back.
/// </summary>
/// <remarks>
/// <para>
/// Kernels are transposed, gates put in order, and PyTorch's two biases of an LSTM or RNN added (going out, the second is 0). What
/// PyTorch computes otherwise is refused: activations that its modules do not have, a GRU without <c>ResetAfter</c>, directions that are
/// not concatenated.
/// </para>
/// <para>
/// A state dict holds weights and buffers, and nothing that a module was made with: whatever changes its numbers must be declared. That is,
/// above all, the <c>Epsilon</c> of <c>[LayerNormalization]</c> and <c>[BatchNormalization]</c>, 1e-3 here as in Keras, 1e-5 in PyTorch unless
/// the module was given another: declare <c>[LayerNormalization(Epsilon = 1e-5)]</c>. A warning names the one that is used wherever it is not
/// PyTorch's own. Also a convolution's strides, padding and dilation, an RNN's activation, and what stands between the modules; and a
/// weight alone does not tell an <c>RMSNorm</c> or a <c>GroupNorm</c>, which are not here, from a <c>LayerNorm</c>.
/// </para>
/// <para>
/// <c>names</c> says which module a layer is, by the layer's name in files: <c>new() { ["lstm"] = "rnn", ["dense"] = "head" }</c>. Layers
/// that name one recurrent module are its layers, in order. What is not named is found, going in, by kind and shape; where several modules
/// fit, their names must differ in their numbers alone (<c>0</c>, <c>2</c>; <c>fc1</c>, <c>fc2</c>), which then give the order of layers that
/// stand one after the other; layers side by side in branches are to be named. Going out, it bears the layer's own name.
/// </para>
/// </remarks>
public static class PyTorch
{
    /// <summary>The count of batches that PyTorch's moving averages went through, which changes nothing.</summary>
    private static readonly long[] NoBatches = [0];

    /// <summary>Reads a state dict's weights into a model.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">The model; it is left as it was where the file does not fit.</param>
    /// <param name="path">The safetensors file.</param>
    /// <param name="names">Modules by layers; null, or less than all, for finding the others by kind and shape.</param>
    /// <param name="skip">
    /// What the file holds besides and is left out, such as a buffer with the data's mean: full names of tensors, or modules' names for all that
    /// they hold; null for nothing. They may be of any type.
    /// </param>
    /// <param name="verbose">0 leaves out printing the warnings to standard error.</param>
    /// <returns>Warnings: the epsilon of each normalisation layer that is not PyTorch's own. Empty where there is nothing to say.</returns>
    /// <exception cref="ArgumentException">
    /// A name is that of no layer with weights, <paramref name="skip"/> has one that is not in the file, or the model is one that PyTorch's
    /// modules cannot be.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its modules are not the model's layers; the message lists both.</exception>
    /// <exception cref="InvalidOperationException">
    /// Another thread trains the model or replaces its weights. (Other threads that predict with it meanwhile get this exception, too.)
    /// </exception>
    public static IReadOnlyList<string> Load<TModel>(
        TModel model,
        string path,
        IReadOnlyDictionary<string, string>? names = null,
        IReadOnlyCollection<string>? skip = null,
        int verbose = 1)
        where TModel : class, IRecurrentModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        var layers = TorchLayer.Of(TModel.Plan, names);
        var skipped = new TorchSkip(skip ?? []);
        // What has no layer's shape will be refused by name; its values are not read.
        int[][] shapes = [.. layers.SelectMany(layer => layer.Parameters).Select(parameter => parameter.Shape)];
        var content = Safetensors.Read(
            path, entry => Array.Exists(shapes, shape => shape.AsSpan().SequenceEqual(entry.Shape)), entry => skipped.Takes(entry.Name));
        skipped.RequireAllFound(path, nameof(skip));
        var modules = TorchModule.Of(content, path);
        using var replacing = model.State.BeginReplacing();
        var block = model.State.CopyParameters();
        foreach (var (layer, module) in TorchMatch.Find(TModel.Plan, layers, modules, names ?? new Dictionary<string, string>(), path))
        {
            foreach (var parameter in layer.Parameters)
                parameter.Read(module.Values(parameter.Name), block);
        }

        model.State.SetParameters(block);
        return Warned(layers, layer => layer.LoadWarning(path), verbose);
    }

    /// <summary>Writes a model's weights as a state dict.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="path">The safetensors file; it is replaced as a whole, or left as it was.</param>
    /// <param name="names">Modules by layers; a layer that is not named bears its own name.</param>
    /// <param name="verbose">0 leaves out printing the warnings to standard error.</param>
    /// <returns>Warnings: the epsilon that a module must be made with where it is not PyTorch's own. Empty where there is nothing to say.</returns>
    /// <exception cref="ArgumentException">
    /// A name is that of no layer with weights or of several that cannot be one module, or the model is one that PyTorch's modules cannot be.
    /// </exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static IReadOnlyList<string> Save<TModel>(
        TModel model, string path, IReadOnlyDictionary<string, string>? names = null, int verbose = 1)
        where TModel : class, IRecurrentModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        var block = model.State.CopyParameters();
        var tensors = new List<StoredTensor>();
        var modules = new Dictionary<string, List<TorchLayer>>();
        var layers = TorchLayer.Of(TModel.Plan, names);
        foreach (var layer in layers)
        {
            var module = names?.GetValueOrDefault(layer.Name) ?? layer.Name;
            if (!modules.TryGetValue(module, out var stacked))
                modules.Add(module, stacked = []);
            if (stacked.Count > 0 && (!layer.IsRecurrent || stacked[0].Kind != layer.Kind))
            {
                throw new ArgumentException(
                    $"The layers '{stacked[0].Name}' and '{layer.Name}' cannot both be the module '{module}': only recurrent layers of one kind "
                    + "can be stacked in one.",
                    nameof(names));
            }

            if (stacked.Count > 0)
                TorchBranches.RequireInTurn(TModel.Plan, stacked[^1], layer, module, "names");
            foreach (var parameter in layer.Parameters)
                tensors.Add(new($"{module}.{layer.NameOf(parameter.Name, stacked.Count)}", parameter.Shape, parameter.Write(block)));
            if (layer.KeepsAverages)
                tensors.Add(new($"{module}.{TorchModule.BatchCount}", [], NoBatches));
            stacked.Add(layer);
        }

        Safetensors.Write(path, new() { Tensors = tensors });
        return Warned(layers, layer => layer.SaveWarning(path), verbose);
    }

    private static List<string> Warned(IReadOnlyList<TorchLayer> layers, Func<TorchLayer, string?> warning, int verbose)
    {
        List<string> warnings = [.. layers.Select(warning).OfType<string>()];
        if (verbose != 0)
            warnings.ForEach(text => Console.Error.WriteLine("warning: " + text));
        return warnings;
    }
}
