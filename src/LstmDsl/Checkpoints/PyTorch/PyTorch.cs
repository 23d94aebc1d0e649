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
/// <c>names</c> says which module a layer is, by the layer's name in files: <c>new() { ["lstm"] = "rnn", ["dense"] = "head" }</c>. Layers
/// that name one recurrent module are its layers, in order. What is not named is found, going in, by kind and shape; where several modules
/// fit, their names must differ in their numbers alone (<c>0</c>, <c>2</c>; <c>fc1</c>, <c>fc2</c>), which then give the order. Going out,
/// it bears the layer's own name.
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
    /// <exception cref="ArgumentException">A name is that of no layer with weights, or the model is one that PyTorch's modules cannot be.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or its modules are not the model's layers; the message lists both.</exception>
    /// <exception cref="InvalidOperationException">
    /// Another thread trains the model or replaces its weights. (Other threads that predict with it meanwhile get this exception, too.)
    /// </exception>
    public static void Load<TModel>(TModel model, string path, IReadOnlyDictionary<string, string>? names = null)
        where TModel : class, IRecurrentModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        var layers = TorchLayer.Of(TModel.Plan, names);
        var modules = TorchModule.Of(Safetensors.Read(path), path);
        using var replacing = model.State.BeginReplacing();
        var block = model.State.CopyParameters();
        foreach (var (layer, module) in TorchMatch.Find(TModel.Plan, layers, modules, names ?? new Dictionary<string, string>(), path))
        {
            foreach (var parameter in layer.Parameters)
                parameter.Read(module.Values(parameter.Name), block);
        }

        model.State.SetParameters(block);
    }

    /// <summary>Writes a model's weights as a state dict.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="path">The safetensors file; it is replaced as a whole, or left as it was.</param>
    /// <param name="names">Modules by layers; a layer that is not named bears its own name.</param>
    /// <exception cref="ArgumentException">
    /// A name is that of no layer with weights or of several that cannot be one module, or the model is one that PyTorch's modules cannot be.
    /// </exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Save<TModel>(TModel model, string path, IReadOnlyDictionary<string, string>? names = null)
        where TModel : class, IRecurrentModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        var block = model.State.CopyParameters();
        var tensors = new List<StoredTensor>();
        var modules = new Dictionary<string, List<TorchLayer>>();
        foreach (var layer in TorchLayer.Of(TModel.Plan, names))
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

            foreach (var parameter in layer.Parameters)
                tensors.Add(new($"{module}.{layer.NameOf(parameter.Name, stacked.Count)}", parameter.Shape, parameter.Write(block)));
            if (layer.Kind == TorchLayer.BatchNormalization)
                tensors.Add(new($"{module}.{TorchModule.BatchCount}", [], NoBatches));
            stacked.Add(layer);
        }

        Safetensors.Write(path, new() { Tensors = tensors });
    }
}
