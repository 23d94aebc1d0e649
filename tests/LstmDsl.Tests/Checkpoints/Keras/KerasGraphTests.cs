namespace LstmDsl.Tests;

/// <summary>The graph that Keras has of a model, and the order in which it lists it.</summary>
public sealed class KerasGraphTests
{
    /// <summary>Names of the cases.</summary>
    public static TheoryData<string> Cases => [.. FunctionalCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Layers_stand_in_Keras_s_order(string name) => FunctionalCases.All[name](new Order(), name);

    [Fact]
    public void A_chain_stands_in_its_own_order() => Assert.Equal([0, 1, 2, 3], OrderOf<StackedLstm>());

    [Fact]
    public void What_takes_what_follows_from_itself_is_found()
    {
        var circle = Assert.Throws<InvalidOperationException>(() => KerasTraversal.BehindSources(
            0, place => place == 0 ? [1] : [(place % 3) + 1], place => new InvalidOperationException($"{place}")));
        Assert.Equal("1", circle.Message);
    }

    [Fact]
    public void What_is_farther_from_the_output_stands_before_what_is_nearer()
    {
        // 0 takes 1 and 2, 2 takes 3, 3 and 1 take 4.
        int[][] sources = [[1, 2], [4], [3], [4], []];
        Assert.Equal([4, 3, 1, 2, 0], KerasTraversal.FarthestFirst(0, place => sources[place]));
        Assert.Equal([4, 1, 3, 2, 0], KerasTraversal.BehindSources(0, place => sources[place]));
    }

    private static IReadOnlyList<int> OrderOf<TModel>() where TModel : class, IRecurrentModel<TModel> => KerasGraph.Order(TModel.Plan);

    private sealed class Order : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel> => Assert.Equal(
            new FunctionalCase(name).Layers, KerasGraph.Of(TModel.Plan).InFiles().Where(node => !node.IsOperation).Select(node => node.Name));
    }
}
