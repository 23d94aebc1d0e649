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
            context.Document(
                "<summary>Makes a model with freshly drawn weights.</summary>\n"
                + "<param name=\"seed\">The seed; the same seed gives the same weights.</param>");
            if (model.Type.SetsRequiredMembers)
                writer.Line("[global::System.Diagnostics.CodeAnalysis.SetsRequiredMembers]");
            context.Expression($"public {name}(int seed = 0)", $"state = {state}.Create(seed)");
        }

        if (!model.IsFaulty)
        {
            writer.Line();
            writer.Line($"private {name}({state} state) => this.state = state;");
        }

        context.Member(
            "<summary>Makes a model with freshly drawn weights, for code that is written for any model.</summary>\n"
            + "<param name=\"seed\">The seed; the same seed gives the same weights.</param>\n"
            + "<returns>The model.</returns>",
            $"public static {self} Create(int seed)",
            "new(seed)");
    }

    private static void States(EmissionContext context)
    {
        if (!context.Model.IsStateful && !context.Model.IsFaulty)
            return;

        context.Member(
            "<summary>\n"
            + "Puts the states of the stateful layers back to zeros, in which the first batch started. Nothing else does: neither an epoch's end\n"
            + "nor a new call.\n"
            + "</summary>\n"
            + "<exception cref=\"global::System.InvalidOperationException\">The model is being trained on another thread.</exception>",
            "public void ResetStates()",
            "state.ResetStates()");
    }

    private static void Files(EmissionContext context)
    {
        context.Member(
            "<summary>Reads a model from a checkpoint: its weights and its pipeline.</summary>\n"
            + "<param name=\"path\">The file; its extension names the format.</param>\n"
            + "<returns>The model.</returns>\n"
            + "<exception cref=\"global::System.ArgumentException\">No format has that extension.</exception>\n"
            + "<exception cref=\"global::System.IO.FileNotFoundException\">There is no such file.</exception>\n"
            + "<exception cref=\"global::System.IO.InvalidDataException\">\n"
            + "The file is damaged, or it holds another model's weights; the message says which differ.\n"
            + "</exception>",
            $"public static {context.Self} Load(string path)",
            $"new({EmissionContext.Services}ModelFiles.Load<{context.Self}>(path))");

        context.Member(
            "<summary>Writes weights and pipeline to a file, whose extension names the format.</summary>\n"
            + "<param name=\"path\">The file; it is replaced as a whole, or left as it was.</param>\n"
            + "<exception cref=\"global::System.ArgumentException\">No format has that extension.</exception>\n"
            + "<exception cref=\"global::System.IO.IOException\">The file could not be written.</exception>",
            "public void Save(string path)",
            $"{EmissionContext.Services}ModelFiles.Save(state, path)");

        context.Member(
            "<summary>How the data were prepared that the model was trained on; null before training.</summary>",
            $"public {EmissionContext.Library}Pipeline? Pipeline",
            "state.Pipeline");
    }
}
