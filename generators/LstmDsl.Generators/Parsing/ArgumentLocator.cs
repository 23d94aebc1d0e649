using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.Generators;

/// <summary>Finds an attribute's argument in the source.</summary>
internal static class ArgumentLocator
{
    /// <summary>The argument for a constructor's parameter, by name or by position; null where it was not written.</summary>
    public static AttributeArgumentSyntax? Find(AttributeSyntax attribute, string parameter, int position)
    {
        if (attribute.ArgumentList is not { } list)
            return null;

        for (var i = 0; i < list.Arguments.Count; i++)
        {
            var argument = list.Arguments[i];
            if (argument.NameEquals is not null)
                continue;
            if (argument.NameColon is { } name ? name.Name.Identifier.ValueText == parameter : i == position)
                return argument;
        }

        return null;
    }

    /// <summary>The argument for a property; null where it was not written.</summary>
    public static AttributeArgumentSyntax? Find(AttributeSyntax attribute, string property) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == property);
}
