namespace LstmDsl.Generators.Tests;

/// <summary>What generation leaves to the collector, which in an editor runs at each key that is pressed.</summary>
public sealed class GarbageTests
{
    [Fact]
    public void Emission_allocates_as_much_for_a_character_of_many_layers_as_of_few()
    {
        var few = BytesForACharacter(layers: 20);
        Assert.InRange(BytesForACharacter(layers: 160), 0, 1.25 * few);
    }

    [Fact]
    public void Emission_allocates_little_beside_the_text() => Assert.InRange(BytesForACharacter(layers: 20), 2, 10);

    private static double BytesForACharacter(int layers)
    {
        var stacked = string.Concat(Enumerable.Repeat(", LstmDsl.Lstm(8, ReturnSequences = true)", layers));
        var plan = Compiler.Plan($"[LstmDsl.Input(24, 2){stacked}] partial class Model;");
        var text = ModelEmitter.Emit(plan);

        // What is made once, the arrays that are lent from model to model among it, is there by now.
        return Enumerable.Range(0, 3).Min(_ => BytesOf(() => ModelEmitter.Emit(plan))) / (double)text.Length;
    }

    private static long BytesOf(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
