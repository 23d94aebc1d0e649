namespace LstmDsl.Generators;

/// <summary>
/// Writes the state of a stream and the steps that take it from one timestep to the next, for models whose layers allow it. A wrong
/// declaration gets them all.
/// </summary>
internal static class StreamingEmitter
{
    public static void Emit(EmissionContext context)
    {
        var model = context.Model;
        if (!model.Streams && !model.IsFaulty)
            return;

        State(context);
        context.Member("<summary>The state of a stream before its first timestep: zeros.</summary>", "public State CreateState()", "default");
        if (context.TakenNames.Contains("Step") || context.TakenNames.Contains("State"))
            return;

        var (one, several) = ("float x", $"{EmissionContext.ReadOnlyFloats} x");
        if (model.IsFaulty || (model.Features == 1 && model.Outputs == 1))
            Step(context, "float", one, "float", "x");
        if (model.IsFaulty || model.Outputs == 1)
            Step(context, "float", several, "global::System.ReadOnlySpan{float}", "x");
        Step(
            context, "void", $"{several}, {EmissionContext.Floats} destination", "global::System.ReadOnlySpan{float}, global::System.Span{float}",
            "x, destination");
    }

    private static void State(EmissionContext context)
    {
        var (model, writer) = (context.Model, context.Writer);
        if (context.TakenNames.Contains("State"))
            return;

        context.Document(
            "<summary>What a stream's timesteps have left in the layers: a copy is a stream of its own, <c>default</c> one before its first.</summary>");
        writer.Open("public struct State");
        if (!model.IsFaulty)
        {
            writer.Line("internal Values Block;");
            writer.Line();
            writer.Line($"[global::System.Runtime.CompilerServices.InlineArray({Text.Code(model.Streaming.Floats)})]");
            writer.Line("internal struct Values { private float first; }");
        }

        writer.Close();
    }

    private static void Step(EmissionContext context, string returns, string parameters, string types, string arguments) => context.Member(
        EmissionContext.InheritedFrom($"ModelState{{TModel}}.Step(global::System.Span{{float}}, {types})"),
        $"public {returns} Step(ref State state, {parameters})",
        $"this.state.Step(state.Block, {arguments})", joins: true);
}
