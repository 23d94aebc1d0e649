using System.Globalization;

namespace LstmDsl.Generators;

/// <summary>What is asked of the attributes: which, in which order, with which values.</summary>
internal static class AttributeRules
{
    /// <summary>A size beyond which no layer could ever be held; it keeps the products of sizes within 64 bits.</summary>
    public const int LargestSize = 1 << 24;

    /// <summary>Adds what is wrong with presence and order.</summary>
    public static void CheckOrder(ModelDeclaration declaration, List<Fault> faults)
    {
        var name = declaration.Type.Name;
        int input = -1, layer = -1, spread = -1;
        for (var i = 0; i < declaration.Attributes.Count; i++)
        {
            var attribute = declaration.Attributes[i];
            if (attribute.DeclaresInput)
            {
                if (input < 0)
                    input = i;
                else if (attribute.Part != declaration.Attributes[0].Part && spread < 0)
                    spread = i;
                continue;
            }

            if ((attribute.IsLayer || attribute.IsWrapper) && layer < 0)
                layer = i;
            if (attribute.IsRefinement && layer < 0)
                faults.Add(Fault.OfAttribute(Descriptors.RefinementWithoutLayer.Id, i, null, attribute.DisplayName));
            if (attribute.Part != declaration.Attributes[0].Part && spread < 0)
                spread = i;
        }

        if (input < 0 && layer >= 0 && !declaration.Attributes.Any(attribute => attribute.IsForecasting))
            faults.Add(Fault.OfAttribute(Descriptors.InputMissing.Id, layer, null, name, declaration.Attributes[layer].DisplayName));
        if (input >= 0 && layer < 0)
            faults.Add(Fault.OfAttribute(Descriptors.NoLayer.Id, input, null, name, declaration.Attributes[input].DisplayName));
        if (spread >= 0)
            faults.Add(Fault.OfAttribute(Descriptors.Spread.Id, spread, null, declaration.Attributes[spread].DisplayName, name, declaration.Attributes[0].DisplayName));
        else if (input >= 0 && layer >= 0 && input > layer)
            faults.Add(Fault.OfAttribute(Descriptors.InputNotFirst.Id, input, null, name, declaration.Attributes[input].DisplayName));
    }

    /// <summary>The index of a wrapper that stands right before a layer that it can wrap; null for any other attribute.</summary>
    public static int? Wrapper(ModelDeclaration declaration, int index, List<Fault> faults)
    {
        var attribute = declaration.Attributes[index];
        if (!attribute.IsWrapper)
            return null;
        var next = index + 1 < declaration.Attributes.Count ? declaration.Attributes[index + 1] : null;
        if (attribute.Kind == AttributeKind.TimeDistributed)
        {
            if (next is { WorksOnEachTimestep: true })
                return index;
            var before = next is null ? "nothing" : $"[{next.DisplayName}]";
            faults.Add(Fault.OfAttribute(Descriptors.NotOfTimesteps.Id, index, null, before));
            return null;
        }

        if (next is { IsRecurrent: true })
            return index;

        faults.Add(Fault.OfAttribute(Descriptors.WrapperApart.Id, index, null, attribute.DisplayName));
        return null;
    }

    /// <summary>A size as declared, or the nearest one that can be planned.</summary>
    public static int Size(ModelDeclaration declaration, int index, string argument, List<Fault> faults)
    {
        var attribute = declaration.Attributes[index];
        var size = attribute.Integer(argument, otherwise: 1);
        if (size < 1)
        {
            var found = size.ToString(CultureInfo.InvariantCulture);
            faults.Add(Fault.OfAttribute(Descriptors.SizeNotPositive.Id, index, argument, attribute.DisplayName, argument, found));
        }
        else if (size > LargestSize)
        {
            faults.Add(Fault.OfAttribute(
                Descriptors.TooLarge.Id, index, argument, attribute.DisplayName, "activations", declaration.Type.Name));
        }

        return Math.Min(Math.Max(size, 1), LargestSize);
    }

    /// <summary>An enumeration's value as declared, or its default where the value has no name.</summary>
    public static TEnum Choice<TEnum>(DeclaredAttribute attribute, int index, string argument, TEnum otherwise, List<Fault> faults)
        where TEnum : struct, Enum
    {
        if (attribute.Find(argument) is not { } given)
            return otherwise;

        var value = Enum.ToObject(typeof(TEnum), (int)given.Number);
        if (Enum.IsDefined(typeof(TEnum), value))
            return (TEnum)value;

        var found = given.Number.ToString(CultureInfo.InvariantCulture);
        var reason = $"no {typeof(TEnum).Name} has this value";
        faults.Add(Fault.OfAttribute(Descriptors.UnsuitableValue.Id, index, argument, attribute.DisplayName, argument, found, reason));
        return otherwise;
    }
}
