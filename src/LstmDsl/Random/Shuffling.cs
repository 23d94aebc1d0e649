namespace LstmDsl;

/// <summary>The order in which an epoch takes its samples.</summary>
internal static class Shuffling
{
    /// <summary>
    /// Fills a span with 0, …, length − 1 in an order that depends on seed and epoch alone, so that a resumed run goes on with the orders
    /// that it would have had (Fisher and Yates, in Durstenfeld's form of 1964). Allocates nothing.
    /// </summary>
    /// <param name="order">Takes the order.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="epoch">Index of the epoch, from 0.</param>
    public static void Fill(Span<int> order, int seed, int epoch)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        for (var position = order.Length - 1; position > 0; position--)
        {
            var words = Philox.Draw(seed, RandomPurpose.Shuffle, (uint)epoch, (uint)position);
            var other = Distributions.Below(position + 1, words.Word0, words.Word1);
            (order[position], order[other]) = (order[other], order[position]);
        }
    }
}
