using System.ComponentModel;
using System.Reflection;

namespace LstmDsl.CompilerServices;

/// <summary>Reads and writes models for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ModelFiles
{
    /// <summary>Weights and pipeline from a checkpoint.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="path">The file; its extension names the format.</param>
    public static ModelState<TModel> Load<TModel>(string path) where TModel : class, IModelProgram<TModel>
    {
        var state = ModelState<TModel>.CreateEmpty();
        ModelFile.Read(state, path);
        return state;
    }

    /// <summary>Weights and pipeline from a checkpoint that is a resource of an assembly.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="assembly">The assembly.</param>
    /// <param name="name">The resource.</param>
    /// <exception cref="InvalidDataException">The resource is missing, or not a file of this model.</exception>
    public static ModelState<TModel> LoadResource<TModel>(Assembly assembly, string name) where TModel : class, IModelProgram<TModel>
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var state = ModelState<TModel>.CreateEmpty();
        using var resource = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"The assembly {assembly.GetName().Name} has no resource '{name}'.");
        ModelFile.Read(state, resource, name);
        return state;
    }

    /// <summary>Writes weights and pipeline to a checkpoint.</summary>
    /// <param name="state">The weights and what travels with them.</param>
    /// <param name="path">The file; its extension names the format.</param>
    public static void Save(ModelState state, string path) => ModelFile.Write(state, path, trainer: null);
}
