using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LstmDsl.CodeFixes;

/// <summary>
/// Takes attributes off a declaration and puts them on it. Comments stay with the list that they stand at; what stands before the whole
/// declaration, its documentation above all, stays there.
/// </summary>
internal static class AttributeLists
{
    /// <summary>The declaration without an attribute.</summary>
    public static TypeDeclarationSyntax Remove(TypeDeclarationSyntax type, AttributeSyntax attribute) =>
        WithLists(type, Without(type, attribute));

    /// <summary>The declaration with one of its attributes moved before or behind another.</summary>
    public static TypeDeclarationSyntax Move(TypeDeclarationSyntax type, AttributeSyntax attribute, AttributeSyntax target, bool behind)
    {
        var (from, to) = ((AttributeListSyntax)attribute.Parent!, (AttributeListSyntax)target.Parent!);
        if (from == to)
        {
            // Within one list the places keep their spaces and line breaks.
            var moved = from.Attributes.ToList();
            moved.Remove(attribute);
            moved.Insert(moved.IndexOf(target) + (behind ? 1 : 0), attribute);
            var placed = moved.Zip(from.Attributes, (one, place) => one.WithTriviaFrom(place));
            return type.ReplaceNode(from, from.WithAttributes(SyntaxFactory.SeparatedList(placed, from.Attributes.GetSeparators())));
        }

        var lists = Without(type, attribute);
        lists.Insert(type.AttributeLists.IndexOf(to) + (behind ? 1 : 0), Detach(type, attribute));
        return WithLists(type, lists);
    }

    /// <summary>The declaration with further lists behind one of its attributes.</summary>
    public static TypeDeclarationSyntax Append(TypeDeclarationSyntax type, AttributeSyntax last, IEnumerable<AttributeListSyntax> more)
    {
        var list = (AttributeListSyntax)last.Parent!;
        var breaks = list.GetTrailingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToArray();
        var lists = Lists(type);
        lists.InsertRange(
            type.AttributeLists.IndexOf(list) + 1,
            more.Select(one => breaks.Length == 0 || EndsLine(one) ? one : one.WithTrailingTrivia(breaks)));
        return WithLists(type, lists);
    }

    /// <summary>A list of its own for an attribute, with the comments that stand at it where it had one already.</summary>
    public static AttributeListSyntax Detach(TypeDeclarationSyntax type, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        var lists = Lists(type);
        var own = lists[type.AttributeLists.IndexOf(list)]!;
        return list.Attributes.Count == 1
            ? own
            : own.WithAttributes(SyntaxFactory.SingletonSeparatedList(attribute.WithoutTrivia())).WithoutLeadingTrivia();
    }

    /// <summary>The lists, with nothing before the first: what stands there belongs to the declaration.</summary>
    private static List<AttributeListSyntax?> Lists(TypeDeclarationSyntax type)
    {
        List<AttributeListSyntax?> lists = [.. type.AttributeLists];
        lists[0] = lists[0]!.WithoutLeadingTrivia();
        return lists;
    }

    /// <summary>The lists without an attribute; in the place of a list that held nothing else there is null.</summary>
    private static List<AttributeListSyntax?> Without(TypeDeclarationSyntax type, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        var (lists, index) = (Lists(type), type.AttributeLists.IndexOf(list));
        lists[index] = list.Attributes.Count == 1
            ? null
            : lists[index]!.WithAttributes(lists[index]!.Attributes.RemoveAt(list.Attributes.IndexOf(attribute)));
        return lists;
    }

    /// <summary>The declaration with other lists: what stood before it still does, and what begins a line is indented as it is.</summary>
    private static TypeDeclarationSyntax WithLists(TypeDeclarationSyntax type, List<AttributeListSyntax?> lists)
    {
        var before = type.GetLeadingTrivia();
        var indented = new List<AttributeListSyntax>();
        foreach (var list in lists)
        {
            if (list is null)
                continue;

            var isBare = list.GetLeadingTrivia().All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
            var beginsLine = indented.Count > 0 && EndsLine(indented[indented.Count - 1]);
            indented.Add(isBare ? list.WithLeadingTrivia(beginsLine ? Indentation(before) : []) : list);
        }

        return ((TypeDeclarationSyntax)type.WithAttributeLists(SyntaxFactory.List(indented))).WithLeadingTrivia(before);
    }

    private static bool EndsLine(AttributeListSyntax list) => list.GetTrailingTrivia().Any(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    private static SyntaxTriviaList Indentation(SyntaxTriviaList before) =>
        before.Count > 0 && before.Last().IsKind(SyntaxKind.WhitespaceTrivia) ? [before.Last()] : [];
}
