using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LstmDsl.Generators.Tests;

/// <summary>What flows between steps holds values only, so that no edit is compared by reference and no compilation is kept alive.</summary>
public sealed class RecordTests
{
    private static readonly HashSet<Type> Values =
    [
        typeof(string), typeof(int), typeof(long), typeof(double), typeof(double?), typeof(bool), typeof(TextSpan),
        typeof(LinePositionSpan),
    ];

    [Theory]
    [InlineData(typeof(ReadModel))]
    [InlineData(typeof(PlacedFault))]
    [InlineData(typeof(ModelDeclaration))]
    [InlineData(typeof(ForecastSpec))]
    [InlineData(typeof(ModelSpec))]
    [InlineData(typeof(PlannedModel))]
    [InlineData(typeof(GeneratedSource))]
    public void Nothing_that_is_handed_on_holds_a_symbol_or_a_compilation(Type root)
    {
        var seen = new HashSet<Type>();
        Walk(root, root.Name, seen);
        Assert.True(seen.Count > 0);
    }

    [Fact]
    public void Arrays_are_equal_when_their_elements_are()
    {
        Assert.Equal(new EquatableArray<string>(["a", "b"]), new EquatableArray<string>(["a", "b"]));
        Assert.Equal(new EquatableArray<string>(["a", "b"]).GetHashCode(), new EquatableArray<string>(["a", "b"]).GetHashCode());
        Assert.NotEqual(new EquatableArray<string>(["a", "b"]), new EquatableArray<string>(["b", "a"]));
        Assert.NotEqual(new EquatableArray<string>(["a"]), new EquatableArray<string>(["a", "b"]));
        Assert.Equal(default, new EquatableArray<string>([]));
    }

    private static void Walk(Type type, string path, HashSet<Type> seen)
    {
        if (type.IsEnum || Values.Contains(type) || !seen.Add(type))
            return;

        Assert.False(type.Assembly == typeof(ISymbol).Assembly || type.Assembly == typeof(Compilation).Assembly, $"{path} is a {type}");
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
        {
            Walk(type.GetGenericArguments()[0], path + "[]", seen);
            return;
        }

        // Records compare by value; a list or any other class in between would compare by reference.
        var isRecord = type.GetMethod("<Clone>$") is not null;
        Assert.True(isRecord, $"{path} is a {type}, which is no record");
        foreach (var derived in type.Assembly.GetTypes().Where(candidate => candidate.BaseType == type))
            Walk(derived, $"{path} as {derived.Name}", seen);
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            Walk(field.FieldType, $"{path}.{field.Name}", seen);
    }
}
