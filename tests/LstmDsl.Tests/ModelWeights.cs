namespace LstmDsl.Tests;

/// <summary>A model's parameter block, of any model: in a test of one model <c>State</c> is the name of its streams' states.</summary>
internal static class ModelWeights
{
    public static float[] Of<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel> => model.State.Parameters.Span.ToArray();
}
