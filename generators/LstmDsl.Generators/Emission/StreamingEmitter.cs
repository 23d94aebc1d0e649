namespace LstmDsl.Generators;

/// <summary>
/// Writes the state of a stream and the steps that take it from one timestep to the next, for models whose layers allow it. A wrong
/// declaration gets them all.
/// </summary>
internal static class StreamingEmitter
{
    private const string Misfit = "<exception cref=\"global::System.ArgumentException\">A size is not the model's.</exception>";

    public static void Emit(EmissionContext context)
    {
        var model = context.Model;
        if (!model.Streams && !model.IsFaulty)
            return;

        State(context);
        context.Member(
            "<summary>The state of a stream before its first timestep.</summary>\n<returns>Zeros.</returns>",
            "public State CreateState()",
            "default");
        if (context.TakenNames.Contains("Step") || context.TakenNames.Contains("State"))
            return;

        if (model.IsFaulty || (model.Features == 1 && model.Outputs == 1))
            OneNumber(context);
        if (model.IsFaulty || model.Outputs == 1)
            OneOutput(context);
        Spans(context);
    }

    private static void State(EmissionContext context)
    {
        var (model, writer) = (context.Model, context.Writer);
        if (context.TakenNames.Contains("State"))
            return;

        context.Document(
            "<summary>\n"
            + "What the timesteps of a stream have left in the layers. A value: a copy is a stream of its own, and <c>default</c> is one before\n"
            + "its first timestep.\n"
            + "</summary>");
        writer.Open("public struct State");
        if (!model.IsFaulty)
        {
            writer.Line("internal Values Block;");
            writer.Line();
            writer.Line($"[global::System.Runtime.CompilerServices.InlineArray({Text.Code(model.Streaming.Floats)})]");
            writer.Open("internal struct Values");
            writer.Line("private float first;");
            writer.Close();
        }

        writer.Close();
    }

    private static void OneNumber(EmissionContext context) => Method(
        context,
        "<summary>In the network's units: runs one timestep of a stream.</summary>\n"
        + "<param name=\"state\">The stream's state, which the timestep changes.</param>\n"
        + "<param name=\"x\">The timestep; NaN in it stays in the state.</param>\n"
        + "<returns>The output.</returns>\n" + Remark(context),
        "public float Step(ref State state, float x)",
        "var output = 0f;",
        "this.state.Step(state.Block, new(in x), new(ref output));",
        "return output;");

    private static void OneOutput(EmissionContext context) => Method(
        context,
        "<summary>In the network's units: runs one timestep of a stream.</summary>\n"
        + "<param name=\"state\">The stream's state, which the timestep changes.</param>\n"
        + $"<param name=\"x\">The timestep, {Text.Shape(0, context.Model.Features)}; NaN in it stays in the state.</param>\n"
        + "<returns>The output.</returns>\n" + Remark(context) + "\n" + Misfit,
        $"public float Step(ref State state, {EmissionContext.ReadOnlyFloats} x)",
        "var output = 0f;",
        "this.state.Step(state.Block, x, new(ref output));",
        "return output;");

    private static void Spans(EmissionContext context) => Method(
        context,
        "<summary>In the network's units: runs one timestep of a stream.</summary>\n"
        + "<param name=\"state\">The stream's state, which the timestep changes.</param>\n"
        + $"<param name=\"x\">The timestep, {Text.Shape(0, context.Model.Features)}; NaN in it stays in the state.</param>\n"
        + $"<param name=\"destination\">Takes the output, {Text.Shape(0, context.Model.Outputs)}.</param>\n" + Remark(context) + "\n" + Misfit,
        $"public void Step(ref State state, {EmissionContext.ReadOnlyFloats} x, {EmissionContext.Floats} destination)",
        "this.state.Step(state.Block, x, destination);");

    private static string Remark(EmissionContext context) => context.Model.ReturnsSequences
        ? "<remarks>The outputs of as many timesteps as a window has are those of <c>Predict</c> on the window.</remarks>"
        : "<remarks>After as many timesteps as a window has, the output is that of <c>Predict</c> on the window.</remarks>";

    private static void Method(EmissionContext context, string documentation, string head, params string[] body)
    {
        context.Document(documentation);
        if (context.Model.IsFaulty)
        {
            context.Expression(head, "");
            return;
        }

        context.Writer.Open(head);
        foreach (var line in body)
            context.Writer.Line(line);
        context.Writer.Close();
    }
}
