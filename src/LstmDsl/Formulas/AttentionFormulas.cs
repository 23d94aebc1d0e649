using System.Runtime.CompilerServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>
/// Scores of a query q and a key k, and their derivatives; see <see cref="AttentionScore"/>. Sums run in ascending order. Weights come as
/// numbers of which one without weights is never asked.
/// </summary>
internal static class AttentionFormulas<TShape, TNumbers, TNumber>
    where TShape : struct, IAttentionShape
    where TNumbers : struct, INumbers<TNumber>
    where TNumber : unmanaged, IOneLane<TNumber>
{
    /// <summary>
    /// What dropout counts a weight of a sample as, that of a timestep of the query and one of the values; a row is a head of a sample.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Counted(int t, int row, int j) => (((t * TShape.Heads) + (row % TShape.Heads)) * TShape.Timesteps) + j;

    /// <summary>The score.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TNumber Score(TNumbers query, TNumbers key, TNumbers scale, TNumbers weight)
    {
        if (TShape.Score == AttentionScore.Dot)
        {
            var product = Product(query, key);
            return TShape.UseScale ? scale[0] * product : TShape.Factor != 1 ? TNumber.Constant(TShape.Factor) * product : product;
        }

        var sum = TNumber.Constant(0);
        for (var unit = 0; unit < TShape.KeyUnits; unit++)
        {
            var bent = Bent(query[unit] + key[unit], scale);
            sum += TShape.Score == AttentionScore.Additive && TShape.UseScale ? scale[unit] * bent : bent;
        }

        return TShape.Score == AttentionScore.Concat ? weight[0] * sum : sum;
    }

    /// <summary>The derivative by a unit of the query; by that of the key it is the same with the two exchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TNumber Slope(TNumber query, TNumber key, int unit, TNumbers scale, TNumbers weight)
    {
        if (TShape.Score == AttentionScore.Dot)
            return TShape.UseScale ? scale[0] * key : TShape.Factor != 1 ? TNumber.Constant(TShape.Factor) * key : key;

        var bent = Bent(query + key, scale);
        var slope = TNumber.Constant(1) - (bent * bent);
        if (TShape.Score == AttentionScore.Additive)
            return TShape.UseScale ? scale[unit] * slope : slope;
        return weight[0] * (TShape.UseScale ? scale[0] * slope : slope);
    }

    /// <summary>The derivative by the weight that scales, or by that of a unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SlopeOfScale(TNumbers query, TNumbers key, int unit, TNumbers scale, TNumbers weight)
    {
        if (TShape.Score == AttentionScore.Additive)
            return TNumber.ToDouble(Bent(query[unit] + key[unit], scale));
        if (TShape.Score == AttentionScore.Dot)
            return TNumber.ToDouble(Product(query, key));

        var sum = 0.0;
        for (var place = 0; place < TShape.KeyUnits; place++)
        {
            var both = query[place] + key[place];
            var bent = Bent(both, scale);
            sum += TNumber.ToDouble((TNumber.Constant(1) - (bent * bent)) * both);
        }

        return TNumber.ToDouble(weight[0]) * sum;
    }

    /// <summary>The derivative by the weight of the sum of tanh.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SlopeOfWeight(TNumbers query, TNumbers key, TNumbers scale)
    {
        var sum = 0.0;
        for (var unit = 0; unit < TShape.KeyUnits; unit++)
            sum += TNumber.ToDouble(Bent(query[unit] + key[unit], scale));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TNumber Product(TNumbers query, TNumbers key)
    {
        var sum = TNumber.Constant(0);
        for (var unit = 0; unit < TShape.KeyUnits; unit++)
            sum = TNumber.MultiplyAdd(query[unit], key[unit], sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TNumber Bent(TNumber both, TNumbers scale) =>
        TNumber.Tanh(TShape.Score == AttentionScore.Concat && TShape.UseScale ? scale[0] * both : both);
}
