using System.Globalization;
using LstmDsl.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>Turns layers that make one output of several into kernels that put together two at a time, in the order of the names.</summary>
internal sealed class MergingBuilder(ModelDeclaration declaration, BranchReader branches, List<Fault> faults)
{
    /// <summary>Builds the kernels.</summary>
    /// <param name="index">The attribute.</param>
    /// <param name="name">The layer's name in code.</param>
    /// <param name="file">Its name in files.</param>
    /// <param name="sources">The kernels whose outputs it reads.</param>
    /// <param name="first">The place of its first kernel.</param>
    public List<LayerSpec> Build(int index, string name, string file, IReadOnlyList<int> sources, int first)
    {
        var kind = declaration.Attributes[index].Kind;
        CheckCount(index, kind, sources.Count);
        var combination = Combine(index, kind);
        var kernels = new List<LayerSpec>();
        for (var i = 1; i < Math.Max(sources.Count, 2); i++)
        {
            var (at, isLast) = (first + kernels.Count, i >= sources.Count - 1);
            var second = sources[Math.Min(i, sources.Count - 1)];
            kernels.Add(new CombineSpec
            {
                Name = isLast ? name : $"{name}Of{Text.Plain(i + 1)}",
                FileName = file,
                Attribute = index,
                Combination = combination == Combination.Average && !isLast ? Combination.Add : combination,
                Divisor = combination == Combination.Average && isLast ? sources.Count : 1,
                FirstName = branches.NameOf(sources[0]),
                SecondName = branches.NameOf(second),
                InputFrom = i == 1 ? at - sources[0] : 1,
                SecondFrom = at - second,
            });
        }

        return kernels;
    }

    private void CheckCount(int index, AttributeKind kind, int count)
    {
        if (faults.Any(fault => fault.Attribute == index && fault.Id == Descriptors.LayerUnknown.Id))
            return;
        var takesTwo = kind == AttributeKind.Subtract;
        if (count < 2 || (takesTwo && count > 2))
        {
            faults.Add(Fault.OfAttribute(
                Descriptors.MergeOfOne.Id, index, null, kind.ToString(), takesTwo ? "two outputs" : "at least two outputs", Text.Plain(count),
                count < 2 ? "name the other" : "name one other"));
        }
    }

    private Combination Combine(int index, AttributeKind kind)
    {
        if (kind != AttributeKind.Concatenate)
            return (Combination)Enum.Parse(typeof(Combination), kind.ToString());

        var axis = declaration.Attributes[index].Integer("Axis", otherwise: -1);
        if (axis is not (-1 or 1 or 2))
        {
            faults.Add(Fault.OfAttribute(
                Descriptors.UnsuitableValue.Id, index, "Axis", "Concatenate", "Axis", axis.ToString(CultureInfo.InvariantCulture),
                "it is -1, the last axis, or 1, the timesteps of sequences"));
        }

        return axis == 1 ? Combination.Append : Combination.Concatenate;
    }
}
