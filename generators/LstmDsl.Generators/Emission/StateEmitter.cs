namespace LstmDsl.Generators;

/// <summary>Writes how a model is made, read and written, and the typed views of its weights.</summary>
internal static class StateEmitter
{
    public static void Emit(EmissionContext context)
    {
        Constructors(context);
        Files(context);
        States(context);
        foreach (var layer in context.Model.Declared)
            ViewEmitter.Emit(context, layer);
    }

    private static void Constructors(EmissionContext context)
    {
        var (model, writer) = (context.Model, context.Writer);
        var (self, name, state) = (context.Self, model.Type.Identifier, $"{EmissionContext.Services}ModelState<{context.Self}>");
        if (!model.IsFaulty)
        {
            writer.Line();
            writer.Line($"private readonly {state} state;");
        }

        if (!model.Type.HasConstructorsPlaceTaken)
        {
            context.Document(EmissionContext.InheritedFrom("ModelState{TModel}.Create(int)"));
            if (model.Type.SetsRequiredMembers)
                writer.Line("[global::System.Diagnostics.CodeAnalysis.SetsRequiredMembers]");
            context.Expression($"public {name}(int seed = 0)", $"state = {state}.Create(seed)");
        }

        if (!model.IsFaulty)
        {
            writer.Line();
            writer.Line($"private {name}({state} state) => this.state = state;");
        }

        context.Member(EmissionContext.Inherited, $"public static {self} Create(int seed)", "new(seed)");
    }

    private static void States(EmissionContext context)
    {
        if (!context.Model.IsStateful && !context.Model.IsFaulty)
            return;

        context.Member(EmissionContext.InheritedFrom("ModelState.ResetStates"), "public void ResetStates()", "state.ResetStates()", joins: true);
    }

    private static void Files(EmissionContext context)
    {
        context.Member(
            EmissionContext.Inherited, $"public static {context.Self} Load(string path)",
            $"new({context.Files}.Load<{context.Self}>(path))", joins: true);
        context.Member(
            EmissionContext.Inherited, "public void Save(string path)", $"{EmissionContext.Services}ModelFiles.Save(state, path)", joins: true);
        context.Member(EmissionContext.Inherited, $"public {EmissionContext.Library}Pipeline? Pipeline", "state.Pipeline", joins: true);
    }
}
