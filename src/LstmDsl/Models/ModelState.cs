using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>A model's weights and what travels with them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ModelState;

/// <summary>A model's weights and what travels with them, with the program that uses them.</summary>
/// <typeparam name="TModel">The model.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelState<TModel> : ModelState where TModel : class, IModelProgram<TModel>;
